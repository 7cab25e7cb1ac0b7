"""What a person decided comes before every rule."""

from __future__ import annotations

from tests.unit.expectations.saying import (
    H1,
    because,
    ruled,
    said,
    verdict,
)
from timeline.expectations import Verdict


def test_the_newest_counted_decision_of_a_person_stands() -> None:
    first = ruled("r1", "s", Verdict.MISSED, "2031-08-01")
    newest = ruled("r2", "s", Verdict.MET_LATE, "2031-09-01")
    things = said("s", H1), newest, first
    assert verdict("s", *things, as_of="2031-07-31") == "lapsed"
    assert verdict("s", *things, as_of="2031-08-01") == "missed"
    assert verdict("s", *things, as_of="2031-09-01") == "met_late"
    assert because("s", *things) == ("r2",)


def test_of_two_decisions_published_together_the_last_recorded_stands() -> None:
    one = ruled("r1", "s", Verdict.MISSED, "2031-08-01")
    two = ruled("r2", "s", Verdict.MET_LATE, "2031-08-01")
    assert verdict("s", said("s", H1), two, one) == "met_late"


def test_a_decision_counts_by_the_earlier_of_both_clocks() -> None:
    things = said("s", H1), ruled("r", "s", Verdict.MOOT, "2031-08-01T12:00:00Z")
    assert verdict("s", *things, as_of="2031-08-01", known_at="2031-07-31") == "lapsed"
    assert verdict("s", *things, as_of="2031-07-31", known_at="2031-08-01") == "lapsed"
    assert verdict("s", *things, as_of="2031-08-01T11:59:59Z", known_at="2032-01-01") == "lapsed"
    assert verdict("s", *things, as_of="2031-08-01T12:00:00Z", known_at="2032-01-01") == "moot"


def test_a_decision_touches_its_one_statement() -> None:
    things = said("s", H1), said("t", H1, "2031-01-01"), ruled("r", "s", Verdict.MOOT, "2031-08-01")
    assert (verdict("s", *things), verdict("t", *things)) == ("moot", "lapsed")
