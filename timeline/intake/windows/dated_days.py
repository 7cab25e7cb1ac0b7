"""Dates, weekdays, feasts and what is named by a date, as days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.intake.windows.day_sums import add_months, week_begin
from timeline.intake.windows.period import Period, Unsure
from timeline.intake.windows.said import Day, Ending, Feast, Today, Turn, Weekday, WeekOf, Year
from timeline.intake.windows.year_days import year_number

if TYPE_CHECKING:
    from timeline.intake.windows.days import Calendar


def one_day(calendar: Calendar, said: Day) -> Period:
    """Return the one day; raises Unsure where its month is not told."""
    if said.month == 0:
        raise Unsure("which of the two numbers is the month is not said")
    day = date(year_number(calendar, said.year or Year(shift=0)), said.month, said.day)
    return Period(day, day, "day")


def feast(calendar: Calendar, said: Feast) -> Period:
    """Return the one day of a feast that moves."""
    year = year_number(calendar, said.year or Year(shift=0))
    first = date(year, said.month, 1)
    if said.nth < 0:
        first = add_months(first, 1) - timedelta(days=7)
    days = (said.weekday - first.weekday()) % 7 + 7 * (max(said.nth, 1) - 1)
    day = first + timedelta(days=days)
    return Period(day, day, "day")


def weekday(calendar: Calendar, said: Weekday) -> Period:
    """Return the next such weekday, or that of this or another week."""
    today = calendar.asked.said_on
    if said.shift is None:
        day = today + timedelta(days=(said.number - today.weekday()) % 7)
    else:
        day = week_begin(today) + timedelta(days=(said.number + 1) % 7 + 7 * said.shift)
    return Period(day, day, "day")


def week_of(calendar: Calendar, said: WeekOf) -> Period:
    """Return the seven days: from the day, up to it, or around it."""
    day = one_day(calendar, said.day).first
    if said.how == "end":
        return Period(day - timedelta(days=6), day, "week")
    if said.how == "begin" or day.weekday() == 0:
        return Period(day, day + timedelta(days=6), "week")
    first = week_begin(day)
    return Period(first, first + timedelta(days=6), "week")


def ending(calendar: Calendar, said: Ending) -> Period:
    """Return the months up to the day."""
    last = one_day(calendar, said.last).first
    return Period(add_months(last + timedelta(days=1), -said.months), last, "quarter")


def turn(calendar: Calendar, _said: Turn) -> Period:
    """Return the days the policy gives to the turn of the year that comes next."""
    around = timedelta(days=calendar.policy.turn_of_the_year)
    year = calendar.asked.said_on.year
    new_year = date(year, 1, 1)
    if new_year + around <= calendar.asked.said_on:
        new_year = date(year + 1, 1, 1)
    return Period(new_year - around, new_year + around - timedelta(days=1), "day", True, True)


def today(calendar: Calendar, _said: Today) -> Period:
    """Return the day of the statement."""
    return Period(calendar.asked.said_on, calendar.asked.said_on, "day")
