"""The three clocks of a question are given by name, in UTC, and never mixed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from timeline.bitemporal import Clocks
from timeline.errors import BadInput, InvalidDate

JULY = datetime(2008, 7, 8, 23, 59, 59, 999_999, tzinfo=UTC)
MAY = datetime(2008, 5, 6, tzinfo=UTC)


def test_the_day_is_that_of_the_earlier_clock() -> None:
    assert Clocks(as_of=JULY, known_at=MAY, as_at=0).day == date(2008, 5, 6)
    assert Clocks(as_of=MAY, known_at=JULY, as_at=0).day == date(2008, 5, 6)
    assert Clocks(as_of=JULY, known_at=JULY, as_at=0).day == date(2008, 7, 8)


def test_the_day_is_counted_in_utc() -> None:
    eastern = datetime(2008, 7, 7, 22, tzinfo=timezone(timedelta(hours=-4)))
    assert Clocks(as_of=eastern, known_at=JULY, as_at=1).day == date(2008, 7, 8)


def test_the_clocks_cannot_be_given_by_place() -> None:
    with pytest.raises(TypeError):
        Clocks(MAY, JULY, 1)  # type: ignore[call-arg]


def test_a_clock_without_offset_is_refused_by_name() -> None:
    with pytest.raises(InvalidDate, match=r"^as_of: "):
        Clocks(as_of=MAY.replace(tzinfo=None), known_at=MAY, as_at=0)
    with pytest.raises(InvalidDate, match=r"^known_at: "):
        Clocks(as_of=MAY, known_at=MAY.replace(tzinfo=None), as_at=0)


def test_no_position_lies_before_the_empty_store() -> None:
    assert Clocks(as_of=MAY, known_at=MAY, as_at=0).as_at == 0
    with pytest.raises(BadInput, match=r"^as_at: "):
        Clocks(as_of=MAY, known_at=MAY, as_at=-1)
