"""Rebuilding the read models, beside decoding the log and doing nothing with it."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from sqlalchemy import delete

from api import Timeline
from benchmarks import made_up
from benchmarks.measuring import in_turn, per_second
from benchmarks.row import MEMORY, RATE, Row, at_least
from projections.runner import READ_MODELS
from timeline.events import from_payload
from timeline.recorder import SqlRecorder, SystemClock, create_store, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_RATE, _OF_DECODE, _MEMORY = 50_000, 0.5, 1_000
_ROUNDS = 2
_PROJECTED = 1_000
_KEYED = 10
_GOAL = f">= {_RATE:,}/s and {_OF_DECODE}x"
_REBUILD = """
import resource, sys
from api import Timeline
with Timeline(sys.argv[1]) as timeline:
    timeline.rebuild()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rebuild(bench: Bench) -> Iterator[Row]:
    """On SQLite 10^5 events, and 10^6 unless it must be quick; on PostgreSQL 10^5."""
    events = bench.sized(100_000, 2_000)
    yield from _rebuilt(bench, "sqlite", events)
    if not bench.quick:
        yield from _rebuilt(bench, "postgresql", events)
        yield from _rebuilt(bench, "sqlite", 1_000_000)


def _rebuilt(bench: Bench, database: str, events: int) -> Iterator[Row]:
    """Yield a rebuild that finds all as it should be, one that finds nothing, and the memory."""
    url = bench.url(database)
    head = _log(url, events)
    work = f"{head:,} events, {database}"
    with Timeline(url) as timeline:
        _tell(f"rebuilding {work}")
        timeline.rebuild()
        sides = {
            "ours": lambda: per_second(head, timeline.rebuild),
            "decode": lambda: per_second(head, partial(_decode, timeline)),
            "emptied": lambda: _emptied(timeline, head),
        }
        rates = in_turn(sides, bench.sized(_ROUNDS, 1))
    ours, decoded, emptied = rates["ours"], rates["decode"], rates["emptied"]
    met = ours >= _RATE and at_least(_OF_DECODE, ours, decoded)
    yield Row("rebuild", f"rebuild of {work}", RATE, ours, "decoding the log", decoded, _GOAL, met)
    yield Row(
        "rebuild", f"rebuild of {work}, rows lost", RATE, emptied, "decoding the log", decoded
    )
    used = _memory(url)
    yield Row("rebuild", f"memory of rebuilding {work}", MEMORY, used,
              goal=f"< {_MEMORY:,} MB", met=used < _MEMORY)  # fmt: skip


def projection_runner(bench: Bench) -> Iterator[Row]:
    """Our rebuild on PostgreSQL beside eventsourcing's ProjectionRunner, on as many events."""
    from benchmarks.projecting import projected  # noqa: PLC0415

    events = bench.sized(_PROJECTED, 100)
    url = bench.url("postgresql")
    head = _log(url, events)
    with Timeline(url) as timeline:
        ours = per_second(head, timeline.rebuild)
    theirs = projected(bench.url("postgresql"), events)
    yield Row("projection-runner", f"rows of {events:,} events made anew, postgresql", RATE, ours,
              "its ProjectionRunner", theirs)  # fmt: skip


def _log(url: str, events: int) -> int:
    """Make a store with a log and no rows yet: the first rebuild makes them."""
    _tell(f"making a log of {events:,} events")
    engine = open_engine(url)
    create_store(engine)
    recorder = SqlRecorder(engine, SystemClock())
    made_up.History(events, max(1, events // _KEYED)).load(recorder)
    head = recorder.head()
    engine.dispose()
    return head


def _decode(timeline: Timeline) -> None:
    for record in timeline.recorder.records():
        from_payload(record.topic, record.payload)


def _emptied(timeline: Timeline, head: int) -> float:
    with timeline.recorder.begin_append() as connection:
        for model in READ_MODELS:
            connection.execute(delete(model.table))
    return per_second(head, timeline.rebuild)


def _memory(url: str) -> float:
    """Return the most memory that a process of its own took for a rebuild, in MB."""
    argv = [sys.executable, "-c", _REBUILD, url]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024  # Linux tells kilobytes


def _tell(what: str) -> None:
    Console(stderr=True).print(what, style="dim")
