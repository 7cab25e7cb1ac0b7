"""Which outcome is a statement's own, and what it makes of the statement."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import (
    FLIGHT,
    H1,
    because,
    chain,
    failed,
    happened,
    said,
    told,
    verdict,
)


@pytest.mark.parametrize(
    ("occurred", "window", "expected"),
    [
        ("2031-03-31", "2031-04-01/2031-06-30", "met_early"),
        ("2031-03", "2031-04-01/2031-06-30", "met_early"),
        ("2031-04-01", "2031-04-01/2031-06-30", "met_on_time"),
        ("2031-06-30", "2031-04-01/2031-06-30", "met_on_time"),
        ("2031-34", "2031-04-01/2031-06-30", "met_on_time"),
        ("2031-07-01", "2031-04-01/2031-06-30", "met_late"),
        ("2031-41", "2031-04-01/2031-06-30", "met_late"),
        ("2031-03-31/2031-04-01", "2031-04-01/2031-06-30", "indeterminate"),
        ("2031-06-30/2031-07-01", "2031-04-01/2031-06-30", "indeterminate"),
        ("2031", "2031-04-01/2031-06-30", "indeterminate"),
        ("2031-05-01", "../2031-06-30", "met_on_time"),  # nothing is before an open start
        ("2031-05-01", "2031-04-01/..", "met_on_time"),  # nothing is after an open end
        ("2031-03-01", "2031-04-01/..", "met_early"),
        ("../2031-03-31", "2031-04-01/2031-06-30", "met_early"),
        ("../2031-06-30", "2031-04-01/2031-06-30", "indeterminate"),
        ("2031-07-01/..", "2031-04-01/2031-06-30", "met_late"),
        ("2031-04-01/..", "2031-04-01/2031-06-30", "indeterminate"),
        ("2031-05-01", None, "indeterminate"),
    ],
)
def test_a_reached_milestone_is_judged_by_every_possible_day(
    occurred: str, window: str | None, expected: str
) -> None:
    assert verdict("s", said("s", window), happened("e", occurred, "2033-01-01")) == expected


def test_what_was_reached_decides() -> None:
    assert because("s", said("s", H1), happened("e", "2031-03-01")) == ("e",)


def test_a_failed_milestone_is_missed_without_an_actual_or_a_slip() -> None:
    judged = told("s", said("s", H1), failed("e", "2031-03-01"))
    assert (judged.decision.verdict, judged.decision.because) == ("missed", ("e",))
    assert judged.outcome is not None
    assert (judged.actual, judged.slip_days) == (None, None)


def test_reached_is_not_succeeded_but_it_is_reached() -> None:
    for result in ("negative", "mixed", None):
        flown = happened("e", "2031-03-01", result=result)
        assert verdict("s", said("s", H1), flown) == "met_on_time"


@pytest.mark.parametrize(
    ("as_of", "known_at", "expected"),
    [
        ("2031-03-09", "2031-03-09", "open"),  # happened on the 1st, not yet public
        ("2031-03-10", "2031-03-10", "met_on_time"),
        ("2031-03-01", "2031-03-10", "met_on_time"),  # hindsight about its very day
        ("2031-02-28", "2031-03-10", "open"),  # hindsight about the day before
        ("2031-03-10", "2031-03-09", "open"),
    ],
)
def test_an_outcome_counts_once_public_and_once_it_happened(
    as_of: str, known_at: str, expected: str
) -> None:
    things = said("s", H1), happened("e", "2031-03-01", "2031-03-10")
    assert verdict("s", *things, as_of=as_of, known_at=known_at) == expected


def test_an_uncertain_outcome_counts_from_its_disclosure_if_that_is_before_its_last_day() -> None:
    things = said("s", H1), happened("e", "2031-03", "2031-03-10")
    assert verdict("s", *things, as_of="2031-03-10") == "met_on_time"
    assert verdict("s", *things, as_of="2031-03-09", known_at="2032-01-01") == "open"


def test_an_outcome_without_a_last_day_counts_from_its_disclosure() -> None:
    things = said("s", "2030"), happened("e", "2031-01-01/..", "2031-03-10")
    assert verdict("s", *things, as_of="2031-03-10") == "met_late"
    assert verdict("s", *things, as_of="2031-03-09", known_at="2032-01-01") == "lapsed"


def test_an_outcome_disclosed_at_an_instant_counts_from_that_instant() -> None:
    things = said("s", H1), happened("e", "2031-03-01", "2031-03-10T12:00:00Z")
    assert verdict("s", *things, as_of="2031-03-10T11:59:59.999999Z") == "open"
    assert verdict("s", *things, as_of="2031-03-10T12:00:00Z") == "met_on_time"


def test_the_first_published_outcome_decides_not_the_first_that_happened() -> None:
    late_news = happened("late-news", "2031-02-01", "2032-02-01")
    first_news = happened("first-news", "2031-08-01", "2031-08-02")
    assert verdict("s", said("s", H1), late_news, first_news) == "met_late"
    assert because("s", said("s", H1), late_news, first_news) == ("first-news",)


def test_of_two_published_together_the_first_recorded_decides() -> None:
    one, two = (
        happened("one", "2031-08-01", "2031-09-01"),
        failed("two", "2031-02-01", "2031-09-01"),
    )
    assert because("s", said("s", H1), two, one) == ("one",)


def test_an_outcome_of_another_chain_is_no_concern() -> None:
    others = [
        happened("e1", "2031-03-01", target=FLIGHT._replace(qualifier="EU")),
        happened("e2", "2031-03-01", target=FLIGHT._replace(program=None)),
        happened("e3", "2031-03-01", target=FLIGHT._replace(milestone="rollout")),
    ]
    assert verdict("s", said("s", H1), *others, as_of="2031-06-30") == "open"


@pytest.mark.parametrize(
    ("occurred", "disclosed", "expected"),
    [
        ("2030-11-30", "2030-12-01", "open"),  # over and public when said on 1 December
        ("2030-11-30", "2030-12-01T23:59:59Z", "open"),  # public that very day
        ("2030-12-01", "2030-12-01", "met_early"),  # not over: it was that day
        ("2030-11", "2030-12-01", "open"),
        ("2030-11-15/2030-12-01", "2030-12-01", "met_early"),
        ("2030-11-30", "2030-12-02", "met_early"),  # over, and not yet public
    ],
)
def test_what_was_over_and_public_when_it_was_said_belongs_to_an_earlier_round(
    occurred: str, disclosed: str, expected: str
) -> None:
    things = said("s", H1, "2030-12-01"), happened("e", occurred, disclosed)
    assert verdict("s", *things, as_of="2031-06-30") == expected


def test_an_imprecise_statement_is_made_on_its_last_day() -> None:
    flown = happened("e", "2030-12-30", "2030-12-31")
    assert verdict("s", said("s", H1, "2030-12"), flown, as_of="2031-06-30") == "open"
    assert verdict("s", said("s", H1, "2030-12-30"), flown, as_of="2031-06-30") == "met_early"


def test_each_round_has_its_own_outcome() -> None:
    things = (
        said("round-1", "2031-33", "2030-12-01"),
        failed("burst", "2031-03-01", "2031-03-02"),
        said("round-2", "2031-36", "2031-06-01"),
        happened("flew", "2031-11-01", "2031-11-02"),
    )
    told_of = {j.statement.id: j for j in chain(*things).statements}
    assert told_of["round-1"].decision.verdict == "missed"
    assert told_of["round-2"].decision.verdict == "met_on_time"
    assert told_of["round-2"].slip_days == (-60, -60)
