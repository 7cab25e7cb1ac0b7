"""Days that count in the United States: of the federal calendar, and of trading in New York."""

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


def trading_day_after(day: date) -> date:
    """Return the next day after `day` on which the New York Stock Exchange trades.

    It is closed on Good Friday, a business day, and open on Columbus Day and Veterans Day.
    """
    from holidays import financial_holidays  # noqa: PLC0415  # takes long to load

    closed = financial_holidays("NYSE", years=range(day.year, day.year + 2))
    day += timedelta(days=1)
    while day.weekday() >= _SATURDAY or day in closed:
        day += timedelta(days=1)
    return day
