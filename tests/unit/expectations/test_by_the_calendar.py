"""A window that is over without an outcome: lapsed, or missed where somebody still looks ahead."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import (
    FLIGHT,
    H1,
    because,
    said,
    verdict,
)
from timeline.bitemporal import parse_edtf
from timeline.errors import InvalidEvent
from timeline.expectations import Statement


def test_a_window_is_open_through_its_last_day() -> None:
    first = said("s", H1)
    assert verdict("s", first, as_of="2031-06-30") == "open"
    assert verdict("s", first, as_of="2031-06-30T23:59:59.999999Z") == "open"
    assert verdict("s", first, as_of="2031-07-01T00:00:00Z") == "lapsed"


def test_it_is_over_when_the_earlier_of_both_clocks_says_so() -> None:
    first = said("s", H1)
    assert verdict("s", first, as_of="2035-01-01", known_at="2031-06-30") == "open"
    assert verdict("s", first, as_of="2031-06-30", known_at="2035-01-01") == "open"
    assert verdict("s", first, as_of="2031-07-01", known_at="2031-07-01") == "lapsed"


@pytest.mark.parametrize("window", [None, "2031-01-01/..", "../.."])
def test_without_a_last_day_it_stays_open(window: str | None) -> None:
    assert verdict("s", said("s", window)) == "open"


def test_a_statement_after_the_window_that_still_looks_ahead_makes_it_missed() -> None:
    first, later = said("s", H1), said("t", "2032-01-01/2032-06-30", "2031-07-01")
    assert verdict("s", first, later, as_of="2031-07-01") == "missed"
    assert because("s", first, later) == ("t",)


@pytest.mark.parametrize(
    ("window", "on", "expected"),
    [
        ("2031-07-01/2031-12-31", "2031-07-01", "missed"),  # from the very day it was said
        ("../2031-12-31", "2031-07-01", "missed"),  # an open start is read as that day
        ("2031-06-30/2031-12-31", "2031-07-01", "lapsed"),  # may have been the day before
        ("2031-01-01/2031-12-31", "2031-07-01", "lapsed"),
        (None, "2031-07-01", "lapsed"),
        ("2031-07-01/..", "2031-07-01", "missed"),
    ],
)
def test_only_a_window_wholly_ahead_proves_the_miss(
    window: str | None, on: str, expected: str
) -> None:
    assert verdict("s", said("s", H1), said("t", window, on)) == expected


def test_said_on_the_last_day_it_does_not_prove_the_miss() -> None:
    ahead = said("t", "2031-06-30/2031-12-31", "2031-06-30")
    assert verdict("s", said("s", "2031-06-01/2031-06-30"), ahead) == "superseded"
    same = said("t", "2031-06-30", "2031-06-30")
    assert verdict("s", said("s", "2031-06-01/2031-06-30"), same) == "lapsed"


def test_any_later_statement_may_prove_the_miss_not_only_the_next() -> None:
    vague, ahead = said("t", None, "2031-07-02"), said("u", "2032", "2031-12-01")
    assert verdict("s", said("s", H1), vague, ahead) == "missed"
    assert verdict("s", said("s", H1), vague, ahead, as_of="2031-11-30") == "lapsed"


def test_a_statement_without_a_last_possible_day_is_refused() -> None:
    with pytest.raises(InvalidEvent) as refusal:
        Statement("s", FLIGHT, parse_edtf("2031/.."), None, 1)
    assert refusal.value.place == "stated_on"
