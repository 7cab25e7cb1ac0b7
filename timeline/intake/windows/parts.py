"""Parts of a period: early, mid, late, its rest, its first two weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.day_sums import MONTHS, add_months, before, later
from timeline.intake.windows.period import Period, Unsure
from timeline.intake.windows.said import Amount

if TYPE_CHECKING:
    from timeline.intake.windows.days import Calendar
    from timeline.intake.windows.said import Counted, Part

_THIRD: Final = {"early": "early", "begin": "early", "mid": "mid", "late": "late", "end": "late"}
_NUMBER: Final = {"early": 0, "mid": 1, "late": 2}


def part_of(calendar: Calendar, said: Part) -> Period:
    """Return the part; raises Unsure for a part of something that has none."""
    whole = calendar.period(said.whole)
    today = calendar.asked.said_on
    match said.part:
        case "whole":
            return whole
        case "rest":
            return _between(whole, max(whole.first, today), whole.last)
        case "later":
            return _later(whole, today)
        case "earlier":
            return _between(whole, whole.first, min(whole.last, today))
        case "first half" | "second half":
            return _half(whole, said.part)
    return _third(calendar, whole, said.part)


def _half(whole: Period, part: str) -> Period:
    middle = _midpoint(whole)
    if middle is None:
        raise Unsure("of what this is a half cannot be told")
    if part == "first half":
        return replace(whole, last=middle, unit="stretch")
    return replace(whole, first=middle + timedelta(days=1), unit="stretch")


def _between(whole: Period, first: date, last: date) -> Period:
    if first > last:
        raise Unsure(f"{whole.first} to {whole.last} leaves no day for it")
    return replace(whole, first=first, last=last)


def _later(whole: Period, today: date) -> Period:
    """Later this year is from today on; later next year is its second half."""
    if whole.first <= today:
        return _between(whole, today, whole.last)
    months = MONTHS.get(whole.unit)
    if months is None or months < MONTHS["half"] - 3:
        return replace(whole, chose_first=True)
    half = add_months(whole.first, months // 2)
    return replace(whole, first=half, chose_first=True)


def _third(calendar: Calendar, whole: Period, part: str) -> Period:
    third = _THIRD[part]
    first, last = _days_of_third(calendar, whole, third)
    chose_first = third != "early" or whole.chose_first
    chose_last = part != "end" or whole.chose_last
    strict = _midpoint(whole) if third == "mid" else None
    return Period(first, last, "part", chose_first, chose_last, strict)


def _days_of_third(calendar: Calendar, whole: Period, third: str) -> tuple[date, date]:
    if whole.unit == "day":
        return whole.first, whole.last
    days = calendar.policy.thirds.get(whole.unit)
    if days is not None:
        return _by_policy(whole, days[third])
    months = MONTHS.get(whole.unit)
    if months is None:
        raise Unsure("of what this is a part cannot be told")
    third_months = months // 3
    first = add_months(whole.first, _NUMBER[third] * third_months)
    return first, before(add_months(first, third_months))


def _by_policy(whole: Period, bounds: tuple[int, int]) -> tuple[date, date]:
    low, high = bounds
    match whole.unit:
        case "month":
            first = whole.first + timedelta(days=low - 1)
            return first, min(whole.first + timedelta(days=high - 1), whole.last)
        case "week":
            return whole.first + timedelta(days=low), whole.first + timedelta(days=high)
    return add_months(whole.first, 12 * low), before(add_months(whole.first, 12 * (high + 1)))


def _midpoint(whole: Period) -> date | None:
    months = MONTHS.get(whole.unit)
    if months is None:
        return None
    if months % 2 == 0:
        return before(add_months(whole.first, months // 2))
    return add_months(whole.first, months // 2) + timedelta(days=14)


def counted(calendar: Calendar, said: Counted) -> Period:
    """Return the first or last so many units of a whole, or its unit of that number."""
    whole = calendar.period(said.whole)
    match said.which:
        case "first" if said.unit == "week" and said.number == 1 and not said.vague:
            return _week(whole, 1)
        case "first":
            last = before(_after(calendar, whole.first, said))
            return _within(whole, whole.first, last, vague=said.vague)
        case "last":
            first = _before(whole.last, said)
            return _within(whole, first, whole.last, vague=said.vague)
    return _number_of(whole, said)


def _after(calendar: Calendar, first: date, said: Counted) -> date:
    vague = "few" if said.vague else None
    return calendar.add(first, Amount(said.unit, said.number, said.number, vague))


def _before(last: date, said: Counted) -> date:
    return later(last + timedelta(days=1), -said.number, said.unit)


def _within(whole: Period, first: date, last: date, *, vague: bool) -> Period:
    if first < whole.first or last > whole.last:
        raise Unsure("it is longer than what it is a part of")
    return Period(first, last, "stretch", whole.chose_first, whole.chose_last or vague)


def _number_of(whole: Period, said: Counted) -> Period:
    """Return the week of that number, or the month or quarter."""
    if said.unit == "week":
        return _week(whole, said.number)
    first = later(whole.first, said.number - 1, said.unit)
    last = before(later(first, 1, said.unit))
    return replace(_within(whole, first, last, vague=False), unit=said.unit)


def _week(whole: Period, number: int) -> Period:
    """Return the Sunday to Saturday around the Monday of that number; strictly, to its Friday."""
    monday = whole.first + timedelta(days=-whole.first.weekday() % 7 + 7 * (number - 1))
    first, last = max(before(monday), whole.first), monday + timedelta(days=5)
    if last > whole.last + timedelta(days=6):
        raise Unsure("it has no such week")
    return Period(first, last, "week", True, True, strict=before(last))
