"""Conditions: the words of a clause that say what a statement hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.reading.view import within
from timeline.intake.reading.wordings import MASKS
from timeline.intake.span import Span

if TYPE_CHECKING:
    from timeline.intake.reading.lexicon import Lexicon
    from timeline.intake.reading.view import View

_LONGEST = 200
_FEWEST = 2
_NEAR = 8


def condition_in(view: View, clause: Span, lexicon: Lexicon) -> Span | None:
    """Return the span of the first condition of a clause, to the next comma or the clause's end.

    A time is no condition: "following 30 June", "after year-end".
    """
    for found in lexicon.grammar["condition"].finds(view.outer, clause):
        span = Span(found.span.start, _end(view.outer, found.span.end, clause.end))
        if len(span.of(view.outer).split()) > _FEWEST and not _is_time(view, found.span.end):
            return span
    return None


def _end(text: str, at: int, end: int) -> int:
    comma = text.find(",", at, min(end, at + _LONGEST))
    return len(text[:comma].rstrip()) if comma > 0 else len(text[:end].rstrip(" .;"))


def _is_time(view: View, at: int) -> bool:
    """Whether a time begins there, one that is not itself tied to what is yet to happen."""
    ahead = view.outer[at : at + _NEAR]
    if ahead.lstrip()[:1] != MASKS["when"]:
        return False
    readings = within(view.readings, Span(at, at + _NEAR))
    return not readings or readings[0].window is not None
