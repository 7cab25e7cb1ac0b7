"""A legend and its coverage told as plain values, for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.intake.legend.cautions import Reach
    from timeline.intake.legend.coverage import Coverage, Covered
    from timeline.intake.legend.part import Legend, Part
    from timeline.intake.legend.remarks import Remark
    from timeline.intake.span import Span

    Row = dict[str, Any]


def told_legend(legend: Legend | None) -> Row | None:
    """Return where a legend stands, and its parts kind by kind."""
    if legend is None:
        return None
    general = {part.id for part in legend.general}
    parts = [_part(part) | {"general": part.id in general} for part in legend.parts()]
    return {"spans": [_span(span) for span in legend.spans], "parts": parts}


def told_coverage(held: Coverage | None) -> Row | None:
    """Return both ways of a coverage, then what the cautions speak to."""
    if held is None:
        return None
    return {
        "has_list": held.has_list,
        "statements": [_covered(one) for one in held.statements],
        "apart": [_covered(one) for one in held.apart],
        "items": [
            _part(one.item) | {"statements": list(one.statements), "why": one.why}
            for one in held.items
        ],
        "risks": _reaches(held.risks),
        "assumptions": _reaches(held.assumptions),
        "body_risks": [
            _at(one.span, one.text)
            | {"factors": list(one.factors), "loosely": one.loosely, "why": one.why}
            for one in held.body_risks
        ],
        "unspoken": [
            {
                "milestone": one.milestone,
                "label": one.label,
                "statements": list(one.statements),
                "why": one.why,
            }
            for one in held.unspoken
        ],
        "left_off": held.left_off,
    }


def told_remarks(remarks: Iterable[Remark]) -> list[Row]:
    """Return remarks as rows."""
    return [
        {
            "rule": one.rule,
            "result": one.result,
            "span": None if one.span is None else _span(one.span),
            "text": one.text,
            "why": one.why,
            "because": list(one.because),
        }
        for one in remarks
    ]


def _reaches(reaches: Iterable[Reach]) -> list[Row]:
    return [
        _part(one.caution)
        | {
            "generic": one.generic,
            "statements": [{"id": name, "why": why} for name, why in one.statements],
        }
        for one in reaches
    ]


def _covered(one: Covered) -> Row:
    return {
        "id": one.id,
        "kind": one.kind,
        **_at(one.span, one.text),
        "status": one.status.value,
        "items": list(one.items),
        "why": one.why,
        "differences": list(one.differences),
    }


def _part(part: Part) -> Row:
    return {"id": part.id, "kind": part.kind.value, **_at(part.span, part.text)}


def _at(span: Span, text: str) -> Row:
    return {"span": _span(span), "text": text}


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}
