"""What a case is run against: the core alone, and both databases by the ordinary append path."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from api import Timeline
from projections.facts import all_facts, facts_at
from timeline.bitemporal import Clocks, Fact, Known, OpenEnd, Stretch, knowledge, value_at
from timeline.bitemporal import timeline as timeline_of
from timeline.commands import stored
from timeline.events import Kind, stream_id
from timeline.items import event_of
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

ISSUER = "conformance"
ATTRIBUTE = "value"


class Store(Protocol):
    """What the runner asks of a store. `as_at` is a position."""

    def append(self, operation: Operation) -> None: ...

    def facts(self, key: str) -> Sequence[Fact]: ...

    def value(self, key: str, *, valid_at: datetime, known_at: datetime, as_at: int) -> Any: ...

    def position_at(self, instant: datetime) -> int: ...

    def head(self) -> int: ...


class Operation:
    """One operation of a case, in the open end it is run with."""

    def __init__(self, told: dict[str, Any], recorded_at: datetime, open_end: OpenEnd) -> None:
        self.key: str = told["key"]
        self.value: Any = told["value"]
        self.recorded_at = recorded_at
        self.valid_from: str = told.get("valid_from") or told["recorded_at"]
        self.valid_to: str | None = told.get("valid_to")
        self.open_end = open_end


class CoreStore:
    """The bitemporal core and a list."""

    def __init__(self) -> None:
        self._facts: list[tuple[str, Fact]] = []
        self._recorded: list[datetime] = []

    def append(self, operation: Operation) -> None:
        last = self._recorded[-1] if self._recorded else None
        recorded_at = InjectedClock(operation.recorded_at).stamp(last)
        event = _event(operation, "core")
        assert event.valid_from is not None
        position = len(self._facts) + 1
        fact = Fact(
            operation.value,
            event.valid_from,
            event.valid_to,
            event.open_end,
            disclosed_at=operation.recorded_at,
            place=position,
            position=position,
            position_to=None,
            event=str(position),
        )
        self._recorded.append(recorded_at)
        self._facts.append((operation.key, fact))

    def facts(self, key: str) -> Sequence[Fact]:
        return [fact for name, fact in self._facts if name == key]

    def value(self, key: str, *, valid_at: datetime, known_at: datetime, as_at: int) -> Any:
        held = value_at(self.facts(key), valid_at=valid_at, known_at=known_at, as_at=as_at)
        return held.fact and held.fact.value

    def position_at(self, instant: datetime) -> int:
        return sum(at <= instant for at in self._recorded)

    def head(self) -> int:
        return len(self._facts)


class RecordedStore:
    """A database, written by appends and asked by the library."""

    def __init__(self, url: str) -> None:
        self._clock: InjectedClock | None = None
        self._url = url
        self._timeline: Timeline | None = None

    @property
    def timeline(self) -> Timeline:
        assert self._timeline is not None
        return self._timeline

    def append(self, operation: Operation) -> None:
        self._set_clock(operation.recorded_at)
        number = str(self.head() + 1)
        event = _event(operation, number)
        self.timeline.recorder.append([stored(event, stream_id(ISSUER, number), 1)])

    def _set_clock(self, instant: datetime) -> None:
        if self._clock is None:
            self._clock = InjectedClock(instant)
            self._timeline = Timeline(self._url, clock=self._clock)
        self._clock.instant = instant

    def facts(self, key: str) -> Sequence[Fact]:
        with self.timeline.recorder.begin_read() as connection:
            return all_facts(connection, ISSUER, key, ATTRIBUTE)

    def value(self, key: str, *, valid_at: datetime, known_at: datetime, as_at: int) -> Any:
        with self.timeline.recorder.begin_read() as connection:
            return _answer(connection, key, valid_at, known_at, as_at)

    def position_at(self, instant: datetime) -> int:
        return self.timeline.recorder.position_at(instant)

    def head(self) -> int:
        return self.timeline.recorder.head() if self._timeline else 0

    def close(self) -> None:
        if self._timeline is not None:
            self._timeline.close()


@contextmanager
def recorded_store(url: str) -> Iterator[RecordedStore]:
    """Open the store at `url`, which has been made."""
    store = RecordedStore(url)
    try:
        yield store
    finally:
        store.close()


def along_valid_time(store: Store, key: str, known_at: datetime) -> tuple[Stretch, ...]:
    return timeline_of(store.facts(key), known_at=known_at, as_at=store.head())


def along_knowledge(store: Store, key: str, valid_at: datetime) -> tuple[Known, ...]:
    return knowledge(store.facts(key), valid_at=valid_at, as_at=store.head())


def _answer(connection: Any, key: str, valid_at: datetime, known_at: datetime, as_at: int) -> Any:

    clocks = Clocks(as_of=valid_at, known_at=known_at, as_at=as_at)
    told = facts_at(connection, ISSUER, clocks=clocks, subject=key)
    return told[0]["value"] if told else None


def _event(operation: Operation, number: str) -> Any:
    item = {
        "id": number,
        "type": "fact.stated",
        "occurred": operation.recorded_at.date().isoformat(),
        "disclosed": operation.recorded_at.isoformat().replace("+00:00", "Z"),
        "valid_from": operation.valid_from,
        "valid_to": operation.valid_to,
        "open_end": operation.open_end.value,
        "facts": {"subject": operation.key, "attribute": ATTRIBUTE, "value": operation.value},
    }
    return event_of(Kind.EVENT, item, issuer=ISSUER, recorded_by="conformance")
