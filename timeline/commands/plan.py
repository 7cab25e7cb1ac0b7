"""The decision on events that are to be recorded, against what is: append, known, or refused.

An import decides on a whole bundle here, and what is recorded by hand on one item.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from timeline.errors import BadInput, Conflict, UnknownReference
from timeline.events import (
    Kind,
    from_payload,
    is_newest,
    scope_of,
    stream_id,
    to_payload,
    topic_of,
)
from timeline.items import Item, decide, evolve, fold, joined, target_of
from timeline.recorder import NewEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from uuid import UUID

    from timeline.events import Event
    from timeline.personal import Sealer
    from timeline.recorder import StoredRecord

    Read = Callable[[list[UUID]], Mapping[UUID, list[StoredRecord]]]


def stored(event: Event, stream: UUID, version: int) -> NewEvent:
    """Return `event` as the log keeps it, as `version` of `stream`."""
    return NewEvent(
        originator_id=stream,
        originator_version=version,
        topic=topic_of(event),
        state=to_payload(event),
        source=event if is_newest(event.type, event.type_version) else None,
    )


def streams_of(event: Event) -> tuple[UUID, ...]:
    """Return the streams `event` may belong to: a correction names its item, not its kind."""
    if event.kind is not Kind.CORRECTION:
        return (stream_id(event.issuer, event.item, event.kind),)
    target = target_of(event)
    kinds = (Kind.EVENT, Kind.PROGRAM, Kind.ISSUER)
    return tuple(stream_id(event.issuer, target, kind) for kind in kinds)


@dataclass(slots=True)
class Plan:
    """The decision on every event, against what is recorded now."""

    found: Mapping[UUID, list[StoredRecord]]
    items: dict[UUID, Item]
    fresh: list[NewEvent] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    sealer: Sealer | None = None

    @classmethod
    def of(cls, read: Read, placed: list[tuple[str, Event]], sealer: Sealer | None = None) -> Plan:
        """Decide on events, each with its place in what was given; `read` gives whole streams.

        `sealer` seals what is personal in them; without one, an event that has any is refused.
        Raises BadInput or Conflict naming the place of the first that cannot be recorded.
        """
        found = read(list(dict.fromkeys(s for _, e in placed for s in _touched(e))))
        plan = cls(found, {stream: _fold(records) for stream, records in found.items() if records})
        plan._seal_with(sealer, placed)
        for place, event in placed:
            try:
                plan._add(event)
            except (BadInput, Conflict) as error:
                raise _at(error, place) from None
        for place, event in placed:
            plan._check_references(event, place)
        return plan

    def known(self, event: Event) -> StoredRecord:
        """Return the version that says what `event` says; it must be among those `present`."""
        wanted = event.item, scope_of(event.kind)
        records = (r for stream in streams_of(event) for r in self.found[stream])
        return next(r for r in records if _names(from_payload(r.topic, r.payload)) == wanted)

    def _seal_with(self, sealer: Sealer | None, placed: list[tuple[str, Event]]) -> None:
        self.sealer = sealer
        if sealer is not None:
            may_be = (e for _, e in placed if e.personal or e.kind is Kind.CORRECTION)
            sealer.load((event, self.items.get(self._stream(event))) for event in may_be)

    def _stream(self, event: Event) -> UUID:
        candidates = streams_of(event)
        return next((s for s in candidates if s in self.items), candidates[0])

    def _add(self, event: Event) -> None:
        stream = self._stream(event)
        item = self.items.get(stream, Item())
        if self.sealer is not None:
            event = self.sealer.sealed(event, item)
        new = decide(item, event)
        if new is None:
            self.present[event.kind.value] += 1
            return
        self.items[stream] = evolve(item, new)
        self.fresh.append(stored(new, stream, item.version + 1))
        self.added[event.kind.value] += 1

    def _check_references(self, event: Event, place: str) -> None:
        for key, name, kind in _references(event):
            stream = stream_id(event.issuer, name, kind)
            item = self.items.get(stream, Item())
            if item.recorded is None or item.recorded.kind is not kind:
                raise UnknownReference(
                    f"no {kind} {name!r} is recorded, nor given here; add it, or mend the id",
                    place=joined(place, key),
                )


def _fold(records: Iterable[StoredRecord]) -> Item:
    return fold(from_payload(r.topic, r.payload) for r in records)


def _names(event: Event) -> tuple[str, str]:
    return event.item, scope_of(event.kind)


def _touched(event: Event) -> tuple[UUID, ...]:
    named = (stream_id(event.issuer, name, kind) for _, name, kind in _references(event))
    return (*streams_of(event), *named)


def _references(event: Event) -> list[tuple[str, str, Kind]]:
    """Name what else must be recorded for `event` to make sense: key, id and kind of each."""
    told = _told(event)
    condition = told.get("condition")
    about = condition.get("program") if isinstance(condition, dict) else None
    named = [
        ("program", told.get("program"), Kind.PROGRAM),
        ("document", told.get("document"), Kind.DOCUMENT),
        ("condition.program", about, Kind.PROGRAM),
        ("withdraws", told.get("withdraws"), Kind.EXPECTATION),
        ("expectation", told.get("expectation"), Kind.EXPECTATION),
    ]
    within = "set" if event.kind is Kind.CORRECTION else None
    return [(joined(within, key), name, kind) for key, name, kind in named if name]


def _told(event: Event) -> dict[str, Any]:
    """Return the keys of `event` that may name other items: its facts are its own, save these."""
    named = {"program": event.program, "document": event.document}
    match event.kind:
        case Kind.EXPECTATION | Kind.ADJUDICATION:
            return named | dict(event.facts)
        case Kind.CORRECTION:
            return dict(event.facts.get("set", {}))
        case _:
            return named


def _at(error: BadInput | Conflict, place: str) -> BadInput | Conflict:
    if isinstance(error, BadInput):
        return error.at(joined(place, error.place))
    return type(error)(f"{place}: {error}" if place else str(error))
