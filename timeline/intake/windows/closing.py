"""Closing: units told by their close, "the year is out", and by the month they close with."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.said import Day, Ending, Part, Unit
from timeline.intake.windows.years import year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.said import Said, Year
    from timeline.intake.windows.tokens import Tokens

_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_NAMED_BY_THEIR_LAST: Final = ("quarter", "half")
_NO_LEAP_YEAR: Final = 2001


def close_at(tokens: Tokens, i: int) -> tuple[Said, int] | None:
    """Read "the year is out", "the quarter closes" where "before" leads to it; also its end."""
    unit = tokens.at(i)
    if unit not in _MONTHS or tokens.at(i - 1) != "the" or tokens.at(i - 2) != "before":
        return None
    closing = english().phrases["closing_words"].at(tokens, i + 1)
    return (Part("end", Unit(unit, shift=0)), closing[1]) if closing else None


def by_last_month(tokens: Tokens, month: int, year: Year | None, j: int) -> tuple[Said, int] | None:
    """Read "quarter of 2019" behind "September", "quarter" behind "March 2020"; also its end."""
    unit = tokens.at(j)
    if unit not in _NAMED_BY_THEIR_LAST:
        return None
    later = year_behind(tokens, j + 1) if year is None else None
    told = later[0] if later else year
    last = Day(month, _last_day(month, told), told)
    return Ending(_MONTHS[unit], last), later[1] if later else j + 1


def _last_day(month: int, year: Year | None) -> int:
    """Return the last day of a month; of February in a year that is not told, the 28th."""
    number = year.number if year else None
    return monthrange(number or _NO_LEAP_YEAR, month)[1]
