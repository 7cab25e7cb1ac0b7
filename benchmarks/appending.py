"""Appends, one by one and in batches, beside eventsourcing's own recorder."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from typing import TYPE_CHECKING

from benchmarks import made_up
from benchmarks.measuring import in_turn, per_second
from benchmarks.peers import peer, raw
from benchmarks.row import RATE, Row, at_least
from timeline.recorder import Idempotency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventsourcing.persistence import StoredEvent

    from benchmarks.bench import Bench

    Insert = Callable[[Sequence[StoredEvent]], object]

_SINGLE_GOAL = {"sqlite": 0.7, "postgresql": 1.0}
_BATCHED_SQLITE = 20_000
_BATCHES = (100, 1_000)


def append_sqlite(bench: Bench) -> Iterator[Row]:
    """One event, one durable transaction, on SQLite."""
    yield _single(bench, "sqlite")


def append_postgresql(bench: Bench) -> Iterator[Row]:
    """One event, one durable transaction, on PostgreSQL."""
    yield _single(bench, "postgresql")


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


def _single(bench: Bench, database: str) -> Row:
    count, numbers = bench.sized(200, 30), itertools.count()
    with bench.timeline(database) as timeline, peer(bench, database) as other:

        def append(new: Sequence[StoredEvent]) -> None:
            key = str(new[0].originator_id)
            timeline.recorder.append(new, idempotency=Idempotency(key, key))

        sides = {
            "ours": _one_by_one(append, count, numbers),
            "theirs": _one_by_one(other.insert_events, count, numbers),
        }
        rates = in_turn(sides)
    goal = _SINGLE_GOAL[database]
    return Row(
        f"append-{database}",
        f"single append, {database}",
        RATE,
        rates["ours"],
        "its insert_events",
        rates["theirs"],
        f">= {goal}x",
        at_least(goal, rates["ours"], rates["theirs"]),
    )


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


def _one_by_one(insert: Insert, count: int, numbers: Iterator[int]) -> Callable[[], float]:
    return _in_batches(insert, 1, count, numbers)


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
