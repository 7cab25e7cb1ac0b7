"""Ties: words that hang on an event, which has no date in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.spoken import EVENT, Spoken
from timeline.intake.windows.terms import term_at

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_CLAUSE: Final = 10


def tie(tokens: Tokens, i: int) -> Spoken | None:
    """Take "of commencement", "after the approval" with what it is tied to."""
    tied = english().phrases["tied"].at(tokens, i)
    if tied is None or term_at(tokens, tied[1]) is not None:
        return None
    return Spoken(_clause_end(tokens, tied[1]), reason=EVENT)


def event_at(tokens: Tokens, j: int, literal: str) -> Spoken | None:
    """Take "after approval of the product": an event that the words do not date."""
    end = _clause_end(tokens, j)
    if end == j or literal == "past":
        return None
    return Spoken(end, reason=EVENT)


def _clause_end(tokens: Tokens, j: int) -> int:
    ends = english().sets["clause_ends"]
    for k in range(j, min(j + _CLAUSE, len(tokens))):
        if tokens.at(k) in ends or (
            k > j and tokens.at(k) in ("in", "by", "on", "during", "within")
        ):
            return k
    return min(j + _CLAUSE, len(tokens))
