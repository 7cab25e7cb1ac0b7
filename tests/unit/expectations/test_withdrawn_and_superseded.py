"""What later statements do to an earlier one."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import (
    FLIGHT,
    H1,
    H2,
    because,
    happened,
    said,
    verdict,
)
from timeline.expectations import Target


def test_a_counted_statement_withdraws_what_it_names() -> None:
    back = said("t", None, "2031-03-01", withdraws="s")
    assert verdict("s", said("s", H1), back, as_of="2031-03-01") == "withdrawn"
    assert verdict("s", said("s", H1), back, as_of="2031-02-28") == "open"
    assert because("s", said("s", H1), back) == ("t",)


def test_a_statement_that_only_withdraws_puts_nothing_forward() -> None:
    back = said("t", None, "2031-03-01", withdraws="s")
    assert verdict("t", said("s", H1), back) == "withdrawn"
    assert because("t", said("s", H1), back) == ("t",)


def test_one_that_withdraws_and_has_a_window_is_a_statement_as_well() -> None:
    back = said("t", "2032", "2031-03-01", withdraws="s")
    assert verdict("s", said("s", H1), back, as_of="2031-04-01") == "withdrawn"
    assert verdict("t", said("s", H1), back, as_of="2031-04-01") == "open"


def test_a_statement_of_another_chain_may_withdraw() -> None:
    elsewhere = Target("lark-e", "first_flight", None)
    back = said("t", None, "2031-03-01", withdraws="s", target=elsewhere)
    assert verdict("s", said("s", H1), back) == "withdrawn"


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (H2, "superseded"),  # pushed out
        ("2031-02-01/2031-05-31", "lapsed"),  # narrowed
        ("2031", "lapsed"),  # widened
        (H1, "lapsed"),  # reaffirmed
        (None, "lapsed"),  # replaced
        ("2031-02-15/2031-08-01", "superseded"),
    ],
)
def test_only_what_moved_supersedes(window: str | None, expected: str) -> None:
    assert verdict("s", said("s", H1), said("t", window, "2031-02-01")) == expected


def test_what_is_pulled_in_supersedes() -> None:
    assert verdict("s", said("s", H2), said("t", H1, "2031-01-01")) == "superseded"
    assert because("s", said("s", H2), said("t", H1, "2031-01-01")) == ("t",)


@pytest.mark.parametrize(
    ("on", "expected"), [("2031-06-30", "superseded"), ("2031-07-01", "missed")]
)
def test_it_must_be_said_by_the_last_day_of_the_window(on: str, expected: str) -> None:
    assert verdict("s", said("s", H1), said("t", "2032", on)) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [("2031-03-10", "superseded"), ("2031-03-11", "met_on_time")]
)
def test_it_must_be_said_by_the_day_the_outcome_was_published(on: str, expected: str) -> None:
    flown = happened("e", "2031-03-01", "2031-03-10T01:00:00Z")
    assert verdict("s", said("s", H1), said("t", "2032", on), flown) == expected


def test_any_later_statement_may_supersede_not_only_the_next() -> None:
    things = said("s", H1), said("t", H1, "2031-02-01"), said("u", H2, "2031-03-01")
    assert verdict("s", *things) == "superseded"
    assert because("s", *things) == ("u",)
    back_again = said("v", H1, "2031-04-01")
    assert verdict("s", *things, back_again) == "superseded"


def test_it_is_held_against_this_statement_not_against_the_one_before_it() -> None:
    things = (
        said("s", "2031"),
        said("t", "2031-41", "2031-01-01"),
        said("u", "2031-40", "2031-02-01"),
    )
    assert verdict("t", *things, as_of="2031-05-01") == "superseded"
    assert verdict("s", *things, as_of="2031-05-01") == "open"  # the year still holds both


def test_a_window_without_an_end_can_be_superseded_and_one_that_is_none_cannot() -> None:
    earlier = said("t", "2030-12-15/2031-06-30", "2030-12-20")
    assert verdict("s", said("s", "2031-01-01/.."), earlier) == "superseded"
    assert verdict("s", said("s", None), earlier) == "open"


def test_a_statement_of_the_same_day_is_later_by_its_position() -> None:
    first, second = said("s", H1, "2030-12-01"), said("t", H2, "2030-12-01")
    assert verdict("s", first, second, as_of="2031-01-01") == "superseded"
    assert verdict("t", first, second, as_of="2031-01-01") == "open"


def test_another_chain_supersedes_nothing() -> None:
    other = said("t", H2, "2031-02-01", target=FLIGHT._replace(qualifier="prototype 2"))
    assert verdict("s", said("s", H1), other) == "lapsed"
