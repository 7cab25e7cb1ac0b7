"""The dateline: where a release says on which day it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.draft import Draft, DraftKind
from timeline.intake.reading.clauses import trimmed
from timeline.intake.reading.drafting import draft_id, draft_window, why
from timeline.intake.span import Span

if TYPE_CHECKING:
    from timeline.intake.reading.context import Context

TYPE = "disclosure.document_published"
_LONGEST = 120  # code points of a dateline before the day
_WITHIN = 6_000  # it stands at the head of a document
_CONFIDENCE = 0.9


def dateline_in(context: Context) -> Draft | None:
    """Return the event of publication: the first words for that very day, with their place."""
    text = context.document.text
    for reading in context.view.readings:
        if reading.span.start > _WITHIN:
            return None
        window = reading.window
        day = context.published_on
        if (
            window is not None
            and window.earliest == window.latest == day
            and _is_a_day(reading.words)
        ):
            start = max(text.rfind("\n", 0, reading.span.start) + 1, reading.span.start - _LONGEST)
            span = trimmed(text, Span(start, reading.span.end))
            return Draft(
                id=draft_id(context.document.digest, DraftKind.EVENT, TYPE, span),
                kind=DraftKind.EVENT,
                span=span,
                text=span.of(text),
                type=TYPE,
                confidence=_CONFIDENCE,
                why=why(text, [reading.span]),
                window=draft_window(reading),
                speaker=context.issuer(),
            )
    return None


def _is_a_day(words: str) -> bool:
    return any(c.isdigit() for c in words)
