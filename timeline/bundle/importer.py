"""Bring a bundle into the record: all of it or nothing, and nothing twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import StoredEvent

from timeline.errors import BadInput, ConcurrentChange, Conflict, NotFound
from timeline.events import Kind, from_payload, stream_id, to_payload, topic_of
from timeline.items import Item, decide, evolve, fold, joined, target_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from timeline.bundle.reader import Bundle
    from timeline.events import Event
    from timeline.recorder import SqlRecorder, StoredRecord

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many items of each kind it added, and how many were there already."""

    issuer: str
    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    position: int = 0
    dry_run: bool = False


def import_bundle(
    recorder: SqlRecorder, bundle: Bundle, *, recorded_by: str, dry_run: bool = False
) -> Imported:
    """Record every item of `bundle` that is not recorded yet, in one transaction.

    Raises BadInput or Conflict naming the place of the item that cannot be recorded; then nothing
    was written. When another writer comes in between, the whole decision is made anew.
    """
    placed = list(bundle.events(recorded_by=recorded_by))
    for attempt in range(_ATTEMPTS):
        plan = _Plan.of(recorder, placed)
        if dry_run or not plan.fresh:
            return plan.report(bundle.issuer_id, recorder.head(), dry_run=dry_run)
        try:
            appended = recorder.append(plan.fresh)
        except ConcurrentChange:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return plan.report(bundle.issuer_id, appended.last, dry_run=False)
    raise AssertionError


def stored(event: Event, stream: UUID, version: int) -> StoredEvent:
    """Return `event` as the log keeps it, as `version` of `stream`."""
    return StoredEvent(
        originator_id=stream,
        originator_version=version,
        topic=topic_of(event),
        state=to_payload(event),
    )


def streams_of(event: Event) -> tuple[UUID, ...]:
    """Return the streams `event` may belong to: a correction names its item, not its kind."""
    if event.kind is not Kind.CORRECTION:
        return (stream_id(event.issuer, event.item, event.kind),)
    target = target_of(event)
    kinds = (Kind.EVENT, Kind.PROGRAM, Kind.ISSUER)
    return tuple(stream_id(event.issuer, target, kind) for kind in kinds)


@dataclass(slots=True)
class _Plan:
    """The decision on every item, against what is recorded now."""

    items: dict[UUID, Item]
    fresh: list[StoredEvent] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, recorder: SqlRecorder, placed: list[tuple[str, Event]]) -> _Plan:
        wanted = dict.fromkeys(s for _, e in placed for s in _touched(e))
        found = recorder.streams(list(wanted))
        plan = cls({stream: _fold(records) for stream, records in found.items() if records})
        for place, event in placed:
            try:
                plan._add(event)
            except (BadInput, Conflict) as error:
                raise _at(error, place) from None
        for place, event in placed:
            plan._check_references(event, place)
        return plan

    def _add(self, event: Event) -> None:
        candidates = streams_of(event)
        stream = next((s for s in candidates if s in self.items), candidates[0])
        item = self.items.get(stream, Item())
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
                raise NotFound(
                    f"no {kind} {name!r} is recorded or in the bundle; add it, or mend the id",
                    place=joined(place, key),
                )

    def report(self, issuer: str, position: int, *, dry_run: bool) -> Imported:
        return Imported(issuer, self.added, self.present, position, dry_run)


def _fold(records: Iterable[StoredRecord]) -> Item:
    return fold(from_payload(r.topic, r.payload) for r in records)


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
    return type(error)(f"{place}: {error}")
