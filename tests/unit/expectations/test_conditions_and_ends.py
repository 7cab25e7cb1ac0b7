"""What hangs on something else: a condition, and the life of the program."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import (
    FLIGHT,
    H1,
    because,
    ended,
    failed,
    hangs_on,
    happened,
    said,
    verdict,
)
from timeline.expectations import Condition, Target


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
