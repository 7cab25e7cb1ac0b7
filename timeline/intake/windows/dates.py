"""Days as they are written: June 5, 2008; 31 March 2009; 2008-06-05; 03/31/2009; Friday."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.said import Day, Stretch, Weekday, Year
from timeline.intake.windows.years import number_at, two_digits, year_at

if TYPE_CHECKING:
    from timeline.intake.windows.said import Said
    from timeline.intake.windows.tokens import Tokens

    Found = tuple[Said, int]

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})")
_DAY: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_RANGE: Final = ("-", "to", "through", "and", "or", "/")
_MONTHS: Final = 12
_DAYS: Final = 31


def date_at(tokens: Tokens, i: int) -> Found | None:
    """Return the day, or the days, that stand at `i`."""
    return _of_digits(tokens, i) or _month_first(tokens, i) or _day_first(tokens, i)


def month_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return the month named at `i` and the place behind it, past the dot of a short name."""
    month = english().words["months"].get(tokens.at(i))
    if month is None or english().phrases["not_times"].at(tokens, i):
        return None
    dotted = tokens.at(i + 1) == "." and tokens.glued(i + 1) and len(tokens.at(i)) in (3, 4)
    more = tokens.at(i + 2) and (
        tokens.at(i + 2)[0].isdigit() or tokens.at(i + 2) in ("of", "-", "'")
    )
    return month, i + 2 if dotted and more else i + 1


def _of_digits(tokens: Tokens, i: int) -> Found | None:
    word = tokens.at(i)
    if match := _ISO.fullmatch(word):
        year, month, day = map(int, match.groups())
        return _real(Day(month, day, Year(year))), i + 1
    if match := _SLASHED.fullmatch(word):
        return _slashed(match), i + 1
    return None


def _real(day: Day) -> Day:
    """Return the day; one that is in no calendar is refused when it is resolved."""
    return day


def _slashed(match: re.Match[str]) -> Day:
    """Read month/day or day/month; where both could be, the month is 0, which is no month."""
    first, second = int(match[1]), int(match[2])
    year = Year(int(match[3]) if len(match[3]) > len("09") else two_digits(match[3]))
    if first > _MONTHS:
        return Day(second, first, year)
    if second > _MONTHS or first == second:
        return Day(first, second, year)
    return Day(0, second, year)


def _number(tokens: Tokens, i: int) -> int | None:
    match = _DAY.fullmatch(tokens.at(i))
    if match is None or not 1 <= int(match[1]) <= _DAYS:
        return None
    return int(match[1])


def _month_first(tokens: Tokens, i: int) -> Found | None:
    found = month_at(tokens, i)
    if found is None:
        return None
    month, j = found
    if tokens.at(j) == "the":
        j += 1
    day = _number(tokens, j)
    if day is None or _is_amount(tokens, j):
        return None
    return _days(tokens, month, day, j + 1)


def _is_amount(tokens: Tokens, i: int) -> bool:
    return tokens.at(i + 1) in english().sets["counted"] or tokens.at(i + 1) == "%"


def _days(tokens: Tokens, month: int, day: int, j: int) -> Found:
    last, j = _last_day(tokens, j)
    year, j = _year_of_day(tokens, j)
    first = Day(month, day, year)
    return (first, j) if last is None else (Stretch(first, Day(month, last, year)), j)


def _last_day(tokens: Tokens, j: int) -> tuple[int | None, int]:
    """Return the second day of "June 5-7" or "June 5 and 6"."""
    if tokens.at(j) not in _RANGE or month_at(tokens, j + 2) or _is_amount(tokens, j + 1):
        return None, j
    last = _number(tokens, j + 1)
    if last is None or tokens.at(j + 2) in english().words["units"]:
        return None, j
    return last, j + 2


def _year_of_day(tokens: Tokens, j: int) -> tuple[Year | None, int]:
    behind = j + 1 if tokens.at(j) == "," else j
    if found := number_at(tokens, behind):
        return Year(found[0]), found[1]
    if tokens.at(j) in ("of", "this", "next", "last"):
        found_year = year_at(tokens, j + 1 if tokens.at(j) == "of" else j)
        if found_year:
            return found_year
    return None, j


def _day_first(tokens: Tokens, i: int) -> Found | None:
    day = _number(tokens, i)
    if day is None:
        return None
    last, j = None, i + 1
    if tokens.at(j) in ("-", "to", "and") and (second := _number(tokens, j + 1)):
        last, j = second, j + 2
    if tokens.at(j) == "of" or (tokens.at(j) == "-" and tokens.glued(j) and tokens.glued(j + 1)):
        j += 1
    found = month_at(tokens, j)
    if found is None:
        return None
    dashed = tokens.at(j - 1) == "-" and tokens.at(found[1]) == "-"
    year, j = _dashed_year(tokens, found[1] + 1) if dashed else _year_of_day(tokens, found[1])
    first = Day(found[0], day, year)
    return (first, j) if last is None else (Stretch(first, Day(found[0], last, year)), j)


def _dashed_year(tokens: Tokens, j: int) -> tuple[Year | None, int]:
    """Return the year of "30-Jun-2009" and "30-Jun-09"."""
    if found := number_at(tokens, j):
        return Year(found[0]), found[1]
    if len(tokens.at(j)) == len("09") and tokens.at(j).isascii() and tokens.at(j).isdigit():
        return Year(two_digits(tokens.at(j))), j + 1
    return None, j - 1


def weekday_at(tokens: Tokens, i: int) -> Found | None:
    """Return a weekday, or the date it stands before: "Friday", "Friday, June 5, 2009"."""
    number, j = _weekday(tokens, i)
    if number is None:
        return None
    behind = j + 1 if tokens.at(j) == "," else j
    if tokens.at(behind) == "the":
        behind += 1
    dated = date_at(tokens, behind)
    if dated:
        return dated
    return (Weekday(number), i + 1) if tokens.at(i) in english().words["weekdays"] else None


def _weekday(tokens: Tokens, i: int) -> tuple[int | None, int]:
    words = english().words
    number = words["weekdays"].get(tokens.at(i))
    if number is None:
        number = words["weekdays_short"].get(tokens.at(i))
        return number, i + 2 if tokens.at(i + 1) == "." else i + 1
    return number, i + 1


def is_day(said: Said) -> bool:
    """Whether it is a day by its date."""
    return isinstance(said, Day)


def exists(day: Day) -> bool:
    """Whether some year has such a day."""
    try:
        date(2000, day.month, day.day)
    except ValueError:
        return False
    return True
