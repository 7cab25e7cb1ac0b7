"""Months, quarters, halves, seasons and decades as days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.intake.windows.day_sums import MONTHS, add_months, before, months_between, week_begin
from timeline.intake.windows.period import Period, Unsure
from timeline.intake.windows.said import Unit, Year
from timeline.intake.windows.year_days import year_days, year_number

if TYPE_CHECKING:
    from timeline.intake.windows.days import Calendar


def unit_days(calendar: Calendar, said: Unit) -> Period:
    """Return the days of a unit by its number, or by how far it is from the statement."""
    if said.shift is not None and said.number is None:
        return _shifted(calendar, said)
    if said.unit == "year":
        return year_days(calendar, said.year or Year(shift=0))
    if said.unit == "decade":
        return _decade(int(said.number or 0))
    year = said.year or Year(shift=said.shift or 0)
    if said.unit == "season":
        return _season(calendar, str(said.number), year)
    fiscal = said.fiscal if year.fiscal is None else year.fiscal
    return _numbered(calendar, said.unit, int(said.number or 1), replace(year, fiscal=fiscal))


def _numbered(calendar: Calendar, unit: str, number: int, year: Year) -> Period:
    first = year_days(calendar, year).first
    count = MONTHS[unit]
    start = add_months(first, (number - 1) * count)
    if start < first or number < 1 or number * count > MONTHS["year"]:
        raise Unsure(f"a year has no {unit} {number}")
    return Period(start, before(add_months(start, count)), unit)


def _season(calendar: Calendar, name: str, year: Year) -> Period:
    first, count = calendar.policy.seasons[name]
    number = year_number(calendar, year)
    start = date(number, first, 1)
    made = Period(start, before(add_months(start, count)), "season", True, True)
    if made.last.year == number:
        return made
    earlier = replace(
        made, first=add_months(start, -12), last=before(add_months(start, count - 12))
    )
    if earlier.last >= calendar.asked.said_on:
        raise Unsure(f"{name} {number} may begin or end in {number}")
    return made


def _decade(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 9, 12, 31), "decade", True, True)


def _shifted(calendar: Calendar, said: Unit) -> Period:
    today, shift = calendar.asked.said_on, said.shift or 0
    match said.unit:
        case "day":
            day = today + timedelta(days=shift)
            return Period(day, day, "day")
        case "week":
            first = week_begin(today) + timedelta(days=7 * shift)
            return Period(first, first + timedelta(days=6), "week")
        case "decade":
            return _decade(today.year // 10 * 10 + 10 * shift)
        case "year":
            return year_days(calendar, said.year or Year(shift=shift, fiscal=said.fiscal))
    return _shifted_months(calendar, said.unit, shift, fiscal=bool(said.fiscal))


def _shifted_months(calendar: Calendar, unit: str, shift: int, *, fiscal: bool) -> Period:
    first = year_days(calendar, Year(shift=0, fiscal=fiscal)).first
    count = MONTHS[unit]
    passed = months_between(first, calendar.asked.said_on) // count
    start = add_months(first, (passed + shift) * count)
    return Period(start, before(add_months(start, count)), unit)
