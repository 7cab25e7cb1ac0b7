"""What an officer hears of a draft with one thing wrong: the rule for it, on its words, and why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.compliance.drafts import (
    ASSUMED,
    FLIGHT,
    HIRES,
    KEPT,
    LIST,
    MORE,
    ON,
    OTHER,
    REFUSED,
    RISK,
    draft,
)
from tests.unit.compliance.holding import document, event, record, said, store

FAIL, REVIEW, NONE = "fail", "needs_review", ()
STOOD = said("x1", "2011-03-01", "2011-07-01/2011-12-31")
HANGING = STOOD | {"condition": {"text": "the engines are certified"}}
WIDE = STOOD | {"window": "2011-07-01/2012-12-31"}
OVER = (said("x1", "2010-12-01", "2011-01-01/2011-03-31"), document("d1", "2010-12-01"))
FLOWN = {"program": "l9", "milestone": "flt.first_flight"}
NARROW = "Lark Aircraft expects the first flight of the L9 in the fourth quarter of 2011."
AGAIN = "Lark Aircraft reaffirms that the first flight of the L9 is expected in Q1 2011."
REACHED = event("milestone.reached", "2011-05-10", **FLOWN)
FAILED = event("milestone.failed", "2011-05-10", **FLOWN)
OLD_LIST = LIST.replace("the second half of 2011", "Q1 2011")
APART = "the first flight is expected in the first quarter of 2013."
SALE = "the sale of the old hangar in 2012"

CASES: tuple[tuple[str, str, tuple[Any, ...], str, str, str | None, str], ...] = (
    ("a condition is dropped", draft(), (HANGING,), "PC-10", REVIEW, FLIGHT,
     "the condition 'the engines are certified' is dropped"),
    ("a window is narrower", draft(NARROW), (WIDE,), "PC-10", REVIEW, NARROW,
     "narrower by 366 days"),
    ("said again though it is over", draft(AGAIN, legend=(OLD_LIST, RISK, ASSUMED, KEPT)), OVER,
     "PC-10", FAIL, AGAIN, "said again though it is over"),
    ("met already", draft(), (STOOD, REACHED), "PC-12", REVIEW, FLIGHT,
     "said to come, but flt.first_flight was reached already, on 2011-05-10"),
    ("failed already", draft(), (STOOD, FAILED), "PC-12", REVIEW, FLIGHT,
     "said to come, but flt.first_flight failed already, on 2011-05-10"),
    ("dropped since the last release", draft(HIRES), (STOOD,), "PC-11", REVIEW, None,
     "d1 spoke of flt.first_flight of l9, this does not"),
    ("no legend", draft(legend=NONE), (STOOD,), "PC-02", FAIL, FLIGHT,
     "nothing covers it: no legend is in the document"),
    ("a refusal to update", draft(legend=(LIST, RISK, ASSUMED, REFUSED)), (STOOD,), "CA-4A3-D",
     REVIEW, REFUSED.removesuffix("."), "a refusal to update without room"),
    ("two windows", draft(FLIGHT, OTHER), (STOOD,), "PC-01", REVIEW, APART,
     "said twice, with no day in common"),
    ("an item that nothing answers", draft(legend=(MORE, RISK, ASSUMED, KEPT)), (STOOD,), "PC-03",
     REVIEW, SALE, "no counterpart in the body"),
)  # fmt: skip
# What else is loud then, because it is so: an item is in no list, a text has no legend.
BESIDES = {
    "dropped since the last release":
        {"US-PSLRA-05", "US-PSLRA-07", "CA-4A3-A", "CA-4A3-B", "CA-4A3-C", "PC-02", "PC-03"},
    "no legend": {"US-PSLRA-05", "US-PSLRA-06", "US-PSLRA-07", "CA-4A3-A", "CA-4A3-B", "CA-4A3-C",
                  "CA-4A3-D", "CA-OSA-1384-9"},
    "two windows":
        {"US-PSLRA-05", "US-PSLRA-07", "CA-4A3-A", "CA-4A3-B", "CA-4A3-C", "PC-10"},
    "an item that nothing answers": {"CA-4A3-A"},
}  # fmt: skip
ALWAYS = {"US-PSLRA-01", "CA-4A2", "CA-OSA-1384-9"}
"""What asks for what is not on record, and for the distance of the legend."""


def _loud(text: str, items: tuple[Any, ...]) -> list[dict[str, Any]]:
    rows = store().check(text, record(*items), published=ON, fiscal_year_end="12-31").items
    return [row for row in rows if row["result"] in (FAIL, REVIEW)]


def test_of_a_good_draft_nothing_else_is_loud() -> None:
    assert {row["rule"] for row in _loud(draft(), (STOOD,))} == ALWAYS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_the_rule_for_it_is_loud(case: tuple[Any, ...]) -> None:
    name, text, items, rule, result, words, why = case
    loud = _loud(text, items)
    assert {row["rule"] for row in loud} - ALWAYS == {rule} | BESIDES.get(name, set()) - ALWAYS
    row = next(row for row in loud if row["rule"] == rule and row["why"].startswith(why))
    assert row["result"] == result
    span = row["span"]
    assert (span and text[span["start"] : span["end"]]) == words
    assert "\n" not in row["why"]
