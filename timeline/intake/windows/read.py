"""Reading: every time expression of a text, or the one window of a phrase."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.intake.span import Span
from timeline.intake.windows.bounds import bounds_of
from timeline.intake.windows.days import Calendar
from timeline.intake.windows.moves import former, moved
from timeline.intake.windows.period import Unsure
from timeline.intake.windows.policy import policy as policy_of
from timeline.intake.windows.reading import Reading
from timeline.intake.windows.said import Asked
from timeline.intake.windows.speech import spoken_at
from timeline.intake.windows.spoken import FORMER, Spoken
from timeline.intake.windows.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.intake.windows.policy import Policy

    Placed = tuple[int, Spoken]

NOTHING: Final = "no words about time"


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says of time, read once; from which day and fiscal year it means days."""

    tokens: Tokens
    placed: tuple[Placed, ...]

    def readings(
        self,
        said_on: date,
        fiscal_year_end: tuple[int, int] | None = None,
        policy: Policy | None = None,
    ) -> Iterator[Reading]:
        """Yield what is told as days, in order, as `read_windows` does."""
        reader = _Reader(self.tokens, Asked(said_on, fiscal_year_end), policy or policy_of())
        return (reader.reading(i, spoken) for i, spoken in self.placed)


def told_in(text: str) -> Told:
    """Return what `text` says of time; never raises, in time linear in the text."""
    tokens = tokens_of(text)
    return Told(tokens, tuple(_placed(tokens)))


def read_windows(
    text: str,
    *,
    said_on: date,
    fiscal_year_end: tuple[int, int] | None = None,
    policy: Policy | None = None,
) -> list[Reading]:
    """Return every time expression of `text` in order, none overlapping another.

    `said_on` is the day of publication, which relative and year-less words are read from;
    `fiscal_year_end` the (month, day) with which the issuer's fiscal year ends. An expression that
    names no days has a window of None and the reason. Never raises, in time linear in the text.
    """
    told = told_in(text).readings(said_on, fiscal_year_end, policy)
    return list(told)


def read_phrase(
    phrase: str,
    *,
    said_on: date,
    fiscal_year_end: tuple[int, int] | None = None,
    policy: Policy | None = None,
) -> Reading:
    """Return the one window of a phrase; its span is that of the words that decided.

    Where two windows disagree, or none is named, the window is None and `reason` says why.
    """
    told = told_in(phrase)
    if not told.placed and (alone := spoken_at(told.tokens, 0, whole=True)):
        told = replace(told, placed=((0, alone),))
    return _one(phrase, list(told.readings(said_on, fiscal_year_end, policy)))


def _one(phrase: str, readings: list[Reading]) -> Reading:
    whole = Reading(Span(0, len(phrase)), phrase, None, False, NOTHING)
    told = [reading for reading in readings if reading.window is not None]
    if not told:
        return readings[0] if readings else whole
    days = {(r.window.earliest, r.window.latest) for r in told if r.window}
    if len(days) == 1:
        return told[0]
    words = "; ".join(reading.words for reading in told)
    return replace(whole, reason=f"it names several windows: {words}")


def _placed(tokens: Tokens) -> Iterator[Placed]:
    """Yield what is spoken of time with the token it begins at."""
    i = 0
    while i < len(tokens):
        spoken = spoken_at(tokens, i)
        if spoken is None:
            i += 1
            continue
        yield from _split(tokens, i, spoken)
        i = max(spoken.end, i + 1)


def _split(tokens: Tokens, i: int, spoken: Spoken) -> Iterator[Placed]:
    if split := moved(tokens, i, spoken):
        old, new, at = split
        yield i, old
        yield at, new
    elif former(tokens, i):
        yield i, Spoken(spoken.end, reason=FORMER)
    else:
        yield i, spoken


class _Reader:
    """Turns what is spoken into readings, in the order it stands in the text."""

    def __init__(self, tokens: Tokens, asked: Asked, policy: Policy) -> None:
        self._tokens = tokens
        self._asked = asked
        self._policy = policy

    def reading(self, i: int, spoken: Spoken) -> Reading:
        span = Span(self._tokens.starts[i], self._tokens.ends[spoken.end - 1])
        words = span.of(self._tokens.text)
        if spoken.reason is not None:
            return Reading(span, words, None, False, spoken.reason)
        try:
            return self._read(span, words, spoken)
        except Unsure as unsure:
            return Reading(span, words, None, False, str(unsure))
        except (ValueError, OverflowError):
            return Reading(span, words, None, False, "there is no such day")

    def _read(self, span: Span, words: str, spoken: Spoken) -> Reading:
        bounds = bounds_of(Calendar(self._asked, self._policy), spoken)
        window = bounds.window(words, self._policy.name)
        if window.earliest and window.latest and spoken.said is not None:
            self._asked = replace(self._asked, spoken_of=(window.earliest, window.latest))
        strict = bounds.strict.isoformat() if bounds.strict else None
        return Reading(span, words, window, bounds.vague, None, strict)
