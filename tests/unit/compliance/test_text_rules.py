"""Every rule that reads the words of a draft: how it ends, on what."""

from __future__ import annotations

from typing import Any

import pytest

from projections.compliance.deciding import DECIDERS, OF_STATEMENTS, TEXT_DECIDERS
from projections.compliance.rule import rules
from tests.unit.compliance.drafts import (
    AGAIN,
    FLIGHT,
    HIRES,
    KEPT,
    LIST,
    MORE,
    OTHER,
    REFUSED,
    RISK,
    THIS,
    WORN,
    WORN_ONE,
    checked,
    draft,
    rows,
)
from tests.unit.compliance.holding import document, event, held, inside, said

PASS, FAIL, REVIEW, BESIDE = "pass", "fail", "needs_review", "not_applicable"
NONE: tuple[str, ...] = ()
STOOD = said("x1", "2011-03-01", "2011-07-01/2011-12-31")
HANGING = STOOD | {"condition": {"text": "the engines are certified"}}
POINTED = 'Lark Aircraft reports (see "{}").'
APPROVED = "Management approved this outlook on May 2, 2011."
PURPOSE = "The outlook is given to help readers understand our plans."
SALES = "Lark Aircraft expects sales of $40 million in the year ended December 31, 2011."
FAR = "Lark Aircraft expects sales of $40 million in 2019."
ABOUT = "About Lark Aircraft\n\nLark Aircraft builds {} in Reno, Nevada."

