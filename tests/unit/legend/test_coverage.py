"""Coverage on a release of our own: what the list names or leaves out, which caution speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from timeline.intake import Draft, DraftKind, DraftWindow, Span
from timeline.intake.documents import read_text
from timeline.intake.legend import (
    Coverage,
    Covered,
    Ground,
    Status,
    coverage,
    in_general,
    in_particular,
    read_legend,
    remarks,
)
from timeline.intake.legend.coverage import MOST
from timeline.intake.names import Named, NameKind, Names
from timeline.packs import all_vocabulary

NAMES = Names(
    [
        Named(NameKind.ISSUER, "orrin", ("Orrin Vale Corp.", "Orrin Vale")),
        Named(NameKind.PROGRAM, "kestrel", ("Kestrel",)),
        Named(NameKind.PROGRAM, "merlin", ("Merlin",)),
        Named(NameKind.PROGRAM, "osprey", ("Osprey",)),
        Named(NameKind.PARTNER, "Brandt Metals", ("Brandt Metals",)),
    ]
)
BODY = """Orrin Vale Corp.

Orrin Vale reports on its works

Halden, 4 August 2020 - Orrin Vale Corp. tells of its three works.

Kestrel: we expect full output of the furnace by the end of 2020. If the permit comes, the second
furnace shall be ordered in 2021. Its smelter may be harmed by fire.

Merlin: Brandt Metals plans to open the north pit in the first half of 2021. Brandt pays for it.

Osprey: survey flights begin in spring 2021. We are talking to a buyer of Osprey.

The future has never looked brighter.

Forward-looking statements

This release contains forward-looking statements. They include statements regarding: %s.
They rest on assumptions, including that the furnace of Kestrel lasts; and that prices hold. Risks
include: delays; the means of Brandt Metals to open a pit; and others set out in our annual report.
"""
LIST = (
    "full output of the Kestrel furnace in the second half of 2020; the order of a second furnace "
    "for Kestrel; Brandt Metals opening the north pit in 2022; and the sale of the old mill"
)


def written(listed: str = LIST) -> str:
    return BODY % listed


def draft(text: str, words: str, kind: str = "plan", **more: Any) -> Draft:
    start = text.index(words)
    return Draft(
        id=words.partition(" ")[0].lower(),
        kind=DraftKind.EXPECTATION,
        span=Span(start, start + len(words)),
        text=words,
        type=kind,
        confidence=1.0,
        why="by hand",
        **more,
    )


def drafts(text: str) -> list[Draft]:
    year = DraftWindow(date(2020, 8, 4), date(2020, 12, 31), "2020", "by the end of 2020", "")
    half = DraftWindow(date(2021, 1, 1), date(2021, 6, 30), "2021-40", "the first half of 2021", "")
    return [
        draft(
            text, "we expect full output of the furnace by the end of 2020",
            program="kestrel", window=year,
        ),
        draft(
            text, "If the permit comes, the second\nfurnace shall be ordered in 2021",
            program="kestrel", condition="the permit comes",
        ),
        draft(
            text, "plans to open the north pit in the first half of 2021",
            program="merlin", window=half,
        ),
        draft(text, "survey flights begin in spring 2021", program="osprey"),
        draft(text, "talking to a buyer of Osprey", kind="implied", program="osprey"),
        draft(text, "may be harmed by fire", kind="risk_prediction", program="kestrel"),
        draft(text, "The future has never looked brighter", kind="puffery"),
    ]  # fmt: skip


def hold(text: str, found: list[Draft] | None = None) -> Coverage:
    document = read_text(text)
    legend = read_legend(document, names=NAMES)
    assert legend is not None
    ground = Ground(
        document, names=NAMES, vocabulary=all_vocabulary(), published_on=date(2020, 8, 4)
    )
    return coverage(drafts(text) if found is None else found, legend, ground)


@pytest.fixture(scope="module")
def held() -> Coverage:
    return hold(written())


def told(held: Coverage, name: str) -> Covered:
    return next(one for one in (*held.statements, *held.apart) if one.id == name)


def test_a_statement_that_is_listed(held: Coverage) -> None:
    one = told(held, "we")
    assert (one.status, one.items) == (Status.COVERED, ("L1",))
    assert "kestrel" not in one.why
    assert "same last day" in one.differences[0] or "same days" in one.differences[0]
    assert one.times == ()


def test_a_statement_under_a_condition_is_covered_and_the_condition_told(held: Coverage) -> None:
    one = told(held, "if")
    assert one.status is Status.COVERED
    assert any("body speaks of it under a condition" in line for line in one.differences)


def test_an_item_under_a_condition_covers_in_part() -> None:
    text = written("if the price of copper holds, full output of the Kestrel furnace")
    one = told(hold(text), "we")
    assert one.status is Status.PARTIAL
    assert any("list speaks of it under a condition" in line for line in one.differences)


def test_days_that_do_not_meet_cover_in_part(held: Coverage) -> None:
    """The partner's program is told by the section that speaks of the partner."""
    one = told(held, "plans")
    assert (one.status, one.items) == (Status.PARTIAL, ("L3",))
    assert one.times
    assert one.times[0].endswith("no day in common")


