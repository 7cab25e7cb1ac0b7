"""Business days of the United States federal calendar, by which filings are due."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def business_days_after(day: date, count: int) -> date:
    """Return the `count`th business day after `day`: no weekend, no federal holiday.

    The holidays are those of 5 U.S.C. 6103(a), observed as its (b) and Executive Order 11582 say.
    """
    from holidays import country_holidays  # noqa: PLC0415  # takes long to load

    closed = country_holidays("US", years=range(day.year, day.year + 2))
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY and day not in closed
    return day
