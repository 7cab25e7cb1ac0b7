"""Traps: whether a reading took words for a time, a date, a statement or an event that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.intake.pairing import shared
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.intake.readings import Found

# A draft of a clause may take its time from elsewhere in the sentence.
NEARBY = 200


def is_taken(trap: Span, drafts: Iterable[Found], strays: Iterable[Found], text: str) -> bool:
    """Whether a draft has its window from the trap, or one without a label lies in it by half."""
    return any(_reads_time(draft, trap, text) for draft in drafts) or any(
        2 * shared(draft.span, trap) >= len(draft.span) for draft in strays
    )


def _reads_time(draft: Found, trap: Span, text: str) -> bool:
    places = _places(draft, text)
    return bool(places) and all(shared(place, trap) for place in places)


def _places(draft: Found, text: str) -> list[Span]:
    """Return where the window's words stand: in the draft, else nearby; several may be meant."""
    if not draft.words:
        return []
    within = _standing(draft.words, draft.span, text)
    around = Span(max(0, draft.span.start - NEARBY), min(len(text), draft.span.end + NEARBY))
    return within or _standing(draft.words, around, text)


def _standing(words: str, within: Span, text: str) -> list[Span]:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return [Span(*match.span()) for match in pattern.finditer(text, within.start, within.end)]
