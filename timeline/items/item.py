"""A recorded item over its versions: two pure functions, `evolve` and `decide`.

Version 1 records the item; later versions correct it or retract it. Time arrives as data: nothing
here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from timeline.canonical import canonical_json
from timeline.errors import Conflict, ItemExists, NotFound
from timeline.events import Kind, scope_of, to_payload, topic_of
from timeline.items.draft import require_step
from timeline.items.patch import patched, require_correctable
from timeline.items.readers import RETRACTED
from timeline.items.writers import item_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.events import Event

_NAMED_AGAIN = (Kind.ISSUER, Kind.PROGRAM)  # every bundle names its issuer, and may its programs


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of one item after some of its versions."""

    version: int = 0
    recorded: Event | None = None
    corrections: tuple[Event, ...] = ()
    seen: tuple[Event, ...] = ()
    retracted: bool = False

    @property
    def current(self) -> Event | None:
        """The item as it reads now: None before it is recorded and once it is retracted."""
        if self.recorded is None or self.retracted:
            return None
        return reduce(lambda e, c: patched(e, c.facts["set"]), self.corrections, self.recorded)


def evolve(item: Item, event: Event) -> Item:
    """Return `item` after one more version."""
    item = replace(item, version=item.version + 1, seen=(*item.seen, event))
    if event.kind is not Kind.CORRECTION:
        return replace(item, recorded=event)
    if event.type == RETRACTED:
        return replace(item, retracted=True)
    return replace(item, corrections=(*item.corrections, event))


def fold(events: Iterable[Event]) -> Item:
    """Return the item after all of its versions, oldest first."""
    return reduce(evolve, events, Item())


def decide(item: Item, event: Event) -> Event | None:
    """Return the event to append for `event`, or None if just this is recorded already.

    Raises ItemExists for the same id with other content, NotFound for a correction of nothing,
    Conflict for one of something retracted, InvalidEvent when the corrected item would not read.
    """
    same = next((e for e in item.seen if _same_id(e, event)), None)
    if same is not None:
        _require_same(item, same, event)
        return None
    if event.kind is Kind.CORRECTION:
        _require_correctable(item, event)
    return event


def target_of(event: Event) -> str:
    """Return the id of the item a correction or retraction speaks of."""
    return str(event.facts.get("corrects") or event.facts["retracts"])


def _require_correctable(item: Item, event: Event) -> None:
    if item.recorded is None:
        key = "retracts" if event.type == RETRACTED else "corrects"
        raise NotFound(f"nothing recorded has the id {target_of(event)!r}", place=key)
    if item.retracted:
        raise Conflict(f"{item.recorded.item!r} was retracted; record it anew under another id")
    if event.item == item.recorded.item:
        # An issuer or a program; all else shares the scope of corrections and was refused before.
        raise ItemExists(f"the id {event.item!r} is taken: it names what is put right")
    if item.current is not None:
        require_step(item.current, event)
        if event.type != RETRACTED:
            require_correctable(item.current, event.facts["set"])


def _same_id(one: Event, other: Event) -> bool:
    return one.item == other.item and scope_of(one.kind) == scope_of(other.kind)


def _require_same(item: Item, same: Event, event: Event) -> None:
    if same.kind is not event.kind:
        raise ItemExists(f"the id {event.item!r} is taken: it names something of kind {same.kind}")
    if _content(same) == _content(event) or _says_no_more(event, item):
        return
    raise ItemExists(
        f"{event.item!r} is recorded with other content; correct it, or choose another id"
    )


def _says_no_more(event: Event, item: Item) -> bool:
    """Say whether every key given is recorded so, of what a later bundle only has to name."""
    if event.kind not in _NAMED_AGAIN:
        return False
    given = item_of(event)
    recorded = [item_of(e) for e in (item.recorded, item.current) if e is not None]
    return any(_holds(one, given) for one in recorded)


def _holds(recorded: dict[str, Any], given: dict[str, Any]) -> bool:
    shared = {key: value for key, value in recorded.items() if key in given}
    return canonical_json(shared) == canonical_json(given)


def _content(event: Event) -> tuple[str, bytes]:
    return topic_of(event), to_payload(replace(event, recorded_by="-"))