def test_what_no_item_names(held: Coverage) -> None:
    assert [one.id for one in held.uncovered()] == ["survey", "talking", "may"]
    assert told(held, "survey").why == "no item of the list speaks of it"


def test_puffery_stands_apart(held: Coverage) -> None:
    assert [one.id for one in held.apart] == ["the"]
    assert "the" not in {one.id for one in held.uncovered()}


def test_an_item_without_counterpart(held: Coverage) -> None:
    assert [one.item.text for one in held.items if not one.statements] == [
        "the sale of the old mill"
    ]
    assert held.items[3].why == "no counterpart in the body"
    assert held.items[0].statements == ("we",)


def test_the_same_words_of_another_program_do_not_cover() -> None:
    one = told(hold(written("full output of the Merlin furnace by the end of 2020")), "we")
    assert one.status is Status.NOT_COVERED


def test_a_legend_without_a_list_says_so() -> None:
    text = BODY.replace("They include statements regarding: %s.\n", "")
    found = hold(text)
    assert not found.has_list
    assert {one.why for one in found.statements} == {"the legend has no list"}


def test_cautions_of_a_program_and_of_every_release(held: Coverage) -> None:
    assert in_particular("we", held.assumptions) == ("A1",)
    assert in_particular("survey", held.assumptions) == ()
    assert in_general("survey", held.assumptions) == ()
    assert in_particular("plans", held.risks) == ("R2",)
    assert in_general("we", held.risks) == ("R1", "R3")


def test_a_risk_of_the_body_that_no_factor_names(held: Coverage) -> None:
    (risk,) = held.body_risks
    assert risk.text == "Its smelter may be harmed by fire."
    assert risk.factors == ()


def test_events_and_what_stands_in_the_legend_are_no_statements_of_the_body() -> None:
    text = written()
    inside = draft(text, "full output of the Kestrel furnace in the second half of 2020")
    event = Draft("e", DraftKind.EVENT, Span(0, 5), text[:5], "x.y", 1.0, "by hand")
    found = hold(text, [inside, event])
    assert (found.statements, found.apart) == ((), ())


def test_the_remarks_of_it(held: Coverage) -> None:
    legend = read_legend(read_text(written()), names=NAMES)
    found = remarks(legend, held)
    rules = {(one.rule, one.because[0]): one.result for one in found if one.because}
    assert rules["legend.statement_listed", "we"] == "pass"
    assert rules["legend.statement_listed", "survey"] == "needs_review"
    assert rules["legend.times_agree", "plans"] == "fail"
    assert ("legend.times_agree", "we") not in rules
    missing = [one.text for one in found if one.rule == "legend.item_in_body" and not one.because]
    assert missing == ["the sale of the old mill"]
    assert [one.result for one in found if one.rule == "legend.no_update"] == ["needs_review"]


def test_no_legend_is_one_remark() -> None:
    (one,) = remarks(None, None)
    assert (one.rule, one.result, one.span) == ("legend.present", "fail", None)


def test_what_is_beyond_the_bound_is_counted() -> None:
    text = written()
    many = [drafts(text)[0]] * (MOST + 3)
    assert hold(text, many).left_off == 3
