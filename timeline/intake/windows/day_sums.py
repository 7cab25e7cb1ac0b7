"""Sums of days: months and units later, weeks from Sunday, the ends of months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "season": 3}


def before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Return the day so many months later, the last of a month where that one is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, day: date) -> int:
    """Return how many whole months lie between; negative when `day` comes first."""
    return (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)


def later(day: date, many: float, unit: str) -> date:
    """Return the day `many` units later; half units of months and years are counted too."""
    if unit in ("day", "week"):
        return day + timedelta(days=round(many * (7 if unit == "week" else 1)))
    months = many * MONTHS[unit]
    moved = add_months(day, int(months))
    return moved + timedelta(days=15 * (1 if many > 0 else -1)) if months % 1 else moved


def week_begin(day: date) -> date:
    """Return the Sunday on or before the day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def month_end_or(year: int, month: int, day: int) -> date:
    """Return the day, or the last of the month where that is shorter (29 February)."""
    return date(year, month, min(day, monthrange(year, month)[1]))
