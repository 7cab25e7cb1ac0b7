"""Words turned into days, by the calendar and the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from timeline.intake.windows import dated_days, joined_days, parts
from timeline.intake.windows.day_sums import later
from timeline.intake.windows.period import Period, Unsure
from timeline.intake.windows.said import (
    Amount,
    Asked,
    Counted,
    Day,
    Either,
    Ending,
    Feast,
    Offset,
    Part,
    Said,
    Stretch,
    Today,
    Turn,
    Unit,
    Weekday,
    WeekOf,
    Year,
    lacks_year,
    with_year,
)
from timeline.intake.windows.unit_days import unit_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline.intake.windows.policy import Policy


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns what is said into periods."""

    asked: Asked
    policy: Policy
    looking_ahead: bool = False

    def period(self, said: Said) -> Period:
        """Return the days; raises Unsure where neither words nor policy tell."""
        try:
            return self._likely(said) if lacks_year(said) else self._plain(said)
        except (ValueError, OverflowError):
            raise Unsure("there is no such day") from None

    def add(self, day: date, amount: Amount, *, most: bool = True) -> date:
        """Return the day so much later; months keep the day of the month."""
        if amount.vague is not None:
            return day + timedelta(days=self.vague_days(amount))
        many = amount.most if most else amount.least
        return later(day, many, amount.unit)

    def vague_days(self, amount: Amount) -> int:
        """Return how many days a vague amount is; raises Unsure for one the policy leaves open."""
        days = self.policy.vague_amounts.get(amount.vague or "", {}).get(amount.unit)
        if days is None:
            raise Unsure(f"how many {amount.unit}s are meant is not said")
        return days

    def _likely(self, said: Said) -> Period:
        """Take the first year in which it is not over; one just over makes it unsure."""
        base = self.asked.said_on
        years = range(base.year - 1, base.year + 3)
        tried = [p for y in years if (p := self._tried(with_year(said, Year(y)))) is not None]
        ahead = [p for p in tried if p.last >= base]
        if isinstance(said, Ending) and said.over:
            return max((p for p in tried if p.last <= base), key=lambda p: p.last)
        if not ahead:
            raise Unsure("there is no such day")
        over = [p for p in tried if p.last < base]
        if over and not self.looking_ahead and not ahead[0].first <= base:
            self._refuse_just_over(over[-1], base)
        return ahead[0]

    def _refuse_just_over(self, over: Period, base: date) -> None:
        days = self.policy.just_over.get(over.unit, 0)
        if (base - over.last).days <= days:
            raise Unsure(f"the one that ended on {over.last} may be meant, or that of a year later")

    def _tried(self, said: Said) -> Period | None:
        try:
            return self._plain(said)
        except (ValueError, OverflowError):
            return None

    def _plain(self, said: Said) -> Period:
        return _DAYS_OF[type(said)](self, said)


_DAYS_OF: Final[Mapping[type, Callable[[Calendar, Any], Period]]] = {
    Unit: unit_days,
    Day: dated_days.one_day,
    Weekday: dated_days.weekday,
    WeekOf: dated_days.week_of,
    Feast: dated_days.feast,
    Ending: dated_days.ending,
    Turn: dated_days.turn,
    Today: dated_days.today,
    Stretch: joined_days.stretch,
    Either: joined_days.either,
    Offset: joined_days.offset,
    Part: parts.part_of,
    Counted: parts.counted,
}
