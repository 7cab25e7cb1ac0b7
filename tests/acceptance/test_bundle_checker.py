"""The checker checked: small bundles whose answers follow from the page by hand."""

from __future__ import annotations

import ast
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.bundle_checker import Answers, check, disagreements
from tests.acceptance.bundle_record import relation

Item = dict[str, Any]
HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "samples" / "migenix"
H1, H2 = "2008-01-01/2008-06-30", "2008-07-01/2008-12-31"
CHAIN = ("p", "m", None)


def said(name: str, window: str | None, on: str = "2007-01-01", **given: Any) -> Item:
    return {"id": name, "program": "p", "milestone": "m", "window": window, "stated_on": on} | given


def happened(name: str, occurred: str, disclosed: str | None = None, **given: Any) -> Item:
    public = disclosed or occurred
    event = {"id": name, "type": "milestone.reached", "program": "p", "milestone": "m"}
    return event | {"occurred": occurred, "disclosed": public} | given


def ask(*items: Item, on: str = "2020-01-01", **given: Any) -> Answers:
    """Ask about statements (they have a window), events (occurred) and rulings (verdict)."""
    bundle = {
        "expectations": [i for i in items if "window" in i],
        "events": [i for i in items if "occurred" in i],
        "adjudications": [i for i in items if "verdict" in i],
        "corrections": [i for i in items if "corrects" in i or "retracts" in i],
    }
    day = date.fromisoformat(on)
    return check(bundle, **({"as_of": day, "known_at": day} | given))


def verdict(name: str, *items: Item, on: str = "2020-01-01") -> str:
    return ask(*items, on=on).statements[name].verdict


@pytest.mark.parametrize(
    ("occurred", "expected"),
    [
        ("2007-12-31", "met_early"),
        ("2008-01-01", "met_on_time"),
        ("2008-06", "met_on_time"),
        ("2008-07-01", "met_late"),
        ("2008", "indeterminate"),
        ("../2008-06-30", "indeterminate"),
    ],
)
def test_an_actual_is_judged_by_every_possible_day(occurred: str, expected: str) -> None:
    assert verdict("s", said("s", H1), happened("e", occurred, "2009-01-01")) == expected


def test_a_window_is_open_through_its_last_day_and_then_lapsed() -> None:
    assert verdict("s", said("s", H1), on="2008-06-30") == "open"
    assert verdict("s", said("s", H1), on="2008-07-01") == "lapsed"


def test_failure_of_the_milestone_is_missed_without_actual_or_slip() -> None:
    answer = ask(said("s", H1), happened("e", "2008-03-01", type="milestone.failed"))
    told = answer.statements["s"]
    assert (told.verdict, told.outcome, told.actual, told.slip) == ("missed", "failed", None, None)


def test_a_statement_after_the_window_that_looks_ahead_proves_the_miss() -> None:
    ahead = said("t", "2009-02-01/2009-03-31", "2009-02-01")
    assert verdict("s", said("s", H1), ahead, on="2009-02-01") == "missed"
    assert verdict("s", said("s", H1), ahead, on="2009-01-31") == "lapsed"


def test_no_window_one_that_may_mean_the_past_or_one_in_time_prove_no_miss() -> None:
    for later in (None, "2009-01-31/2009-03-31"):
        assert verdict("s", said("s", H1), said("t", later, "2009-02-01")) == "lapsed"
    assert verdict("s", said("s", H1), said("t", "2008-06", "2008-03-01")) == "lapsed"


def test_without_a_window_open_until_reached() -> None:
    assert verdict("s", said("s", None)) == "open"
    assert verdict("s", said("s", None), happened("e", "2008-03-01")) == "indeterminate"


def test_the_newest_ruling_decides_and_touches_one_statement() -> None:
    first = {"id": "a", "expectation": "s", "verdict": "moot", "disclosed": "2009-01-01"}
    second = first | {"id": "b", "verdict": "met_on_time", "disclosed": "2009-02-01"}
    items = (said("s", H1), said("t", H1), second, first)
    assert verdict("s", *items, on="2009-01-31") == "moot"
    assert verdict("s", *items) == "met_on_time"
    assert verdict("t", *items) == "lapsed"
    assert ask(said("s", H1), second).chains[CHAIN].standing is None