CASES: tuple[tuple[str, str, str, tuple[Any, ...], list[str]], ...] = (
    ("US-PSLRA-05", "listed", draft(), (), [PASS]),
    ("US-PSLRA-05", "not listed", draft(FLIGHT, HIRES), (), [PASS, REVIEW]),
    ("US-PSLRA-05", "no legend", draft(legend=NONE), (), [FAIL]),
    ("US-PSLRA-05", "words of one", draft(f"{FLIGHT} It is forward-looking.", legend=NONE), (),
     [REVIEW]),
    ("US-PSLRA-06", "risks are named", draft(), (), [PASS]),
    ("US-PSLRA-06", "no legend", draft(legend=NONE), (), [FAIL]),
    ("US-PSLRA-06", "a legend without a word of risk", draft(legend=(LIST, KEPT)), (), [FAIL]),
    ("US-PSLRA-07", "a risk of its own", draft(), (), [PASS]),
    ("US-PSLRA-07", "worn ones alone", draft(legend=(LIST, WORN, KEPT)), (), [REVIEW]),
    *((rule, "nothing of the future", draft("Lark Aircraft is of Reno.", legend=NONE), (), [BESIDE])
      for rule in sorted(OF_STATEMENTS)),
    ("US-PSLRA-05", "nothing in the body, and a list", draft("Lark Aircraft is of Reno."), (), []),
    ("PC-03", "nothing in the body, and a list", draft("Lark Aircraft is of Reno."), (), [REVIEW]),
    ("CA-4A2", "no basis", draft(), (), [REVIEW]),
    ("CA-4A3-A", "all are listed", draft(), (), [PASS]),
    ("CA-4A3-A", "one is not", draft(FLIGHT, HIRES), (), [REVIEW]),
    ("CA-4A3-A", "an item too many", draft(legend=(MORE, RISK)), (), [REVIEW]),
    ("CA-4A3-A", "no legend", draft(legend=NONE), (), [FAIL]),
    ("CA-4A3-A", "no list", draft(legend=(f"{THIS}.", RISK)), (), [REVIEW]),
    ("CA-4A3-B", "factors", draft(), (), [PASS]),
    ("CA-4A3-B", "worn ones", draft(legend=(LIST, WORN)), (), [REVIEW]),
    ("CA-4A3-B", "none", draft(legend=NONE), (), [FAIL]),
    ("CA-4A3-C", "one of its own", draft(), (), [PASS]),
    ("CA-4A3-C", "a worn one", draft(legend=(LIST, RISK, WORN_ONE)), (), [REVIEW]),
    ("CA-4A3-C", "none", draft(legend=(LIST, RISK, KEPT)), (), [FAIL]),
    ("CA-4A3-C", "words of one", draft(legend=(LIST, RISK, "Nothing is taken for granted.")), (),
     [REVIEW]),
    ("CA-4A3-D", "room for the law", draft(), (), [PASS]),
    ("CA-4A3-D", "none", draft(legend=(LIST, RISK, REFUSED)), (), [REVIEW]),
    ("CA-4A3-D", "nothing said", draft(legend=(LIST, RISK)), (), [REVIEW]),
    ("CA-4B2", "no outlook", draft(), (), [BESIDE]),
    ("CA-4B2", "no assumption", draft(SALES), (), [REVIEW]),
    ("CA-4B3", "no outlook", draft(), (), [BESIDE]),
    ("CA-4B3", "neither", draft(SALES), (), [FAIL]),
    ("CA-4B3", "one", draft(f"{SALES} {APPROVED}"), (), [REVIEW]),
    ("CA-4B3", "both", draft(f"{SALES} {APPROVED} {PURPOSE}"), (), [PASS]),
    ("CA-OSA-1384-9", "at the end, not pointed to", draft(), (), [REVIEW]),
    ("CA-OSA-1384-9", "no legend", draft(legend=NONE), (), [FAIL]),
    ("CA-OSA-1384-9", "no assumption", draft(legend=(LIST, RISK, KEPT)), (), [FAIL]),
    ("PC-01", "said once", draft(), (), [PASS]),
    ("PC-01", "said twice, the same", draft(FLIGHT, AGAIN), (), [PASS]),
    ("PC-01", "said twice, apart", draft(FLIGHT, OTHER), (), [REVIEW, REVIEW]),
    ("PC-02", "all are covered", draft(), (), [PASS]),
    ("PC-02", "one is not", draft(FLIGHT, HIRES), (), [REVIEW]),
    ("PC-02", "no legend", draft(FLIGHT, HIRES, legend=NONE), (), [FAIL, FAIL]),
    ("PC-03", "all are in the body", draft(), (), [PASS]),
    ("PC-03", "one is not", draft(legend=(MORE, RISK)), (), [REVIEW]),
    ("PC-04", "no such section", draft(), (), [BESIDE]),
    ("PC-04", "not told of there", draft(FLIGHT, ABOUT.format("boats")), (), [REVIEW]),
    ("PC-07", "points nowhere", draft(), (), [PASS]),
    ("PC-07", "a heading of it", draft(POINTED.format("Our Plans"), "Our Plans", FLIGHT), (),
     [PASS]),
    ("PC-07", "near one", draft(POINTED.format("Plans"), "Our Plans", FLIGHT), (), [REVIEW]),
    ("PC-07", "none", draft(POINTED.format("Annual Awards"), FLIGHT), (), [FAIL]),
    ("PC-09", "not known", draft(), (), [REVIEW]),
    ("PC-10", "nothing stands", draft(), (), [BESIDE]),
    ("PC-10", "kept", draft(), (STOOD,), [PASS]),
    ("PC-10", "later", draft(), (STOOD | {"window": "2011-01-01/2011-06-30"},), [REVIEW]),
    ("PC-10", "earlier", draft(), (STOOD | {"window": "2012-01-01/2012-06-30"},), [REVIEW]),
    ("PC-10", "narrower", draft(), (STOOD | {"window": "2011-01-01/2013-06-30"},), [REVIEW]),
    ("PC-10", "a condition dropped", draft(), (HANGING,), [PASS, REVIEW]),
    ("PC-10", "no time any more", draft("Lark Aircraft plans to make the first flight of the L9."),
     (STOOD,), [REVIEW]),
    ("PC-11", "no release before", draft(), (), [BESIDE]),
    ("PC-11", "spoken of again", draft(), (STOOD,), [PASS]),
    ("PC-11", "left out", draft(HIRES), (STOOD,), [REVIEW]),
    ("PC-12", "open", draft(), (STOOD,), [PASS]),
    ("PC-12", "flown already", draft(),
     (STOOD, event("milestone.reached", "2011-05-10", program="l9", milestone="flt.first_flight")),
     [REVIEW]),
)  # fmt: skip


