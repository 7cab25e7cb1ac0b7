"""Eight processes write ten thousand events, each acknowledged to a file before the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.durability.audit import faults
from tests.durability.read_models import differences
from tests.durability.writer import Job, acknowledged, start
from timeline.recorder import SqlRecorder, SystemClock

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

WRITERS = 8
EVENTS = 10_000


def test_eight_writers_leave_no_gap_no_duplicate_and_nothing_lost(
    store_url: str, engine: Engine, tmp_path: Path
) -> None:
    jobs = [
        Job(store_url, f"writer-{n}", tmp_path / f"{n}.txt", events=EVENTS // WRITERS, batch=19)
        for n in range(WRITERS)
    ]
    processes = [start(job) for job in jobs]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * WRITERS

    records = list(SqlRecorder(engine, SystemClock()).records())
    promised = {job.name: acknowledged(job.path)[0] for job in jobs}
    assert len(records) == EVENTS == sum(n.size for notes in promised.values() for n in notes)
    assert len({(record.stream, record.version) for record in records}) == EVENTS
    assert faults(records, promised) == []
    with SqlRecorder(engine, SystemClock()).begin_append() as connection:
        assert differences(connection, records) == []
