"""The thirteen relations of two half-open periods, each way round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from timeline.bitemporal import Period, relation
from timeline.errors import InvalidPeriod

Days = tuple[int, int | None]

PAIRS: list[tuple[Days, Days, str, str]] = [
    ((3, 5), (7, 9), "before", "after"),
    ((3, 5), (5, 9), "meets", "met_by"),
    ((3, 7), (5, 9), "overlaps", "overlapped_by"),
    ((3, 5), (3, 9), "starts", "started_by"),
    ((5, 7), (3, 9), "during", "contains"),
    ((5, 9), (3, 9), "finishes", "finished_by"),
    ((3, 9), (3, 9), "equals", "equals"),
    ((3, 5), (7, None), "before", "after"),
    ((3, 5), (5, None), "meets", "met_by"),
    ((3, 7), (5, None), "overlaps", "overlapped_by"),
    ((3, 5), (3, None), "starts", "started_by"),
    ((5, 7), (3, None), "during", "contains"),
    ((5, None), (3, None), "finishes", "finished_by"),
    ((3, None), (3, None), "equals", "equals"),
]


def period(days: Days) -> Period:
    zero, (start, end) = datetime(2025, 1, 1, tzinfo=UTC), days
    return zero + timedelta(days=start), None if end is None else zero + timedelta(days=end)


@pytest.mark.parametrize(("a", "b", "name", "inverse"), PAIRS)
def test_a_relation_and_its_inverse(a: Days, b: Days, name: str, inverse: str) -> None:
    assert relation(period(a), period(b)) == name
    assert relation(period(b), period(a)) == inverse


def test_all_thirteen_are_shown() -> None:
    assert len({name for _, _, *names in PAIRS for name in names}) == 13


def test_one_microsecond_parts_meeting_from_overlapping() -> None:
    first, second = period((3, 5)), period((5, 9))
    tick = timedelta(microseconds=1)
    assert relation(first, (second[0] - tick, second[1])) == "overlaps"
    assert relation(first, (second[0] + tick, second[1])) == "before"


@pytest.mark.parametrize("wrong", [(5, 3), (5, 5)])
def test_a_period_without_time_is_refused_on_either_side(wrong: Days) -> None:
    with pytest.raises(InvalidPeriod):
        relation(period(wrong), period((1, 2)))
    with pytest.raises(InvalidPeriod):
        relation(period((1, 2)), period(wrong))
