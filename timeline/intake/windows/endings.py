"""Periods named by a day: "third quarter ending January 31, 2012", "week of June 8"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.intake.windows.amounts import number_at as count_at
from timeline.intake.windows.dates import date_at, weekday_at
from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found
from timeline.intake.windows.said import Day, Ending, WeekOf
from timeline.intake.windows.years import kind_at, year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_MONTHS_OF: Final = {"quarter": 3, "half": 6, "year": 12}
_WEEKS: Final = {
    "of": "of",
    "beginning": "begin",
    "starting": "begin",
    "commencing": "begin",
    "ending": "end",
}


def ending(tokens: Tokens, i: int) -> Found | None:
    """Read "third quarter ending January 31, 2012", "six months ended June 30, 2009"."""
    months, j = _months_of(tokens, i)
    if months is None:
        return None
    if tokens.at(j) == ",":
        j += 1
    if tokens.at(j) in ("that", "which"):
        j += 1
    if tokens.at(j) not in ("ending", "ended", "ends", "end"):
        return None
    over = tokens.at(j) == "ended"
    j += 1 + (tokens.at(j + 1) in ("on", "in"))
    day = _day_at(tokens, j)
    return Found(Ending(months, day[0], over), day[1]) if day else None


def _months_of(tokens: Tokens, i: int) -> tuple[int | None, int]:
    j = kind_at(tokens, i)[1]
    if tokens.at(j) in english().words["ordinals"] or tokens.at(j) in ("current", "next", "full"):
        j = kind_at(tokens, j + 1 + (tokens.at(j + 1) == "-"))[1]
    months = _MONTHS_OF.get(tokens.at(j))
    if months is not None:
        j += 1 + (tokens.at(j) == "half" and tokens.at(j + 1) in ("year", "-year"))
        return months, _past_year_number(tokens, j)
    count = count_at(tokens, j)
    if count is None:
        return None, i
    k = count[1] + (tokens.at(count[1]) == "-")
    if tokens.at(k) not in ("months", "month"):
        return None, i
    return int(count[0]), k + 1 + (tokens.at(k + 1) == "period")


def _past_year_number(tokens: Tokens, j: int) -> int:
    """Skip "of fiscal 2012" and "2012" between the unit and the day it ends with."""
    year = year_behind(tokens, j)
    return year[1] if year else j


def week_of(tokens: Tokens, i: int) -> Found | None:
    """Read "week of June 8", "week beginning Monday, June 8, 2009"."""
    kind = _WEEKS.get(tokens.at(i + 1))
    if tokens.at(i) != "week" or kind is None:
        return None
    j = i + 2 + (tokens.at(i + 2) == "the")
    day = _day_at(tokens, j)
    return Found(WeekOf(day[0], kind), day[1]) if day else None


def _day_at(tokens: Tokens, j: int) -> tuple[Day, int] | None:
    dated = weekday_at(tokens, j) or date_at(tokens, j)
    return (dated[0], dated[1]) if dated and isinstance(dated[0], Day) else None
