"""When several rules apply, the first of them decides, and what it set aside is named."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.unit.expectations.saying import (
    H1,
    H2,
    Thing,
    ended,
    failed,
    hangs_on,
    happened,
    ruled,
    said,
    told,
    verdict,
)
from timeline.expectations import Target, Verdict

ROLLOUT = Target("lark-9", "rollout", None)


# What makes each rule apply to the statement below, in the order of the rules.
REASONS: dict[str, Thing] = {
    "met_early": ruled("ruling", "s", Verdict.MET_EARLY, "2031-02-10"),
    "withdrawn": said("back", None, "2031-02-10", withdraws="s"),
    "superseded": said("moved", H2, "2031-02-10"),
    "condition_failed": failed("rolled", "2031-02-10", target=ROLLOUT),
    "moot": ended("ended", "2031-02-10"),
    "met_on_time": happened("flown", "2031-03-01"),
    "missed": said("ahead", "2032", "2031-08-01"),  # proves the miss once the window is over
}
RULES = list(REASONS)


def _statement() -> Thing:
    return said("s", H1, condition=hangs_on("rollout"))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_decides_where_it_alone_applies(rule: str) -> None:
    assert verdict("s", _statement(), REASONS[rule]) == rule


@pytest.mark.parametrize(("first", "second"), list(combinations(RULES, 2)))
def test_of_two_rules_the_earlier_decides(first: str, second: str) -> None:
    reasons = {name: REASONS[name] for name in (second, first)}
    assert verdict("s", _statement(), *reasons.values()) == first


def test_all_rules_at_once_fall_away_one_by_one() -> None:
    reasons = list(REASONS.values())
    for number, rule in enumerate(RULES):
        assert verdict("s", _statement(), *reasons[number:]) == rule


@pytest.mark.parametrize("rule", RULES[:5])
def test_an_outcome_that_did_not_decide_is_named_with_its_slip(rule: str) -> None:
    judged = told("s", _statement(), REASONS[rule], happened("flown", "2031-03-01"))
    assert judged.decision.verdict == rule
    assert judged.overridden == ("flown",)
    assert judged.slip_days == (-121, -121)


def test_an_outcome_that_decided_is_not_set_aside() -> None:
    assert told("s", _statement(), happened("flown", "2031-03-01")).overridden == ()
    assert told("s", _statement()).overridden == ()
