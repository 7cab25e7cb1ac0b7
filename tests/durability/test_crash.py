"""A writer killed at any moment leaves whole batches, all it acknowledged, and true read models.

50 kills for each database; `make crash` sets TIMELINE_CRASH_KILLS=1000.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.durability.audit import faults
from tests.durability.crash import crash
from tests.durability.writer import Acknowledged, Job, write
from timeline.recorder import SqlRecorder, SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine

KILLS = int(os.environ.get("TIMELINE_CRASH_KILLS", "50"))


@pytest.mark.timeout(60 + 4 * KILLS)
def test_killed_writers_lose_and_halve_nothing(
    new_store: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = crash(new_store, KILLS, tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\n{report}\n")
    assert report.faults == []
    assert report.before_commit > KILLS / 5
    assert report.after_commit > KILLS / 5


def test_the_audit_finds_what_it_is_for(store_url: str, engine: Engine, tmp_path: Path) -> None:
    write(Job(store_url, "writer", tmp_path / "acknowledged", events=12, batch=3))
    records = list(SqlRecorder(engine, SystemClock()).records())
    assert faults(records, {}) == []
    assert faults(records[:-1] + records[-1:] * 2, {}) != []
    assert faults(records[1:], {}) != []
    assert faults(records, {"writer": [Acknowledged(99, 1, 13, 13)]}) != []


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes one store after the other on either database, and returns its URL."""
    numbers = itertools.count(1)
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        return lambda: f"sqlite:///{shutil.copy(template, tmp_path / f'{next(numbers)}.db')}"
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    return lambda: str(server.url(server.create_database(template)))
