"""Spoken: words about time as a whole, with how the words before them bind."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.intake.windows.said import Amount, Said  # noqa: TC001 - a dataclass of ours is read at run time

EVENT = "tied to an event, which has no date in these words"
LENGTH = "a length of time; from when it runs is not said"
SHIFT = "so much earlier or later than a date given elsewhere"
FORMER = "a date given before, which another takes the place of"
FREQUENCY = "how often, not when"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What tokens up to `end` say: a term or an amount, bound by `how`; or the `reason` for none.

    `how` is one of in, by, before, from, after, since (of terms), ahead, span, aim, least (of
    amounts, counted from the statement), soon, open, recently.
    """

    end: int
    how: str = "none"
    said: Said | None = None
    amount: Amount | None = None
    about: bool = False
    reason: str | None = None
    word: str = ""