def test_withdrawal_takes_the_named_statement_and_stands_for_nothing() -> None:
    items = (said("s", H1), said("w", None, "2008-02-01", withdraws="s", milestone="other"))
    assert verdict("s", *items, on="2008-01-31") == "open"
    answer = ask(*items, happened("e", "2008-05-01"), on="2008-05-01")
    assert [answer.statements[n].verdict for n in "sw"] == ["withdrawn", "withdrawn"]
    assert answer.statements["s"].slip == (-60, -60)
    assert {c.standing for c in answer.chains.values()} == {None}


def test_superseded_by_any_later_statement_not_only_the_next() -> None:
    items = (said("s", H1), said("t", "2008", "2007-02-01"), said("u", H2, "2007-03-01"))
    assert verdict("s", *items, on="2007-02-28") == "open"
    assert verdict("s", *items, on="2007-03-01") == "superseded"
    assert verdict("t", *items, on="2007-03-01") == "open"


def test_not_superseded_after_the_window_or_after_the_outcome() -> None:
    assert verdict("s", said("s", H1), said("t", H2, "2008-06-30")) == "superseded"
    assert verdict("s", said("s", H2), said("t", H1, "2007-02-01")) == "superseded"
    assert verdict("s", said("s", H1), said("t", H2, "2008-07-01")) == "missed"
    late = said("t", H2, "2008-04-02")
    assert verdict("s", said("s", H1), late, happened("e", "2008-04-01")) == "met_on_time"


def test_condition_fails_by_failure_or_by_a_result_not_positive() -> None:
    wants = {"milestone": "x", "requires": "positive"}
    s = said("s", H1, condition=wants)
    negative = happened("e", "2007-06-01", milestone="x", result="negative")
    failed = happened("e", "2007-06-01", milestone="x", type="milestone.failed")
    assert verdict("s", s, negative) == verdict("s", s, failed) == "condition_failed"
    assert verdict("s", s, negative | {"result": "positive"}) == "lapsed"
    assert verdict("s", s | {"condition": {"milestone": "x"}}, negative) == "lapsed"
    assert verdict("s", s, negative | {"program": None}) == "lapsed"
    issuer = s | {"condition": wants | {"program": None}}
    assert verdict("s", issuer, negative | {"program": None}) == "condition_failed"


def test_a_condition_of_an_earlier_round_or_in_words_alone_fails_nothing() -> None:
    negative = happened("e", "2006-06-01", milestone="x", result="negative")
    s = said("s", H1, condition={"milestone": "x", "requires": "positive"})
    assert verdict("s", s, negative) == "lapsed"
    assert verdict("s", said("s", H1, condition={"text": "cash raised"})) == "lapsed"


def test_moot_when_its_program_ended_first() -> None:
    end = happened("d", "2008-03-01", type="program.discontinued", milestone=None)
    assert verdict("s", said("s", H1), end) == "moot"
    assert verdict("s", said("s", H1), end, happened("e", "2008-04-01")) == "moot"
    assert verdict("s", said("s", H1), end, happened("e", "2008-02-01")) == "met_on_time"
    assert verdict("s", said("s", H1, "2008-03-02"), end) == "lapsed"
    assert verdict("s", said("s", H1, program=None), end | {"program": None}) == "lapsed"


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (H1, H1, "reaffirmed"),
        ("2007-01-01/2008-06-30", "2007-06-01/2008-06-30", "reaffirmed"),
        (None, None, "reaffirmed"),
        ("../2008-06-30", "../2008-06-30", "reaffirmed"),
        (H1, "2008-04-01/2008-06-30", "narrowed"),
        ("2008-04-01/2008-06-30", H1, "widened"),
        (H1, H2, "pushed_out"),
        (H1, "2008-02-01/..", "pushed_out"),
        (H2, H1, "pulled_in"),
        (H1, "../2008-05-31", "pulled_in"),
        ("2007-01-01/2008-06-30", "../2008-05-31", "narrowed"),
        (H1, None, "replaced"),
        (None, H1, "replaced"),
    ],
)
def test_relation_of_a_window(older: str | None, newer: str | None, expected: str) -> None:
    assert relation(said("t", newer, "2007-06-01"), said("s", older)) == expected


