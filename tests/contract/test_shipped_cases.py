"""Every recorder test case that eventsourcing ships, on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.contract.shipped import CASES
from timeline.recorder import SqlRecorder, SystemClock

if TYPE_CHECKING:
    from unittest import TestCase

    from sqlalchemy.engine import Engine


@pytest.mark.parametrize(
    ("case", "name"), CASES, ids=[f"{case.__name__}-{name}" for case, name in CASES]
)
def test_case_that_eventsourcing_ships(case: type[TestCase], name: str, engine: Engine) -> None:
    test = case(name)
    test.make_recorder = lambda: SqlRecorder(engine, SystemClock(), poll=0.05)  # type: ignore[attr-defined]
    others = set(threading.enumerate())
    test.debug()
    for thread in set(threading.enumerate()) - others:
        thread.join()  # one case leaves its readers running, with connections of ours
