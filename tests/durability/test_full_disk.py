"""A full disk: StoreFull, nothing half-written, and the store goes on once there is room."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent
from sqlalchemy import event

from timeline.errors import StoreFull
from timeline.recorder import Idempotency, SqlRecorder, SystemClock, create_store, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder import Inserts, StoredRecord


def test_a_sqlite_file_that_may_not_grow(sqlite_store_url: str) -> None:
    """SQLite's own SQLITE_FULL, met at a limit of pages."""
    engine = open_engine(sqlite_store_url)
    pages = {"most": 100}

    @event.listens_for(engine, "begin")
    def _limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages['most']}")

    _fill(engine)
    pages["most"] = 10_000
    _goes_on(engine)
    engine.dispose()


def test_a_disk_that_is_really_full(full_disk: Path) -> None:
    engine = open_engine(f"sqlite:///{full_disk / 'timeline.db'}")
    create_store(engine)
    ballast = full_disk / "ballast"
    ballast.write_bytes(bytes(600_000))
    _fill(engine)
    ballast.unlink()
    _goes_on(engine)
    engine.dispose()


def test_a_postgresql_that_reports_a_full_disk(postgres_store_url: str) -> None:
    """The server's own error, raised by it in the middle of an append."""
    engine = open_engine(postgres_store_url)

    def no_room(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        inserts.connection.exec_driver_sql(
            "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$"
        )

    with pytest.raises(StoreFull, match="nothing was written"):
        SqlRecorder(engine, SystemClock(), no_room).append(_batch(50))
    assert SqlRecorder(engine, SystemClock()).head() == 0
    _goes_on(engine)
    engine.dispose()


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here ({done.stderr.strip()})")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _fill(engine: Engine) -> None:
    """Append until the disk is full, and see that the last batches left nothing."""
    recorder, request = SqlRecorder(engine, SystemClock()), Idempotency("key", "digest")
    sizes: list[int] = []
    with pytest.raises(StoreFull, match="nothing was written"):
        _append_for_ever(recorder, sizes)
    with pytest.raises(StoreFull):
        recorder.append(_batch(400), idempotency=request)
    assert sizes
    assert recorder.head() == sum(sizes) == len(list(recorder.records()))
    assert recorder.answered(request) is None


def _append_for_ever(recorder: SqlRecorder, sizes: list[int]) -> None:
    for _ in range(1000):
        recorder.append(_batch(20))
        sizes.append(20)


def _goes_on(engine: Engine) -> None:
    recorder = SqlRecorder(engine, SystemClock())
    head = recorder.head()
    assert recorder.append(_batch(20)).first == head + 1
    assert [r.position for r in recorder.records()] == list(range(1, head + 21))


def _batch(size: int) -> list[StoredEvent]:
    return [StoredEvent(uuid4(), 1, "topic1", bytes(1000)) for _ in range(size)]
