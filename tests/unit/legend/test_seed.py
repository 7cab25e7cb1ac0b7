"""The release of 8 July 2008: every part at its place, and coverage as it was labelled."""

from __future__ import annotations

from functools import cache

import pytest

from tests.unit.legend import seed
from timeline.intake import Span
from timeline.intake.documents import Document, read_text
from timeline.intake.legend import (
    Coverage,
    Ground,
    Legend,
    Status,
    coverage,
    in_particular,
    read_legend,
    remarks,
)
from timeline.intake.legend.coverage import APART
from timeline.intake.reading import read_drafts
from timeline.packs import all_vocabulary

pytestmark = seed.there

PARTS = {
    "items": "safe_harbor_list",
    "assumptions": "assumptions",
    "risks": "risk_factors",
    "identifications": "identification_clauses",
}


@cache
def document() -> Document:
    return read_text(seed.release())


@cache
def legend() -> Legend:
    found = read_legend(document(), names=seed.names())
    assert found is not None
    return found


@cache
def ground() -> Ground:
    return Ground(
        document(),
        names=seed.names(),
        vocabulary=all_vocabulary(),
        published_on=seed.PUBLISHED_ON,
        fiscal_year_end=seed.FISCAL_YEAR_END,
    )


@cache
def held() -> Coverage:
    return coverage(seed.drafts(), legend(), ground())


@pytest.mark.parametrize(("part", "name"), PARTS.items())
def test_spans_are_the_labels(part: str, name: str) -> None:
    assert [one.span for one in getattr(legend(), part)] == seed.spans(name)


def test_single_clauses_are_the_labels() -> None:
    told = seed.labels()
    clause = told["no_update_clause"]
    assert [one.span for one in legend().no_update] == [Span(clause["start"], clause["end"])]
    place = next(s for s in told["sections"] if s["id"] == "fls.exchange_disclaimer")
    (exchange,) = legend().exchange
    assert Span(place["start"], place["end"]).holds(exchange.span)


def test_cue_words_statutes_and_papers_lie_in_their_sections() -> None:
    places = {s["id"]: Span(s["start"], s["end"]) for s in seed.labels()["sections"]}
    assert len(legend().cues) == 16
    assert all(places["fls.intro"].holds(one.span) for one in legend().cues)
    assert len(legend().statutes) == 2
    assert all(places["fls.intro"].holds(one.span) for one in legend().statutes)
    assert len(legend().references) == 3
    assert all(places["fls.risks"].holds(one.span) for one in legend().references)


def test_every_statement_is_covered_as_labelled() -> None:
    wanted = {
        s["id"]: s["in_safe_harbor_list"] for s in seed.labels()["forward_looking_statements"]
    }
    found = {one.id: one.status.value for one in (*held().statements, *held().apart)}
    assert found == wanted


def test_every_statement_is_covered_by_the_labelled_items() -> None:
    wanted = {s["id"]: s["list_items"] for s in seed.labels()["forward_looking_statements"]}
    found = {one.id: list(one.items) for one in (*held().statements, *held().apart)}
    assert found == wanted


def test_the_uncovered_ones_that_say_something() -> None:
    wanted = seed.labels()["coverage"]["not_covered_substantive"]
    assert sorted(one.id for one in held().uncovered()) == sorted(wanted)
    assert {one.kind for one in held().apart} <= APART


def test_every_item_has_its_statements() -> None:
    assert [one.item.id for one in held().items if not one.statements] == []


def test_wordings_that_differ_are_told() -> None:
    told = seed.labels()["coverage"]["wording_or_scope_differences"]
    found = {
        (item, one.id)
        for one in (*held().statements, *held().apart)
        for line in one.differences
        for item in one.items
        if line.startswith(f"{item}:")
    }
    for difference in told:
        bodies = difference["body"].split(",")
        if difference["list"] not in OUT_OF_REACH:
            assert any((difference["list"], body) in found for body in bodies), difference


# The list repeats these in the same words; that the body makes an opinion of one and calls the
# other by a word that is worn ("program") is not told by words.
OUT_OF_REACH = {"L1", "L7"}


def test_statements_without_an_assumption_of_their_own() -> None:
    told = seed.labels()["coverage"]["assumption_gaps"]
    wanted = {one for gap in told for one in gap["fls"].split(",")}
    found = {s.id for s in held().statements if not in_particular(s.id, held().assumptions)}
    assert wanted <= found
    backed = {"F06", "F12", "F19", "F26"}  # labelled as supported by A2, A5, A6 and A8
    assert not backed & found


def test_assumptions_and_risks_are_generic_as_labelled() -> None:
    told = seed.labels()
    for name, reaches in (("assumptions", held().assumptions), ("risk_factors", held().risks)):
        assert [r.generic for r in reaches] == [one["generic"] for one in told[name]]


def test_catch_alls_speak_to_every_statement() -> None:
    assert [r.caution.id for r in held().risks if r.is_everywhere] == ["R2", "R7"]


def test_the_risks_of_the_body_that_no_factor_speaks_of() -> None:
    """The requisition with its harm, and the cost of it: at most a chance word in common."""
    places = {s["id"]: Span(s["start"], s["end"]) for s in seed.labels()["sections"]}
    loose = [risk for risk in held().body_risks if risk.loosely]
    assert len(loose) == 2
    assert all(places["requisition"].holds(risk.span) for risk in loose)


def test_the_milestones_no_factor_speaks_of() -> None:
    """The review of the application is the labelled gap; the trial's results are spoken of."""
    found = {one.milestone: set(one.statements) for one in held().unspoken}
    assert found["reg.nda_submitted"] == {"F06", "F12"}
    assert "clin.ph3_topline" not in found


def test_remarks_rest_on_drafts_and_parts() -> None:
    told = remarks(legend(), held())
    known = {part.id for part in legend().parts()} | {draft.id for draft in seed.drafts()}
    assert {name for one in told for name in one.because} <= known
    assert {one.result for one in told} <= {"pass", "fail", "needs_review"}
    unlisted = [one for one in told if one.rule == "legend.statement_listed"]
    assert sum(one.result == "needs_review" for one in unlisted) == 15


def test_the_drafts_of_a_reading_are_held_as_the_labels_are() -> None:
    """Spans differ somewhat: a label is held against the drafts that overlap it."""
    found = read_drafts(
        document(),
        published_on=seed.PUBLISHED_ON,
        names=seed.names(),
        vocabulary=all_vocabulary(),
        fiscal_year_end=seed.FISCAL_YEAR_END,
    )
    read = coverage(found, legend(), ground())
    for told in seed.labels()["forward_looking_statements"]:
        if told["kind"] in APART:
            continue
        place = Span(told["start"], told["end"])
        states = {one.status for one in read.statements if one.span.overlaps(place)}
        if told["in_safe_harbor_list"] == "covered":
            assert not states or states != {Status.NOT_COVERED}, told["id"]
        if told["in_safe_harbor_list"] == "not_covered":
            assert Status.NOT_COVERED in states or not states, told["id"]
    assert [one.item.id for one in read.items if not one.statements] == []
