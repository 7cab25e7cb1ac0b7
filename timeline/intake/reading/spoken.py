"""What a clause says: the ways of speaking, times, conditions and cues found in it, undecided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.reading.clauses import Link
from timeline.intake.reading.conditions import condition_in
from timeline.intake.reading.milestones import milestone_in
from timeline.intake.reading.times import times_over
from timeline.intake.reading.view import within
from timeline.intake.reading.wordings import MASKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.intake.reading.clauses import Clause
    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Forward, Spoken
    from timeline.intake.span import Span
    from timeline.intake.windows import Reading


@dataclass(frozen=True, slots=True)
class Said:
    """What was found in one clause of a sentence.

    `forward` are the ways in which it speaks of the future, in order; `text` is what its words
    were looked for in; `over` are those of its times that are over.
    """

    clause: Clause
    sentence: Span
    text: str
    forward: tuple[Found[Forward], ...]
    readings: tuple[Reading, ...]
    over: tuple[Reading, ...]
    milestone: Found[Spoken] | None
    condition: Span | None
    near: Mapping[str, str]
    is_row: bool
    has_verb: bool
    has_figures: bool
    lead_time: Reading | None = None

    @property
    def span(self) -> Span:
        """Where the clause stands."""
        return self.clause.span


def said_in(context: Context, clause: Clause, sentence: Span) -> Said:
    """Return what a clause says."""
    view = context.view
    text = view.masked if clause.link is Link.ASIDE else view.outer
    span = clause.span
    condition = condition_in(view, span, context.lexicon)
    near = context.facts_near(span, sentence)
    forward = _forward(context, text, span)
    readings = tuple(within(view.readings, span))
    return Said(
        clause=clause,
        sentence=sentence,
        text=text,
        forward=forward,
        readings=readings,
        over=tuple(times_over(context, readings)),
        milestone=milestone_in(context, span, near, condition, (one.span for one in forward)),
        condition=condition,
        near=near,
        is_row=context.grammar.is_row(view, sentence),
        has_verb=context.grammar.has_verb(text, span),
        has_figures=any(c.isdigit() or c == MASKS["money"] for c in span.of(text)),
    )


def _forward(context: Context, text: str, span: Span) -> tuple[Found[Forward], ...]:
    found = context.lexicon.forward.finds(text, span)
    return tuple(one for one in found if not one.key.unless.finds(text, span))
