"""Years, calendar and fiscal, as days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.intake.windows.day_sums import month_end_or
from timeline.intake.windows.period import Period, Unsure

if TYPE_CHECKING:
    from timeline.intake.windows.days import Calendar
    from timeline.intake.windows.said import Year


def year_days(calendar: Calendar, year: Year) -> Period:
    """Return the days of a year; raises Unsure for a fiscal year whose end is not known."""
    end = calendar.asked.fiscal_year_end
    if year.fiscal and end is None:
        raise Unsure("whose fiscal year ends when is not known; give fiscal_year_end")
    if end is None or not (year.fiscal or (year.bare and year.fiscal is None)):
        number = year_number(calendar, year)
        return Period(date(number, 1, 1), date(number, 12, 31), "year")
    number = year_number(calendar, year, _fiscal_year(calendar, end))
    last = month_end_or(number, *end)
    return Period(month_end_or(number - 1, *end) + timedelta(days=1), last, "year")


def _fiscal_year(calendar: Calendar, end: tuple[int, int]) -> int:
    """Return the number of the fiscal year of the statement: the year in which it ends."""
    said_on = calendar.asked.said_on
    return said_on.year + (said_on > month_end_or(said_on.year, *end))


def year_number(calendar: Calendar, year: Year, this: int | None = None) -> int:
    """Return the number of a year; raises Unsure for "that year" where none was spoken of."""
    if year.number is not None:
        return year.number
    if year.shift is not None:
        return (calendar.asked.said_on.year if this is None else this) + year.shift
    if calendar.asked.spoken_of is None:
        raise Unsure("which year is spoken of is not in these words")
    return calendar.asked.spoken_of[1].year
