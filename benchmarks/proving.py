"""The ledger: what it costs an append, how fast all is hashed anew, and what a proof costs."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from benchmarks import made_up
from benchmarks.measuring import durations, in_turn, p99, per_second
from benchmarks.row import LATENCY, RATE, Row, at_least
from timeline.ledger.audit import audit
from timeline.ledger.tiles import Tree
from timeline.recorder import Idempotency, SqlRecorder, SystemClock, answers, recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api import Timeline
    from benchmarks.bench import Bench

_LEAST = 0.9  # of the rate without a ledger
_VERIFIED = 100_000
_PROOF = 10.0
_SIZES = {1: (300, 30), 100: (30, 3), 1_000: (5, 1)}


def append_with_ledger(bench: Bench) -> Iterator[Row]:
    """Append with the ledger beside the same without: single events with a key, and batches."""
    for database, size in itertools.product(("sqlite", "postgresql"), _SIZES):
        rates = _appended(bench, database, size)
        work = f"appends of {size:,}, with the ledger, {database}"
        met = at_least(_LEAST, rates["with"], rates["without"])
        yield Row("ledger", work, RATE, rates["with"], "without it", rates["without"],
                  f">= {_LEAST}x", met)  # fmt: skip


def prove(bench: Bench) -> Iterator[Row]:
    """Hash everything anew, and prove one event, among 10^6 events unless it must be quick."""
    events = bench.sized(1_000_000, 5_000)
    with bench.timeline("sqlite") as timeline:
        _fill(timeline, events)
        with timeline.recorder.begin_read() as connection:
            rate = per_second(events, partial(audit, connection))
        goal = f">= {_VERIFIED:,}/s"
        work = f"verify without read models, {events:,} events"
        yield Row("proof", work, RATE, rate, goal=goal, met=rate >= _VERIFIED)
        yield from _proofs(timeline, events, bench.sized(300, 20))


def _appended(bench: Bench, database: str, size: int) -> dict[str, float]:
    batches, numbers = bench.sized(*_SIZES[size]), itertools.count()
    with bench.timeline(database) as one, bench.timeline(database) as other:

        def side(timeline: Timeline) -> float:
            new = [[made_up.fact(next(numbers)) for _ in range(size)] for _ in range(batches)]

            def work() -> None:
                for batch in new:
                    key = str(batch[0].originator_id) if size == 1 else None
                    request = None if key is None else Idempotency(key, key)
                    timeline.recorder.append(batch, idempotency=request)

            return per_second(size * batches, work)

        def without() -> float:
            with _no_ledger():
                return side(other)

        return in_turn({"with": partial(side, one), "without": without})


@contextmanager
def _no_ledger() -> Iterator[None]:
    """Store events and answers as they would be without leaves and links."""
    leaves, link = recorder.write_leaves, answers.write_link  # type: ignore[attr-defined]
    recorder.write_leaves = lambda *_: None  # type: ignore[attr-defined]
    answers.write_link = lambda *_: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        recorder.write_leaves, answers.write_link = leaves, link  # type: ignore[attr-defined]


def _fill(timeline: Timeline, events: int) -> None:
    """Append events as large as others are, without read models."""
    bare = SqlRecorder(timeline.recorder.engine, SystemClock())
    like = made_up.fact(1)
    for start in range(0, events, 10_000):
        numbers = range(start, min(start + 10_000, events))
        bare.append([StoredEvent(UUID(int=n), 1, like.topic, like.state) for n in numbers])


def _proofs(timeline: Timeline, events: int, count: int) -> Iterator[Row]:
    step = events // count
    asks = [partial(timeline.inclusion, position) for position in range(1, events + 1, step)]
    with timeline.recorder.begin_read() as connection:
        tree = Tree(connection)
        longest = max(len(tree.inclusion(p - 1, events)) for p in range(1, events + 1, step))
    work = f"inclusion proof among {events:,}, {longest} hashes, {32 * longest} bytes, p99"
    taken = p99(durations(asks))
    yield Row("proof", work, LATENCY, taken, goal=f"p99 < {_PROOF:.0f} ms", met=taken < _PROOF)
    sizes: list[Callable[[], object]] = [
        partial(timeline.consistency, size) for size in range(1, events + 1, step)
    ]
    taken = p99(durations(sizes))
    work = f"consistency proof to {events:,}, p99"
    yield Row("proof", work, LATENCY, taken, goal=f"p99 < {_PROOF:.0f} ms", met=taken < _PROOF)
