"""A process that keeps followed read models, and counts how often it has applied each event."""

from __future__ import annotations

import multiprocessing
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import Tracking
from sqlalchemy import text

from projections.followed import follow
from projections.runner import Runner
from tests.durability.writer import load
from timeline.errors import ReadModelsOtherwise
from timeline.recorder import SqlRecorder, SystemClock, log, open_engine, tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from timeline.recorder import Inserts, StoredRecord

    Apply = Callable[[Inserts, Sequence[StoredRecord]], None]
    Note = Callable[[str], None]

__all__ = [
    "EXACTLY_ONCE",
    "NAIVE",
    "PATIENTLY",
    "Follower",
    "counted",
    "counts",
    "make_counter",
    "start",
]

EXACTLY_ONCE = "tests.durability.follower:exactly_once"
PATIENTLY = "tests.durability.follower:patiently"
NAIVE = "tests.durability.follower:naively"
WITHIN, BETWEEN, OUTSIDE = "within", "between", "outside"
_PAGE = 5
_COUNT = text(
    "INSERT INTO applied (position, times) VALUES (:position, 1) "
    "ON CONFLICT (position) DO UPDATE SET times = applied.times + 1"
)


@dataclass(frozen=True, slots=True)
class Follower:
    """What one follower does: `work` is `module:function`; `noted` the file that says where it is.

    `pause` is the longest sleep within each transaction, in seconds.
    """

    url: str
    noted: Path
    work: str = EXACTLY_ONCE
    pause: float = 0.006


def start(follower: Follower) -> ForkServerProcess:
    """Start a follower, forked from a process that has imported everything."""
    follower.noted.write_text(OUTSIDE)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "psycopg", "psycopg_binary"])
    process = context.Process(target=run, args=(follower,))
    process.start()
    return process


def run(follower: Follower) -> None:
    """Follow until killed."""
    recorder = SqlRecorder(open_engine(follower.url, lock_timeout=60), SystemClock())
    with follower.noted.open("w") as file:
        load(follower.work)(recorder, follower.pause, _noting(file))


def exactly_once(recorder: SqlRecorder, pause: float, note: Note) -> None:
    """Follow as `timeline follow` does, with the real read models and the counter beside them."""

    def apply(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        note(WITHIN)
        time.sleep(random.uniform(0, pause))
        counted(inserts, records)
        time.sleep(random.uniform(0, pause))

    follow(recorder, apply, progress=lambda _done, _of: note(OUTSIDE), page=_PAGE)


def patiently(recorder: SqlRecorder, pause: float, note: Note) -> None:
    """Follow as `exactly_once` does, and wait while the read models are written inline."""
    while True:
        try:
            exactly_once(recorder, pause, note)
        except ReadModelsOtherwise:
            time.sleep(0.005)


def counted(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
    """Apply events to the real read models and to the counter."""
    Runner(refuses=False)(inserts, records)
    _count(inserts.connection, records)


def naively(recorder: SqlRecorder, pause: float, note: Note) -> None:
    """Follow as one must not: the position is kept in a transaction after that of the rows.

    With the counter alone, for the keys of the read models would refuse a second application.
    """
    while True:
        with recorder.begin_page() as (connection, reached):
            records = log.page(connection, reached or 0, None, _PAGE)
            _count(connection, records)
        note(BETWEEN if records else OUTSIDE)
        time.sleep(random.uniform(0, pause))
        if records:
            with recorder.begin_append() as connection:
                tracks.advance(connection, Tracking(tracks.READ_MODELS, records[-1].position))
            note(OUTSIDE)


def make_counter(connection: Connection) -> None:
    """Make the read model that counts how often each event was applied."""
    connection.exec_driver_sql(
        "CREATE TABLE applied (position BIGINT PRIMARY KEY, times INTEGER NOT NULL)"
    )


def counts(connection: Connection) -> dict[int, int]:
    """Return how often the event at each position was applied."""
    rows = connection.exec_driver_sql("SELECT position, times FROM applied")
    return {row.position: row.times for row in rows}


def _count(connection: Connection, records: Sequence[StoredRecord]) -> None:
    if records:
        connection.execute(_COUNT, [{"position": record.position} for record in records])


def _noting(file: Any) -> Note:
    """Keep one word in the file: where the process is."""

    def note(word: str) -> None:
        file.seek(0)
        file.write(word.ljust(len(BETWEEN)))
        file.flush()

    return note
