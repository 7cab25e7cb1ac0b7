"""What stands is the newest statement or nothing, never an older one."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import (
    FLIGHT,
    H1,
    H2,
    chain,
    ended,
    failed,
    hangs_on,
    happened,
    register,
    ruled,
    said,
    standing,
)
from timeline.expectations import Target, Verdict


def test_the_newest_statement_stands() -> None:
    things = said("s", H1), said("t", H2, "2031-02-01")
    assert standing(*things, as_of="2031-01-31") == "s"
    assert standing(*things, as_of="2031-02-01") == "t"
    assert standing(*things, as_of="2031-02-01", known_at="2031-01-31") == "s"


def test_a_lapsed_or_missed_one_still_stands() -> None:
    assert standing(said("s", H1), as_of="2035-01-01") == "s"
    told = chain(said("s", H1), as_of="2035-01-01")
    assert told.decision is not None
    assert told.decision.verdict == "lapsed"


def test_nothing_stands_before_anything_is_said() -> None:
    told = chain(said("s", H1), as_of="2030-11-30")
    assert (told.standing, told.statements, told.decision) == (None, (), None)


@pytest.mark.parametrize("end", [happened, failed])
def test_nothing_stands_once_the_outcome_is_public(end: object) -> None:
    outcome = end("e", "2031-03-01", "2031-03-10")  # type: ignore[operator]
    assert standing(said("s", H1), outcome, as_of="2031-03-09") == "s"
    assert standing(said("s", H1), outcome, as_of="2031-03-10") is None


def test_an_outcome_of_an_earlier_round_lets_the_new_statement_stand() -> None:
    before = happened("e", "2030-11-01", "2030-11-02")
    assert standing(said("s", H1), before, as_of="2031-03-01") == "s"


def test_when_the_newest_is_withdrawn_no_older_one_stands_again() -> None:
    things = said("s", H1), said("t", H2, "2031-02-01")
    back = said("u", None, "2031-03-01", withdraws="t", target=FLIGHT._replace(program="x"))
    assert standing(*things, back, as_of="2031-03-01") is None


def test_nothing_stands_after_a_pure_withdrawal_in_the_chain() -> None:
    things = said("s", H1), said("back", None, "2031-03-01", withdraws="s")
    assert standing(*things, as_of="2031-03-01") is None
    assert standing(*things, as_of="2031-02-28") == "s"
    told = chain(*things, as_of="2031-03-01")
    assert told.decision is not None
    assert told.decision.verdict == "withdrawn"


def test_a_statement_without_a_window_that_withdraws_nothing_stands() -> None:
    assert standing(said("s", H1), said("t", None, "2031-03-01")) == "t"


def test_a_withdrawal_with_a_window_of_its_own_stands() -> None:
    assert standing(said("s", H1), said("t", H2, "2031-03-01", withdraws="s")) == "t"


def test_nothing_stands_when_the_condition_failed_or_the_program_ended() -> None:
    rollout = Target("lark-9", "rollout", None)
    hanging = said("s", H1, condition=hangs_on("rollout"))
    assert standing(hanging, failed("r", "2031-02-01", target=rollout)) is None
    assert standing(said("s", H1), ended("end", "2031-02-01")) is None


@pytest.mark.parametrize("verdict", Verdict)
def test_a_decided_statement_stands_only_as_open_or_lapsed(verdict: Verdict) -> None:
    things = said("s", H1), ruled("r", "s", verdict, "2031-02-01")
    expected = "s" if verdict in (Verdict.OPEN, Verdict.LAPSED) else None
    assert standing(*things, as_of="2031-03-01") == expected


def test_a_decision_that_it_is_open_does_not_outlive_the_outcome() -> None:
    things = said("s", H1), ruled("r", "s", Verdict.OPEN, "2031-02-01")
    assert standing(*things, happened("e", "2031-03-01")) is None


def test_a_decision_about_an_older_statement_touches_what_stands_in_nothing() -> None:
    things = said("s", H1), said("t", H2, "2031-01-15"), ruled("r", "s", Verdict.MOOT, "2031-02-01")
    assert standing(*things, as_of="2031-03-01") == "t"


def test_a_chain_is_told_by_its_last_statement() -> None:
    things = (
        said("s", H1),
        happened("e", "2031-03-01", "2031-03-02"),
        said("t", "2032", "2031-06-01"),
    )
    told = chain(*things, as_of="2031-07-01")
    assert told.outcome is None  # the second round has none yet
    assert told.decision is not None
    assert told.decision.because == ("t",)
    assert [judged.outcome is None for judged in told.statements] == [False, True]


def test_a_chain_without_statements_is_told_by_its_first_outcome() -> None:
    late_news = happened("late-news", "2031-01-01", "2031-04-01")
    first_news = failed("first-news", "2031-03-01", "2031-03-02")
    told = chain(late_news, first_news)
    assert (told.statements, told.standing, told.decision) == ((), None, None)
    assert told.revisions == 0
    assert told.outcome == first_news
    assert chain(late_news, as_of="2031-03-31").outcome is None


def test_every_chain_of_a_statement_or_an_outcome_is_known_once() -> None:
    other = Target(None, "listing", "Oslo")
    kept = register(said("s", H1), said("t", H2), happened("e", "2031-03-01", target=other))
    assert sorted(kept.targets, key=str) == sorted([FLIGHT, other], key=str)
    assert register(said("s", H1), as_of="2030-11-30").targets == []
