"""A window is some day within inclusive bounds, and what it says is three-valued."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.bitemporal import Truth, Window, after, before, days_between, inside
from timeline.errors import InvalidDate

MAY_2008 = Window(date(2008, 5, 1), date(2008, 5, 31), "2008-05", "in May", "calendar-month")
UNKNOWN = Window(None, None, "../..")


def on(month: int, day: int) -> Window:
    return Window.day(date(2008, month, day))


def test_a_day_is_its_own_window() -> None:
    assert on(5, 6) == Window(date(2008, 5, 6), date(2008, 5, 6), "2008-05-06", None, None)
    assert not on(5, 6).is_open


@pytest.mark.parametrize(
    ("earliest", "latest", "is_open"),
    [
        (date(2008, 5, 1), date(2008, 5, 31), False),
        (None, date(2008, 5, 31), True),
        (date(2008, 5, 1), None, True),
        (None, None, True),
    ],
)
def test_a_missing_side_is_open(earliest: date | None, latest: date | None, is_open: bool) -> None:
    assert Window(earliest, latest, "").is_open is is_open


def test_a_reversed_window_is_refused_by_both_days() -> None:
    with pytest.raises(InvalidDate, match=r"2008-05-01.*2008-05-02"):
        Window(date(2008, 5, 2), date(2008, 5, 1), "")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (on(4, 30), (Truth.YES, Truth.NO, Truth.NO)),
        (on(5, 1), (Truth.NO, Truth.YES, Truth.NO)),
        (on(5, 31), (Truth.NO, Truth.YES, Truth.NO)),
        (on(6, 1), (Truth.NO, Truth.NO, Truth.YES)),
        (
            Window(date(2008, 4, 30), date(2008, 6, 1), ""),
            (Truth.MAYBE, Truth.MAYBE, Truth.MAYBE),
        ),
        (Window(None, date(2008, 4, 30), ""), (Truth.YES, Truth.NO, Truth.NO)),
        (Window(None, date(2008, 5, 1), ""), (Truth.MAYBE, Truth.MAYBE, Truth.NO)),
        (Window(date(2008, 5, 31), None, ""), (Truth.NO, Truth.MAYBE, Truth.MAYBE)),
        (Window(date(2008, 6, 1), None, ""), (Truth.NO, Truth.NO, Truth.YES)),
        (UNKNOWN, (Truth.MAYBE, Truth.MAYBE, Truth.MAYBE)),
    ],
)
def test_both_ends_of_the_window_are_inside(day: Window, said: tuple[Truth, Truth, Truth]) -> None:
    assert (before(day, MAY_2008), inside(day, MAY_2008), after(day, MAY_2008)) == said


def test_nothing_lies_outside_an_open_side() -> None:
    assert inside(UNKNOWN, UNKNOWN) is Truth.YES
    by_may = Window(None, date(2008, 5, 31), "")
    assert before(on(1, 1), by_may) is Truth.NO
    assert after(on(6, 1), by_may) is Truth.YES
    from_may = Window(date(2008, 5, 1), None, "")
    assert after(on(12, 31), from_may) is Truth.NO
    assert before(on(4, 30), from_may) is Truth.YES


def test_a_slip_is_a_range_of_signed_days() -> None:
    assert days_between(on(6, 2), date(2008, 5, 31)) == (2, 2)
    assert days_between(MAY_2008, date(2008, 5, 31)) == (-30, 0)
    assert days_between(on(3, 1), date(2008, 2, 28)) == (2, 2)  # over a leap day


@pytest.mark.parametrize(
    "actual",
    [UNKNOWN, Window(None, date(2008, 5, 1), ""), Window(date(2008, 5, 1), None, "")],
)
def test_a_slip_to_an_unbounded_actual_is_unknown(actual: Window) -> None:
    assert days_between(actual, date(2008, 5, 31)) is None
