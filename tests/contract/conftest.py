"""Recorders on either database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.recording import NOON, side
from timeline.recorder import InjectedClock, SqlRecorder

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@pytest.fixture
def clock() -> InjectedClock:
    return InjectedClock(NOON)


@pytest.fixture
def recorder(engine: Engine, clock: InjectedClock) -> SqlRecorder:
    return SqlRecorder(engine, clock)


@pytest.fixture
def side_engine(engine: Engine) -> Engine:
    """The engine of a store that has a small table beside the log."""
    side.create(engine)
    return engine
