"""EDTF (ISO 8601-2) texts read as windows, strictly; and windows written as EDTF.

Read are years, months and days, the sub-year groupings below, unspecified digits on the right
(`200X`, `20XX`, `2008-XX`, `2008-05-XX`, `2008-XX-XX`), a trailing qualifier `?`, `~` or `%`, and
intervals of two such dates with `..` or nothing for an end that is open. Years are 0001 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final

from timeline.bitemporal.window import Window
from timeline.errors import InvalidDate

_Days = tuple[date, date]
_Ends = tuple[date | None, date | None]

# code -> (first month, number of months). Seasons are northern and meteorological, and a winter
# runs from December into February of the next year.
_GROUPINGS: Final = {
    21: (3, 3),
    22: (6, 3),
    23: (9, 3),
    24: (12, 3),
    33: (1, 3),
    34: (4, 3),
    35: (7, 3),
    36: (10, 3),
    40: (1, 6),
    41: (7, 6),
}
_MONTHS: Final = 12
_OPEN_ENDS: Final = ("", "..")
_QUALIFIERS: Final = ("?", "~", "%")

# [0-9] and not \d, which also takes the digits of other scripts.
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})(?:-XX)?")
_YEAR: Final = re.compile(r"([0-9]{4})(?:-XX){0,2}")
_YEARS: Final = re.compile(r"([0-9]{2})([0-9]X|XX)")


@lru_cache(maxsize=1 << 14)  # a pure function of the text, and records name the same days often
def parse_edtf(text: str) -> Window:
    """Read an EDTF text as the window of days it allows, keeping the text as it was given.

    Qualifiers stay in the text and do not widen the window. Date-times, and anything else that
    is not one of the forms above, raise InvalidDate, which names the text and the way out.
    """
    try:
        earliest, latest = _ends_of(text)
    except (ValueError, OverflowError) as reason:
        raise InvalidDate(
            f"{text[:60]!r} is not a date: {reason}; write YYYY, YYYY-MM, YYYY-MM-DD, a quarter"
            " (YYYY-33 to YYYY-36), a half (YYYY-40, YYYY-41) or an interval such as"
            " 2008-05/2008-07 or 2008-05/.."
        ) from None
    return Window(earliest, latest, text)


def edtf_of(earliest: date | None, latest: date | None) -> str:
    """Write the shortest EDTF text whose window is exactly these days; None is an open side.

    A whole year, half, quarter or month is named as such, anything else as an interval of days.
    Days in the wrong order raise InvalidDate.
    """
    if earliest is None or latest is None:
        return f"{earliest or '..'}/{latest or '..'}"
    interval = f"{earliest}/{latest}"
    Window(earliest, latest, interval)  # refuses days in the wrong order
    if earliest == latest:
        return earliest.isoformat()
    return _name_of_whole(earliest, latest) or interval


def _name_of_whole(earliest: date, latest: date) -> str | None:
    year = f"{earliest.year:04}"
    if (earliest, latest) == _months(earliest.year, 1, _MONTHS):
        return year
    if (earliest, latest) == _months(earliest.year, earliest.month, 1):
        return f"{year}-{earliest.month:02}"
    for code, (first, count) in _GROUPINGS.items():
        quarter_or_half = code >= 33  # noqa: PLR2004 - below are seasons, which a source must name
        if quarter_or_half and (earliest, latest) == _months(earliest.year, first, count):
            return f"{year}-{code}"
    return None


def _ends_of(text: str) -> _Ends:
    if "/" not in text:
        return _days_of(text)
    first, _, second = text.partition("/")
    if not first and not second:
        raise ValueError("an interval without ends says nothing")
    earliest = None if first in _OPEN_ENDS else _days_of(first)[0]
    latest = None if second in _OPEN_ENDS else _days_of(second)[1]
    if earliest and latest and earliest > latest:
        raise ValueError("the interval ends before it begins")
    return earliest, latest


def _days_of(text: str) -> _Days:
    """Return the first and the last day that one date, not an interval, allows."""
    bare = text[:-1] if text[-1:] in _QUALIFIERS else text
    if match := _DAY.fullmatch(bare):
        day = date(*map(int, match.groups()))
        return day, day
    if match := _MONTH.fullmatch(bare):
        return _month_or_grouping(int(match[1]), int(match[2]), bare)
    if match := _YEAR.fullmatch(bare):
        return _months(int(match[1]), 1, _MONTHS)
    if match := _YEARS.fullmatch(bare):
        return _years(bare)
    if "T" in bare:
        raise ValueError("a time of day does not belong here, only a calendar date")
    raise ValueError("it has none of the accepted forms")


def _month_or_grouping(year: int, code: int, text: str) -> _Days:
    if 1 <= code <= _MONTHS:
        return _months(year, code, 1)
    if code not in _GROUPINGS or text.endswith("X"):
        raise ValueError(f"{code:02} is neither a month nor a season, quarter or half")
    return _months(year, *_GROUPINGS[code])


def _years(text: str) -> _Days:
    first, last = int(text.replace("X", "0")), int(text.replace("X", "9"))
    return date(first, 1, 1), date(last, 12, 31)


def _months(year: int, first: int, count: int) -> _Days:
    """Return the first and last day of `count` months from month `first` of the year on."""
    start = date(year, first, 1)
    years, month = divmod(first + count - 2, _MONTHS)
    end_year, end_month = year + years, month + 1
    return start, date(end_year, end_month, monthrange(end_year, end_month)[1])