def test_revisions_leave_out_the_first_and_the_reaffirmed() -> None:
    answer = ask(said("s", H1), said("t", H1, "2007-02-01"), said("u", H2, "2007-03-01"))
    assert [answer.statements[n].relation for n in "stu"] == [None, "reaffirmed", "pushed_out"]
    assert answer.chains[CHAIN].revisions == 1


def test_slip_is_a_range_and_needs_an_end() -> None:
    june = happened("e", "2008-07", "2008-08-01")
    assert ask(said("s", H1), june).statements["s"].slip == (1, 31)
    assert ask(said("s", "2008-01-01/.."), june).statements["s"].slip is None
    assert ask(said("s", H1), june | {"occurred": "2008-07/.."}).statements["s"].slip is None


def test_the_outcome_is_the_first_published_of_its_own_round() -> None:
    old = happened("old", "2006-12-01")
    first, second = happened("a", "2008-05-01", "2008-05-02"), happened("b", "2008-04-01", "2009")
    assert ask(said("s", H1), second, old, first).statements["s"].actual == "2008-05-01"
    assert ask(said("s", H1), old).statements["s"].outcome is None
    early = happened("early", "2008-05", "2008-05-06")
    assert verdict("s", said("s", H1, "2008-05-10"), early, on="2008-05-10") == "met_on_time"
    assert ask(said("s", H1), old | {"disclosed": "2007-02-01"}).statements["s"].slip is not None


def test_nothing_published_later_or_happening_later_is_counted() -> None:
    items = (said("s", H1), happened("e", "2008-05-01", "2008-05"))
    assert ask(*items, on="2008-05-30").statements["s"].outcome is None
    assert ask(*items, on="2008-05-31").statements["s"].outcome == "reached"
    hindsight = ask(*items, as_of=date(2008, 4, 30), known_at=date(2009, 1, 1))
    assert hindsight.statements["s"].verdict == "open"
    assert ask(said("s", H1, "2008-02"), on="2008-02-28").statements == {}


def test_the_newest_stands_even_lapsed_and_never_an_older_one() -> None:
    items = (said("t", H1, "2007-02-01"), said("s", "2008"))
    assert ask(*items).chains[CHAIN].standing == "t"
    assert ask(*items, happened("e", "2008-12-01")).chains[CHAIN].standing is None


def test_a_chain_nobody_spoke_of_has_its_first_outcome() -> None:
    row = ask(happened("b", "2008-02"), happened("a", "2008-01")).chains[CHAIN]
    assert (row.standing, row.actual, row.verdict) == (None, "2008-01", None)


def test_a_correction_counts_from_its_position_and_keeps_its_place() -> None:
    fix = {"id": "c", "corrects": "a", "set": {"occurred": "2008-07-01"}}
    items = (said("s", H1), happened("a", "2008-06-01"), happened("b", "2008-05-01", "2008-06-01"))
    assert ask(*items, fix, as_at=4).statements["s"].actual == "2008-06-01"
    assert ask(*items, fix, as_at=5).statements["s"].actual == "2008-07-01"


def test_what_a_retracted_event_hid_comes_back() -> None:
    items = (said("s", H1), happened("a", "2008-05-01"), happened("b", "2008-06-01"))
    gone = {"id": "r", "retracts": "a"}
    assert ask(*items, gone, as_at=4).statements["s"].actual == "2008-05-01"
    assert ask(*items, gone).statements["s"].actual == "2008-06-01"


def test_the_sample_agrees_with_its_recorded_outcomes() -> None:
    bundle = json.loads((SAMPLE / "bundle.json").read_text())
    expected = json.loads((Path(__file__).with_name("recorded_outcomes.json")).read_text())
    explained, hand_set = {"ex-om-enr-01", "ex-co-run-05"}, {"ex-co-bd06", "ex-cel-2be"}
    assert len(expected["items"]) == 88
    assert set(disagreements(bundle, expected)) == explained
    assert set(disagreements(bundle | {"adjudications": []}, expected)) == explained | hand_set


@pytest.mark.parametrize("name", ["bundle_checker.py", "bundle_record.py"])
def test_the_checker_shares_no_code_with_what_it_checks(name: str) -> None:
    nodes = list(ast.walk(ast.parse((HERE / name).read_text())))
    names = {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    names -= {"tests.acceptance.bundle_record"}
    assert {n.partition(".")[0] for n in names} <= sys.stdlib_module_names
