"""Appends, one by one and in batches, beside eventsourcing's own recorder."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from benchmarks import made_up
from benchmarks.measuring import in_turn, per_second
from benchmarks.peers import application, peer, raw
from benchmarks.row import RATE, Row, at_least
from timeline.commands import stored
from timeline.events import stream_id
from timeline.recorder import Idempotency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventsourcing.persistence import StoredEvent

    from api import Timeline
    from benchmarks.aggregate import StatedFact
    from benchmarks.bench import Bench
    from timeline.events import Event

    Insert = Callable[[Sequence[StoredEvent]], object]

T = TypeVar("T")

_SINGLE_GOAL = {"sqlite": 0.7, "postgresql": 1.0}
_BATCHED_SQLITE = 20_000
_BATCHES = (100, 1_000)


def append_sqlite(bench: Bench) -> Iterator[Row]:
    """One event, one durable transaction, on SQLite."""
    yield from _single(bench, "sqlite")


def append_postgresql(bench: Bench) -> Iterator[Row]:
    """One event, one durable transaction, on PostgreSQL."""
    yield from _single(bench, "postgresql")


def batch_sqlite(bench: Bench) -> Iterator[Row]:
    """Batches on SQLite."""
    for size in _BATCHES:
        ours, theirs, floor = _batched(bench, "sqlite", size)
        works = f"batches of {size:,}, SQLite"
        goal = f">= {_BATCHED_SQLITE:,}/s"
        met = ours >= _BATCHED_SQLITE
        yield Row("batch-sqlite", works, RATE, ours, "its insert_events", theirs, goal, met)
        yield Row("batch-sqlite", works, RATE, ours, "raw executemany", floor)


def batch_postgresql(bench: Bench) -> Iterator[Row]:
    """Batches on PostgreSQL."""
    for size in _BATCHES:
        ours, theirs, floor = _batched(bench, "postgresql", size)
        works = f"batches of {size:,}, PostgreSQL"
        met = at_least(1.0, ours, theirs)
        yield Row("batch-postgresql", works, RATE, ours, "its insert_events", theirs, ">= 1x", met)
        yield Row("batch-postgresql", works, RATE, ours, "raw COPY", floor)


def _single(bench: Bench, database: str) -> Iterator[Row]:
    count, numbers = bench.sized(200, 30), itertools.count()
    with ExitStack() as stack:
        timeline = stack.enter_context(bench.timeline(database))
        saved = stack.enter_context(application(bench, database))
        bare = stack.enter_context(peer(bench, database))
        rates = in_turn(
            {
                "ours": _one_by_one(partial(_append, timeline), made_up.fact_event, count, numbers),
                "saved": _one_by_one(saved.save, _aggregate, count, numbers),
                "bare": _one_by_one(bare.insert_events, _stored, count, numbers),
            }
        )
    work, goal, ours = f"single append, {database}", _SINGLE_GOAL[database], rates["ours"]
    met = at_least(goal, ours, rates["saved"])
    name = f"append-{database}"
    yield Row(name, work, RATE, ours, "its save", rates["saved"], f">= {goal}x", met)
    yield Row(name, work, RATE, ours, "its insert_events", rates["bare"])


def _append(timeline: Timeline, event: Event) -> None:
    """Append an event as a command does: encoded, with a key of its own."""
    stream = stream_id(event.issuer, event.item, event.kind)
    timeline.recorder.append([stored(event, stream, 1)], idempotency=Idempotency(str(stream), "-"))


def _aggregate(number: int) -> StatedFact:
    from benchmarks.aggregate import stated  # noqa: PLC0415  # see there

    return stated(made_up.plain_item(number))


def _stored(number: int) -> list[StoredEvent]:
    return [made_up.fact(number)]


def _batched(bench: Bench, database: str, size: int) -> tuple[float, float, float]:
    batches, numbers = bench.sized(10_000, 1_000) // size, itertools.count()
    with ExitStack() as stack:
        timeline = stack.enter_context(bench.timeline(database))
        other = stack.enter_context(peer(bench, database))
        floor = stack.enter_context(raw(bench, database))
        inserts: dict[str, Insert] = {
            "ours": timeline.recorder.append,
            "theirs": other.insert_events,
            "floor": floor,
        }
        rates = in_turn(
            {name: _in_batches(insert, size, batches, numbers) for name, insert in inserts.items()}
        )
    return rates["ours"], rates["theirs"], rates["floor"]


def _one_by_one(
    write: Callable[[T], object], made: Callable[[int], T], count: int, numbers: Iterator[int]
) -> Callable[[], float]:
    """Return a side that writes new things one by one; they are made before the time runs."""

    def side() -> float:
        new = [made(next(numbers)) for _ in range(count)]

        def work() -> None:
            for one in new:
                write(one)

        return per_second(count, work)

    return side


def _in_batches(
    insert: Insert, size: int, batches: int, numbers: Iterator[int]
) -> Callable[[], float]:
    """Return a side that inserts new events; what it inserts is made before the time runs."""

    def side() -> float:
        new = [[made_up.fact(next(numbers)) for _ in range(size)] for _ in range(batches)]

        def work() -> None:
            for batch in new:
                insert(batch)

        return per_second(size * batches, work)

    return side
