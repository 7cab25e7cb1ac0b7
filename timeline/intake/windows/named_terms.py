"""Terms that have a name or a number: dates, months, seasons, weekdays, feasts, decades, years."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.closing import by_last_month, close_at
from timeline.intake.windows.dates import date_at, month_at, weekday_at
from timeline.intake.windows.endings import week_of
from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found, with_year_behind
from timeline.intake.windows.said import Day, Feast, Stretch, Turn, Unit, Weekday, year_of
from timeline.intake.windows.years import year_at, year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_DECADE: Final = re.compile(r"((?:19|20)[0-9]0)s")


def turn(tokens: Tokens, i: int) -> Found | None:
    """Read "the turn of the year"."""
    for words in (("turn", "of", "the", "year"), ("turn", "of", "year"), ("year", "-", "turn")):
        if tokens.has(i, words):
            return Found(Turn(), i + len(words))
    return None


def closed(tokens: Tokens, i: int) -> Found | None:
    """Read "the year is out", "the quarter closes" behind "before"."""
    found = close_at(tokens, i)
    return Found(*found) if found else None


def dated(tokens: Tokens, i: int) -> Found | None:
    """Read a date, or the week of one."""
    if found := date_at(tokens, i):
        return Found(*found)
    return week_of(tokens, i)


def month(tokens: Tokens, i: int) -> Found | None:
    """Read a month; one that is also a word, or stands before a name, is weak or none."""
    found = month_at(tokens, i)
    if found is None:
        return None
    year = year_behind(tokens, found[1])
    if named := by_last_month(tokens, found[0], *(year or (None, found[1]))):
        return Found(*named)
    if year:
        return Found(Unit("month", found[0], year=year[0]), year[1])
    short = tokens.at(i) in english().sets["months_that_are_words"]
    before_name = tokens.capital(i + 1) and found[1] == i + 1
    if short and before_name:
        return None
    return Found(Unit("month", found[0]), found[1], weak=short or before_name)


def season(tokens: Tokens, i: int) -> Found | None:
    """Read a season; without a year it is weak, and before a name it is none."""
    name = english().words["seasons"].get(tokens.at(i))
    if name is None:
        return None
    if found := _winter(tokens, i + 1, name):
        return found
    found = with_year_behind(tokens, i + 1, Unit("season", name))
    if year_of(found.said) is None and tokens.capital(i + 1) and not tokens.parted(i + 1):
        return None
    return replace(found, weak=year_of(found.said) is None)


def _winter(tokens: Tokens, j: int, name: str) -> Found | None:
    """Read "winter 2009-2010" and "winter of 2009/10", the one that has two years."""
    year = year_behind(tokens, j)
    if name != "winter" or year is None or tokens.at(year[1]) not in ("-", "/"):
        return None
    second = year_behind(tokens, year[1])
    number = year[0].number
    if second is None or number is None or second[0].number != number + 1:
        return None
    first, last = Unit("month", 12, year=year[0]), Unit("month", 2, year=second[0])
    return Found(Stretch(first, last), second[1])


def weekday(tokens: Tokens, i: int) -> Found | None:
    """Read a weekday alone, which is weak, or with its date."""
    found = weekday_at(tokens, i)
    return Found(*found, weak=isinstance(found[0], Weekday)) if found else None


def feast(tokens: Tokens, i: int) -> Found | None:
    """Read "Thanksgiving", "Labor Day 2009", "Christmas"."""
    for sort, made in (("moving_feasts", Feast), ("feasts", Day)):
        found = english().phrases[sort].at(tokens, i)
        if found is not None:
            return _feast_of_a_year(tokens, found[1], made(*found[0]))
    return None


def _feast_of_a_year(tokens: Tokens, j: int, said: Feast | Day) -> Found:
    """Return it with the year behind it, else weak; a fiscal year is none that a feast is of."""
    year = year_behind(tokens, j)
    if year is None or year[0].fiscal:
        return Found(said, j, weak=True)
    return Found(replace(said, year=year[0]), year[1])


def decade(tokens: Tokens, i: int) -> Found | None:
    """Read "2010s"."""
    match = _DECADE.fullmatch(tokens.at(i))
    return Found(Unit("decade", int(match[1])), i + 1) if match else None


def year_alone(tokens: Tokens, i: int) -> Found | None:
    """Read "2009", "fiscal 2010", "next year"; a bare number is weak."""
    found = year_at(tokens, i)
    if found is None or found[0].bare:
        return None
    year, j = found
    weak = year.number is not None and tokens.at(i)[:1].isdigit()
    return Found(Unit("year", year=year), j, weak=weak)
