"""Moves: dates that take the place of others, as in "delayed from Q4 2008 to Q1 2009"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.intake.windows.english import english
from timeline.intake.windows.said import Stretch
from timeline.intake.windows.spoken import FORMER, Spoken
from timeline.intake.windows.terms import term_at

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens


def shifted(tokens: Tokens, i: int) -> bool:
    """Whether a word like "delayed" stands a few words before `i`."""
    moves = english().sets["shift_words"]
    return any(tokens.at(i - n) in moves for n in range(1, 7))


def moved(tokens: Tokens, i: int, made: Spoken) -> tuple[Spoken, Spoken, int] | None:
    """Split "from Q4 2008 to Q1 2009" behind "delayed" into the old date and the new."""
    if tokens.at(i) != "from" or not isinstance(made.said, Stretch) or not shifted(tokens, i):
        return None
    first = term_at(tokens, i + 1)
    if first is None:
        return None
    old = Spoken(first.end, reason=FORMER)
    new = replace(made, said=made.said.last)
    return old, new, first.end


def former(tokens: Tokens, i: int) -> bool:
    """Whether "previously", "instead of" or the like stands right before `i`."""
    phrases = english().phrases["former"]
    return any(
        found is not None and found[1] == i
        for n in range(1, 5)
        if (found := phrases.at(tokens, i - n)) is not None
    )
