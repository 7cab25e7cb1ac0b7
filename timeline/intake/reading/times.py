"""Times: which of the times of a clause a statement or an event is about."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.bitemporal import Window
from timeline.intake.span import Span
from timeline.intake.windows import Reading, read_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Forward
    from timeline.intake.reading.spoken import Said

_YEAR = re.compile(
    r"\d{4}|\bnext\b|\bthis\b|\bcoming\b|['\u2019]\d\d"
    r"|(?:Q[1-4]|FY)\s?\d{2}$",
    re.IGNORECASE,
)
# Days before publication from which a weekday, or a day or month without a year, names the last
# one: a week, half a year where the policy will not say which of two is meant, a year.
_BACK = (7, 130, 250, 365)
# Days after publication from which the next one is named, where a verb looks ahead.
_ON = (31, 63, 93)
_OR_LATER = "may be meant, or that of a year later"
# How a time is tied to what it dates; "second quarter results" names a quarter and dates nothing.
_TIED = re.compile(
    r"(?:in|by|before|during|on|at|within|until|through|for|from|late|early|mid|end|to|no|around"
    r"|about|after|over|this|next|later|towards?|into|between)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:year|quarter|trimester|semester|half|month|week|period|term)s?\s{1,3}(?:ended|ending|ends|to)\b"
    r"|\b(?:compared|versus|same|lasts|earlier)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|ago)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:ended|since|ago|lasts|takes?|requires?|as of|as at)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:compared|versus|instead|rather than|up from|down from)\b", re.IGNORECASE
)
_YEAR_END = re.compile(r"year end(?:ed|ing)", re.IGNORECASE)
_BEFORE = 12
_FAR_BEFORE = 45


def time_to_come(context: Context, said: Said, spoken: Found[Forward] | None) -> Reading | None:
    """Return the time of a statement: one that is not over, the first behind its verb if any.

    One that is tied to what it dates goes before one that stands before a noun.
    """
    readings = (_next(context, r) if spoken is not None else r for r in said.readings)
    coming = [r for r in readings if _is_coming(context, r, spoken)]
    behind = [r for r in coming if spoken is not None and r.span.start >= spoken.span.start]
    tied = [r for r in (behind or coming) if _TIED.match(r.words)]
    return next(iter(tied or behind or coming), None) or _today(context, said, spoken)


def _today(context: Context, said: Said, spoken: Found[Forward] | None) -> Reading | None:
    """Return the day of publication where a verb that looks ahead says "today"."""
    if spoken is None:
        return None
    after = Span(spoken.span.end, max(spoken.span.end, said.span.end))
    found = context.lexicon.grammar["today"].finds(said.text, after)
    window = Window.day(context.published_on)
    return (
        Reading(found[0].span, found[0].span.of(context.view.text), window, vague=False)
        if found
        else None
    )


def _is_coming(context: Context, reading: Reading, spoken: Found[Forward] | None) -> bool:
    """Whether it is not over; this very day only where a verb before it looks ahead."""
    window = reading.window
    if window is None or _is_over(context, reading):
        return False
    if window.earliest == window.latest == context.published_on:
        return spoken is not None and spoken.span.start < reading.span.start
    return window.latest is None or window.latest >= context.published_on


def time_over(said: Said, told: Span) -> Reading | None:
    """Return the time of an event: the first behind the verb that tells of it, else the first."""
    behind = (reading for reading in said.over if reading.span.start >= told.start)
    return next(behind, said.over[0] if said.over else None)


def times_over(context: Context, readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield those of `readings` that are over, as the days they then name."""
    for reading in readings:
        over = None if _is_a_period(context, reading) else _in_the_past(context, reading)
        if over is not None:
            yield over


def _in_the_past(context: Context, reading: Reading) -> Reading | None:
    """Return a reading that is not to come; a day told without its year is the last such day."""
    if _is_told_over(context, reading):
        return reading
    if _YEAR.search(reading.words):
        return None
    for days in _BACK:
        window = _said_before(context, reading.words, days)
        if window is not None:
            return replace(reading, window=window, reason=None)
    return None


def _next(context: Context, reading: Reading) -> Reading:
    """Return a reading that may be of the year before as that to come: its verb looks ahead."""
    if reading.window is not None or not str(reading.reason).endswith(_OR_LATER):
        return reading
    for days in _ON:
        window = _said_away(context, reading.words, days)
        if window is not None:
            return replace(reading, window=window, reason=None)
    return reading


def _is_told_over(context: Context, reading: Reading) -> bool:
    window = reading.window
    if window is None:
        return False
    if window.latest is None or window.latest <= context.published_on:
        return window.earliest is None or window.earliest <= context.published_on
    # A year or a quarter that is not over yet; a length of time from that day on is to come.
    return window.earliest is not None and window.earliest < context.published_on


def _said_before(context: Context, words: str, days: int) -> Window | None:
    """Return the window that words had so many days before, if it is over and of a calendar.

    "Within six weeks" moves with the day it is said on and so names no day of the past.
    """
    window = _said_away(context, words, -days)
    if window is None or window.latest is None or window.latest > context.published_on:
        return None
    return window


def _said_away(context: Context, words: str, days: int) -> Window | None:
    """Return the window of words said so many days away, if it is the same a day later."""
    day = context.published_on.toordinal() + days
    if not date.min.toordinal() <= day < date.max.toordinal():
        return None
    first, other = (_first_window(words, date.fromordinal(day + more)) for more in (0, 1))
    return first if first is not None and other is not None and _is_one(first, other) else None


def _is_one(first: Window, other: Window) -> bool:
    return first.latest is not None and first.latest == other.latest


@lru_cache(maxsize=2_048)
def _first_window(words: str, said_on: date) -> Window | None:
    readings = read_windows(words, said_on=said_on)
    return readings[0].window if readings else None


def _is_a_period(context: Context, reading: Reading) -> bool:
    """Whether it tells how long or until when something was measured: "the year ended ..."."""
    far, near = (_around(context, reading, before) for before in (_FAR_BEFORE, _BEFORE))
    return bool(_ENDED.search(far) or _SINCE.search(near))


def _is_over(context: Context, reading: Reading) -> bool:
    far, near = (_around(context, reading, before) for before in (_FAR_BEFORE, _BEFORE))
    return bool(_COMPARED.search(far) or _OVER.search(near))


def _around(context: Context, reading: Reading, before: int) -> str:
    span = reading.span
    return context.view.text[max(0, span.start - before) : span.end + len(" ago")]


def fiscal_year_end(text: str, readings: Iterable[Reading]) -> tuple[int, int] | None:
    """Return the month and day a text says the fiscal year ends on, by its first such words."""
    if _YEAR_END.search(text) is None:
        return None
    for reading in readings:
        before = text[max(0, reading.span.start - 30) : reading.span.end].lower()
        at = max(before.rfind("year ended"), before.rfind("year ending"))
        if at >= 0 and reading.window is not None and reading.window.latest is not None:
            latest = reading.window.latest
            return latest.month, latest.day
    return None
