"""The verdict on one statement, rule by rule, reasoned by hand from the words of the rules."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import (
    FLIGHT,
    H1,
    H2,
    because,
    chain,
    ended,
    failed,
    hangs_on,
    happened,
    ruled,
    said,
    told,
    verdict,
)
from timeline.bitemporal import parse_edtf
from timeline.errors import InvalidEvent
from timeline.expectations import Condition, Statement, Target, Verdict

# -- the calendar (rule 6)


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


# -- reached and failed (rule 5)


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


# -- which outcomes count


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


# -- earlier rounds


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


# -- withdrawn (rule 2)


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


# -- superseded (rule 3)


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


# -- condition_failed (rule 4)


@pytest.mark.parametrize(
    ("requires_positive", "reached", "result", "expected"),
    [
        (False, False, None, "condition_failed"),
        (False, True, None, "open"),
        (False, True, "negative", "open"),
        (True, True, "positive", "open"),
        (True, True, "negative", "condition_failed"),
        (True, True, "mixed", "condition_failed"),
        (True, True, None, "condition_failed"),
        (True, False, "positive", "condition_failed"),
    ],
)
def test_a_condition_fails_with_its_milestone_or_without_the_result_it_requires(
    requires_positive: bool, reached: bool, result: str | None, expected: str
) -> None:
    condition = hangs_on("rollout", requires_positive=requires_positive)
    of = Target("lark-9", "rollout", None)
    rolled = happened("r", "2031-02-01", target=of, reached=reached, result=result)
    things = said("s", H1, condition=condition), rolled
    assert verdict("s", *things, as_of="2031-06-30") == expected
    assert verdict("s", *things, as_of="2031-01-31") == "open"


def test_what_failed_the_condition_decides() -> None:
    of = Target("lark-9", "rollout", None)
    things = said("s", H1, condition=hangs_on("rollout")), failed("r", "2031-02-01", target=of)
    assert because("s", *things) == ("r",)


@pytest.mark.parametrize("program", ["lark-e", None])
def test_a_condition_may_name_a_milestone_of_another_program_or_of_the_issuer(
    program: str | None,
) -> None:
    elsewhere, own = Target(program, "rollout", None), Target("lark-9", "rollout", None)
    statement = said("s", H1, condition=hangs_on("rollout", program=program))
    as_of = "2031-06-30"
    assert verdict("s", statement, failed("r", "2031-02-01", target=own), as_of=as_of) == "open"
    gone = failed("r", "2031-02-01", target=elsewhere)
    assert verdict("s", statement, gone, as_of=as_of) == "condition_failed"


def test_a_condition_of_words_alone_fails_nothing() -> None:
    only_words = said("s", H1, condition=Condition("subject to weather"))
    assert (
        verdict(
            "s",
            only_words,
            failed("r", "2031-02-01", target=FLIGHT._replace(program="x")),
            as_of="2031-06-30",
        )
        == "open"
    )


def test_the_first_outcome_of_the_condition_decides() -> None:
    of = Target("lark-9", "rollout", None)
    rolled = happened("r1", "2031-02-01", target=of)
    burnt = failed("r2", "2031-03-01", target=of)
    statement = said("s", H1, condition=hangs_on("rollout"))
    assert verdict("s", statement, burnt, rolled, as_of="2031-06-30") == "open"


def test_an_earlier_round_of_the_condition_is_left_out_too() -> None:
    of = Target("lark-9", "rollout", None)
    before = failed("r", "2030-11-01", "2030-11-02", target=of)
    statement = said("s", H1, "2030-12-01", condition=hangs_on("rollout"))
    assert verdict("s", statement, before, as_of="2031-06-30") == "open"
    unknown = failed("r", "2030-11-01", "2030-12-02", target=of)
    assert verdict("s", statement, unknown, as_of="2031-06-30") == "condition_failed"


# -- moot (rule 4)


def test_a_program_that_ended_first_makes_it_moot() -> None:
    things = said("s", H1), ended("end", "2031-02-01", "2031-02-10")
    assert verdict("s", *things, as_of="2031-02-10") == "moot"
    assert verdict("s", *things, as_of="2031-02-09") == "open"
    assert because("s", *things) == ("end",)


def test_an_end_makes_moot_even_what_had_lapsed_before() -> None:
    assert verdict("s", said("s", H1), ended("end", "2032-01-01")) == "moot"


def test_an_end_after_the_outcome_changes_nothing() -> None:
    flown, end = happened("e", "2031-02-01", "2031-02-02"), ended("end", "2031-02-02")
    assert verdict("s", said("s", H1), end, flown) == "met_on_time"  # same day: recorded first
    late_news = happened("e", "2031-01-15", "2031-03-01")
    assert verdict("s", said("s", H1), ended("end", "2031-02-02"), late_news) == "moot"


def test_an_event_that_fails_the_milestone_and_ends_the_program_is_a_miss() -> None:
    end = ended("end", "2031-02-01")
    outcome = failed("end", "2031-02-01")
    same = type(outcome)("end", FLIGHT, False, None, end.occurred, end.place)
    assert verdict("s", said("s", H1), end, same) == "missed"


def test_an_end_over_and_public_when_it_was_said_belongs_to_an_earlier_round() -> None:
    again = said("s", H1, "2030-12-01")
    assert (
        verdict("s", again, ended("end", "2030-11-30", "2030-12-01"), as_of="2031-02-01") == "open"
    )
    assert verdict("s", again, ended("end", "2030-12-01"), as_of="2031-02-01") == "moot"


def test_statements_about_the_issuer_or_other_programs_are_never_moot() -> None:
    end = ended("end", "2031-02-01")
    for program in (None, "lark-e"):
        other = said("s", H1, target=FLIGHT._replace(program=program))
        assert verdict("s", other, end, as_of="2031-06-30") == "open"


# -- adjudicated (rule 1)


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


# -- a statement must be datable


def test_a_statement_without_a_last_possible_day_is_refused() -> None:
    with pytest.raises(InvalidEvent) as refusal:
        Statement("s", FLIGHT, parse_edtf("2031/.."), None, 1)
    assert refusal.value.place == "stated_on"
