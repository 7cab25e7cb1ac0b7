"""Remarks: a coverage as one line for each thing looked at, in the shape that rules are told in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.cautions import in_general, in_particular
from timeline.intake.legend.coverage import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.intake.legend.cautions import Reach
    from timeline.intake.legend.coverage import Coverage, Covered
    from timeline.intake.legend.part import Legend, Part
    from timeline.intake.span import Span

PASS, FAIL, REVIEW = "pass", "fail", "needs_review"


@dataclass(frozen=True, slots=True)
class Remark:
    """What one look at a document and its legend came to.

    `result` is pass, fail or needs_review; `span`, in code points of the document's text, and
    `text` are what was looked at, None where something is missing; `because` names the parts of
    the legend and the drafts it rests on.
    """

    rule: str
    result: str
    span: Span | None
    text: str | None
    why: str
    because: tuple[str, ...] = ()


def remarks(legend: Legend | None, held: Coverage | None) -> list[Remark]:
    """Return the remarks on a document: on the legend's parts, then both ways, then on cautions."""
    if legend is None or held is None:
        return [Remark("legend.present", FAIL, None, None, "the document has no legend")]
    return [*_parts(legend), *_list(held), *_statements(held), *_items(held), *_cautions(held)]


def _parts(legend: Legend) -> Iterator[Remark]:
    yield _found("legend.identification", legend.identifications, "no clause identifies them")
    yield _found("legend.no_update", legend.no_update, "no clause speaks of updates")


def _found(rule: str, parts: Sequence[Part], missing: str) -> Remark:
    if not parts:
        return Remark(rule, REVIEW, None, None, missing)
    first = parts[0]
    return Remark(rule, PASS, first.span, first.text, "it is there", tuple(p.id for p in parts))


def _list(held: Coverage) -> Iterator[Remark]:
    if not held.has_list:
        yield Remark("legend.list", FAIL, None, None, "the legend has no list")
    if held.left_off:
        why = f"{held.left_off} statements or items are beyond what is compared"
        yield Remark("legend.list", REVIEW, None, None, why)


def _statements(held: Coverage) -> Iterator[Remark]:
    for one in held.statements:
        result = PASS if one.status is Status.COVERED else REVIEW
        yield _remark("legend.statement_listed", result, one, one.why, one.items)
        yield from _times(one)


def _times(one: Covered) -> Iterator[Remark]:
    """Yield where list and body name times that are not the same days."""
    for told in one.times:
        result = FAIL if told.endswith("no day in common") else REVIEW
        yield _remark("legend.times_agree", result, one, told, one.items)


def _items(held: Coverage) -> Iterator[Remark]:
    for one in held.items:
        result = PASS if one.statements else REVIEW
        why = one.why or "the body says it"
        yield Remark(
            "legend.item_in_body", result, one.item.span, one.item.text, why, one.statements
        )


def _cautions(held: Coverage) -> Iterator[Remark]:
    for one in held.statements:
        yield _spoken("legend.risk_in_particular", one, held.risks)
        yield _spoken("legend.assumption_in_particular", one, held.assumptions)
    for risk in held.body_risks:
        result = PASS if risk.factors and not risk.loosely else REVIEW
        yield Remark("legend.body_risk_named", result, risk.span, risk.text, risk.why, risk.factors)
    for gap in held.unspoken:
        why = f"{gap.label}: {gap.why}"
        yield Remark("legend.milestone_has_risk", REVIEW, None, None, why, gap.statements)


def _spoken(rule: str, one: Covered, reaches: Iterable[Reach]) -> Remark:
    """Tell whether a caution that is not generic speaks to a statement."""
    told = tuple(reaches)
    ours = in_particular(one.id, told)
    if ours:
        return _remark(rule, PASS, one, f"{', '.join(ours)} speak to it", ours)
    others = in_general(one.id, told)
    why = f"generic ones alone: {', '.join(others)}" if others else "none speaks to it"
    return _remark(rule, REVIEW, one, why, others)


def _remark(rule: str, result: str, one: Covered, why: str, because: tuple[str, ...]) -> Remark:
    return Remark(rule, result, one.span, one.text, why, (one.id, *because))
