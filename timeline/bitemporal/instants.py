"""Instants in UTC at microseconds, and how calendar days stand as instants.

A day D as a bound is D 00:00Z. As `as_of` or `known_at` it means through the end of D, whose last
instant is D 23:59:59.999999Z. All texts are strict ISO 8601; nothing is guessed or truncated.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from timeline.errors import InvalidDate

if TYPE_CHECKING:
    from timeline.bitemporal.window import Window

# [0-9] and not \d, which also takes the digits of other scripts.
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR: Final = r"(?:[01][0-9]|2[0-3])"
_INSTANT: Final = re.compile(
    rf"{_DAY.pattern}T{_HOUR}:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,6}})?"
    rf"(?:Z|(?!-00:00)[+-]{_HOUR}:[0-5][0-9])"
)
_LAST_MICROSECOND: Final = time(23, 59, 59, 999999, tzinfo=UTC)
_MIDNIGHT: Final = time(tzinfo=UTC)
_A_DAY: Final = "a day such as 2008-07-08"
_AN_INSTANT: Final = "an instant such as 2008-07-08T13:00:00Z or 2008-07-08T09:00:00.000001-04:00"


@lru_cache(maxsize=1 << 14)  # a pure function of the text
def parse_instant(text: str) -> datetime:
    """Read a strict ISO 8601 date-time with `Z` or an offset as an instant in UTC.

    Seconds are required, with at most six decimals. No offset, 24:00, a leap second, finer
    fractions and what falls outside the years 1 to 9999 in UTC raise InvalidDate.
    """
    if not _INSTANT.fullmatch(text):
        raise _refused(text, _AN_INSTANT)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _refused(text, _AN_INSTANT) from None


def parse_day(text: str) -> date:
    """Read `YYYY-MM-DD` as a calendar day; anything else raises InvalidDate."""
    if not _DAY.fullmatch(text):
        raise _refused(text, _A_DAY)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _refused(text, _A_DAY) from None


def parse_clock(text: str, name: str) -> datetime:
    """Read a query clock called `name`: a day, meaning through its end, or an instant, inclusive.

    The InvalidDate for anything else is said of `name`.
    """
    try:
        return end_of(parse_day(text)) if _DAY.fullmatch(text) else parse_instant(text)
    except InvalidDate:
        raise _refused(text, f"{_A_DAY} or {_AN_INSTANT}", place=name) from None


def format_instant(at: datetime) -> str:
    """Write an instant in UTC with `Z`, and decimals only where there are microseconds.

    `parse_instant` reads it back unchanged. A datetime without an offset raises InvalidDate.
    """
    return _in_utc(at).isoformat().removesuffix("+00:00") + "Z"


@lru_cache(maxsize=1 << 14)
def start_of(day: date) -> datetime:
    """Return D 00:00Z, how a calendar day stands as a bound of a half-open period."""
    return datetime.combine(day, _MIDNIGHT)


def end_of(day: date) -> datetime:
    """Return the last microsecond of D in UTC, how a day reads as `as_of` or `known_at`."""
    return datetime.combine(day, _LAST_MICROSECOND)


def counts_from(when: Window | datetime) -> datetime:
    """Return the instant from which what is dated `when` counts as happened or published.

    An instant is itself, in UTC; a window counts from 00:00Z of its last day. A window without
    a last day never counts and raises InvalidDate.
    """
    if isinstance(when, datetime):
        return _in_utc(when)
    if when.latest is None:
        raise InvalidDate(f"{when.edtf!r} has no last day to count from; give it a latest day")
    return start_of(when.latest)


def _in_utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise InvalidDate(f"{at.isoformat()} has no offset; say which instant it is, in UTC")
    return at.astimezone(UTC)


def _refused(text: str, wanted: str, place: str | None = None) -> InvalidDate:
    return InvalidDate(f"{text[:60]!r} cannot be read; write {wanted}", place=place)
