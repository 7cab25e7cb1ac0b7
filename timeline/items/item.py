"""A recorded item over its versions: two pure functions, `evolve` and `decide`.

Version 1 records the item; later versions correct it or retract it. Time arrives as data: nothing
here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from timeline.errors import Conflict, ItemExists, NotFound
from timeline.events import Kind, to_payload
from timeline.items.patch import patched
from timeline.items.readers import CORRECTED, RETRACTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.events import Event


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
    if event.type == CORRECTED:
        return replace(item, corrections=(*item.corrections, event))
    if event.type == RETRACTED:
        return replace(item, retracted=True)
    return replace(item, recorded=event)


def fold(events: Iterable[Event]) -> Item:
    """Return the item after all of its versions, oldest first."""
    return reduce(evolve, events, Item())


def decide(item: Item, event: Event) -> Event | None:
    """Return the event to append for `event`, or None if just this is recorded already.

    Raises ItemExists for the same id with other content, NotFound for a correction of nothing,
    Conflict for one of something retracted, InvalidEvent when the corrected item would not read.
    """
    same = next((e for e in item.seen if e.item == event.item and e.kind == event.kind), None)
    if same is not None:
        _require_same(same, event)
        return None
    if event.kind is not Kind.CORRECTION:
        return _recorded(item, event)
    if item.recorded is None:
        raise NotFound(f"nothing recorded has the id {target_of(event)!r}", place=event.item)
    if item.retracted:
        raise Conflict(f"{item.recorded.item!r} was retracted; record it anew under another id")
    _ = evolve(item, event).current
    return event


def target_of(event: Event) -> str:
    """Return the id of the item a correction or retraction speaks of."""
    return str(event.facts.get("corrects") or event.facts["retracts"])


def _recorded(item: Item, event: Event) -> Event:
    if item.recorded is not None:
        raise ItemExists(f"the id {event.item!r} is taken by a {item.recorded.kind.value}")
    return event


def _require_same(same: Event, event: Event) -> None:
    if _content(same) != _content(event):
        raise ItemExists(
            f"{event.item!r} is recorded with other content; correct it, or choose another id"
        )


def _content(event: Event) -> bytes:
    return to_payload(replace(event, recorded_by="-"))