TESTED = "The L9 is in flight testing."
RESTS = (
    "They rest on the assumption that Lark Aircraft delivers its aircraft and so has sales of "
    "$40 million in 2011."
)
SOLD = "Lark Aircraft expects sales of $40 million in 2011."
# Endings that ask for more than a draft: what it is called, when its year ends, what stood.
ENDINGS: tuple[tuple[str, str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("CA-4B2", draft(SOLD, legend=(LIST, RISK, RESTS, KEPT)), (), {}),
    ("CA-OSA-1384-9", draft(), (), {"kind": "prospectus"}),
    ("PC-04", draft(TESTED, FLIGHT, f"About Lark Aircraft\n\n{TESTED}"), (), {}),
    ("PC-09", draft(), (), {"fiscal_year_end": "12-31"}),
    ("PC-10", draft("Lark Aircraft expects the first flight of the L9 in Q1 2011."),
     (said("x1", "2010-12-01", "2011-01-01/2011-03-31"),), {}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "items", "ends"),
    [pytest.param(rule, *more, id=f"{rule}: {name}") for rule, name, *more in CASES],
)
def test_a_rule_comes_to_this(
    rule: str, text: str, items: tuple[Any, ...], ends: list[str]
) -> None:
    assert checked(rule, text, *items) == ends


def test_every_rule_is_decided_once_and_every_one_of_words_is_tried() -> None:
    assert not set(DECIDERS) & set(TEXT_DECIDERS)
    assert {*DECIDERS, *TEXT_DECIDERS} == set(rules())
    assert set(TEXT_DECIDERS) <= {rule for rule, *_ in CASES}


@pytest.mark.parametrize("end", ["12-31", "04-30"])
def test_a_year_says_whose_it_is_where_they_differ(end: str) -> None:
    ends = {"12-31": [PASS], "04-30": [REVIEW]}
    assert checked("PC-09", draft(), fiscal_year_end=end) == ends[end]
    told = FLIGHT.replace("half of", "half of calendar")
    assert checked("PC-09", draft(told), fiscal_year_end=end) == [PASS]


OVER = said("x1", "2010-12-01", "2011-01-01/2011-03-31")


@pytest.mark.parametrize(
    "time", ["in the first quarter of 2011", "in Q1 2011", "by March 31, 2011", "before April 2011"]
)
def test_what_is_said_again_though_it_is_over_fails(time: str) -> None:
    told = f"Lark Aircraft still expects the first flight of the L9 {time}."
    (row,) = rows("PC-10", draft(told), OVER, document("d1", "2010-12-01"))
    assert (row["result"], row["because"]) == (FAIL, ["x1"])
    assert "over" in row["why"]
    assert row["text"] == told
    (row,) = rows("PC-10", draft(told), OVER, published="2011-03-30")
    assert row["result"] != FAIL


def test_it_fails_beside_another_time_too() -> None:
    told = "Lark Aircraft expects the first flight of the L9 in the first quarter of 2011."
    again, later = rows("PC-10", draft(told, FLIGHT), OVER, document("d1", "2010-12-01"))
    assert (again["result"], again["text"]) == (FAIL, told)
    assert later["why"].startswith("later by 275 days")


@pytest.mark.parametrize("time", ["in the fourth quarter of 2010", "by the end of January 2011"])
def test_another_time_that_is_over_is_told_as_that(time: str) -> None:
    told = f"Lark Aircraft expects the first flight of the L9 {time}."
    (row,) = rows("PC-10", draft(told), OVER, document("d1", "2010-12-01"))
    assert row["result"] == REVIEW
    assert "over" in row["why"]
    assert "no time" not in row["why"]


def test_a_time_whose_milestone_is_open_is_held_against_all_that_stands() -> None:
    told = "Lark Aircraft expects progress on the L9 in the first quarter of 2012."
    (row,) = rows("PC-10", draft(told), STOOD)
    assert (row["result"], row["because"]) == (REVIEW, ["x1"])
    assert "of l9 is meant, if any, is open: if flt.first_flight: later" in row["why"]


def test_a_basis_is_of_the_day_it_was_said() -> None:
    made = {"expectation": "x1"}
    for day, ends in (("2011-02-01", [PASS]), ("2011-04-01", [REVIEW])):
        basis = inside("compliance.basis_recorded", day, facts=made)
        assert held("CA-4A2", STOOD, basis) == ends
    refuted = inside("compliance.assumption_refuted", "2011-02-01", facts=made)
    assert held("CA-4A2", STOOD, refuted) == [FAIL]


def test_statements_on_record_with_other_days_in_one_document_fail() -> None:
    apart = said("x2", "2011-03-01", "2013-01-01/2013-03-31")
    assert held("PC-01", STOOD, apart) == [FAIL]
    assert held("PC-01", STOOD, apart | {"window": STOOD["window"]}) == [PASS]


def test_without_the_words_a_rule_on_words_is_open() -> None:
    assert held("PC-02", STOOD) == [REVIEW]
    assert held("PC-10", STOOD) == [BESIDE]


def test_a_pointer_brings_the_legend_near() -> None:
    pointed = f"{FLIGHT} See the forward-looking statements at the end of this release."
    (row,) = rows("CA-OSA-1384-9", draft(pointed))
    assert "points to the legend" in row["why"]
    (row,) = rows("CA-OSA-1384-9", draft())
    assert "never points to it" in row["why"]
    assert checked("CA-OSA-1384-9", draft(), kind="prospectus") == [BESIDE]


def test_a_partner_s_plan_is_not_the_issuer_s() -> None:
    told = "Reed Engines expects to certify the engine of the L9 in 2011."
    licence = event(
        "licensing.agreement_signed", "2010-02-01", facts={"counterparty": "Reed Engines"}
    )
    (row,) = rows("US-PSLRA-01", draft(told), licence)
    assert "Reed Engines" in row["why"]
    led = "Lark Aircraft expects, with Reed Engines, the first flight of the L9 in 2011."
    (row,) = rows("US-PSLRA-01", draft(led), licence)
    assert "Reed Engines" not in row["why"]
