"""Ranges, alternatives and offsets as days, made of the days of their parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.intake.windows.day_sums import later
from timeline.intake.windows.period import Period, Unsure
from timeline.intake.windows.said import Part

if TYPE_CHECKING:
    from datetime import date

    from timeline.intake.windows.days import Calendar
    from timeline.intake.windows.said import Amount, Either, Offset, Said, Stretch


def stretch(calendar: Calendar, said: Stretch) -> Period:
    """Return the days from the first day of one to the last of the other."""
    first, last = _ordered(calendar, (said.first, said.last))
    if first.first > last.last:
        raise Unsure("it ends before it begins")
    return Period(
        first.first, last.last, "stretch", first.chose_first, last.chose_last, last.strict
    )


def either(calendar: Calendar, said: Either) -> Period:
    """Return the days that hold every choice."""
    periods = _ordered(calendar, said.choices)
    first = min(periods, key=lambda p: p.first)
    last = max(periods, key=lambda p: p.last)
    return Period(
        first.first, last.last, last.unit, first.chose_first, last.chose_last, last.strict
    )


def _ordered(calendar: Calendar, choices: tuple[Said, ...]) -> list[Period]:
    """Read in turn; what lacks a year comes after what stands before it."""
    periods: list[Period] = []
    for choice in choices:
        ahead = calendar if not periods else _from(calendar, periods[-1].first)
        periods.append(ahead.period(choice))
    return periods


def _from(calendar: Calendar, day: date) -> Calendar:
    return replace(calendar, asked=replace(calendar.asked, said_on=day), looking_ahead=True)


def offset(calendar: Calendar, said: Offset) -> Period:
    """Return the days so long after, or before, what it is counted from."""
    anchor = calendar.period(said.anchor)
    day = _edge(said, anchor)
    first, last = (
        _moved(calendar, day, said.amount, said.way, most=most) for most in (False, True)
    )
    if said.within:
        first = day
    first, last = min(first, last), max(first, last)
    return Period(
        first,
        last,
        "day",
        said.amount.vague is not None,
        anchor.chose_last or said.amount.vague is not None,
    )


def _edge(said: Offset, anchor: Period) -> date:
    """Return the day counted from: two months before the end of a year is before its last day."""
    part = said.anchor.part if isinstance(said.anchor, Part) else None
    from_last = part == "end" or (said.way > 0 and part != "begin")
    return anchor.last if from_last else anchor.first


def _moved(calendar: Calendar, day: date, amount: Amount, way: int, *, most: bool) -> date:
    if amount.vague is not None:
        return day + timedelta(days=way * calendar.vague_days(amount))
    return later(day, way * (amount.most if most else amount.least), amount.unit)
