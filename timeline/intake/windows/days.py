"""Words turned into days, by the calendar and the policy."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

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

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.intake.windows.policy import Policy

MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "season": 3}


class Unsure(Exception):
    """The words do not say, and this is why."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days `first`..`last`; which of the two the policy chose, and the unit they are one of.

    `strict` is the last day a strict reader would allow where the policy is lenient.
    """

    first: date
    last: date
    unit: str
    chose_first: bool = False
    chose_last: bool = False
    strict: date | None = None
    open_end: bool = False


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
        made: Callable[[Said], Period] = _MAKERS[type(said)].__get__(self)
        return made(said)

    def _unit(self, said: Unit) -> Period:
        if said.shift is not None and said.number is None:
            return self._shifted(said)
        if said.unit == "year":
            return self._year(said.year or Year(shift=0))
        if said.unit == "decade":
            return self._decade(int(said.number or 0))
        year = said.year or Year(shift=said.shift or 0)
        if said.unit == "season":
            return self._season(str(said.number), year)
        fiscal = said.fiscal if year.fiscal is None else year.fiscal
        return self._numbered(said.unit, int(said.number or 1), replace(year, fiscal=fiscal))

    def _numbered(self, unit: str, number: int, year: Year) -> Period:
        first = self._year(year).first
        count = MONTHS[unit]
        start = add_months(first, (number - 1) * count)
        if start < first or number < 1 or number * count > MONTHS["year"]:
            raise Unsure(f"a year has no {unit} {number}")
        return Period(start, before(add_months(start, count)), unit)

    def _year(self, year: Year) -> Period:
        end = self.asked.fiscal_year_end
        if year.fiscal and end is None:
            raise Unsure("whose fiscal year ends when is not known; give fiscal_year_end")
        if end is None or not (year.fiscal or (year.bare and year.fiscal is None)):
            number = self._year_number(year)
            return Period(date(number, 1, 1), date(number, 12, 31), "year")
        number = self._year_number(year, self._fiscal_year(end))
        last = month_end_or(number, *end)
        return Period(month_end_or(number - 1, *end) + timedelta(days=1), last, "year")

    def _fiscal_year(self, end: tuple[int, int]) -> int:
        """Return the number of the fiscal year of the statement: the year in which it ends."""
        said_on = self.asked.said_on
        return said_on.year + (said_on > month_end_or(said_on.year, *end))

    def _year_number(self, year: Year, this: int | None = None) -> int:
        if year.number is not None:
            return year.number
        if year.shift is not None:
            return (self.asked.said_on.year if this is None else this) + year.shift
        if self.asked.spoken_of is None:
            raise Unsure("which year is spoken of is not in these words")
        return self.asked.spoken_of[1].year

    def _season(self, name: str, year: Year) -> Period:
        first, count = self.policy.seasons[name]
        number = self._year_number(year)
        start = date(number, first, 1)
        made = Period(start, before(add_months(start, count)), "season", True, True)
        if made.last.year == number:
            return made
        earlier = replace(made, first=add_months(start, -12), last=before(add_months(start, count - 12)))
        if earlier.last >= self.asked.said_on:
            raise Unsure(f"{name} {number} may begin or end in {number}")
        return made

    def _decade(self, number: int) -> Period:
        return Period(date(number, 1, 1), date(number + 9, 12, 31), "decade", True, True)

    def _shifted(self, said: Unit) -> Period:
        today, shift = self.asked.said_on, said.shift or 0
        match said.unit:
            case "day":
                day = today + timedelta(days=shift)
                return Period(day, day, "day")
            case "week":
                first = week_begin(today) + timedelta(days=7 * shift)
                return Period(first, first + timedelta(days=6), "week")
            case "decade":
                return self._decade(today.year // 10 * 10 + 10 * shift)
            case "year":
                return self._year(said.year or Year(shift=shift, fiscal=said.fiscal))
        return self._shifted_months(said.unit, shift, fiscal=bool(said.fiscal))

    def _shifted_months(self, unit: str, shift: int, *, fiscal: bool) -> Period:
        first = self._year(Year(shift=0, fiscal=fiscal)).first
        count = MONTHS[unit]
        passed = months_between(first, self.asked.said_on) // count
        start = add_months(first, (passed + shift) * count)
        return Period(start, before(add_months(start, count)), unit)

    def _day(self, said: Day) -> Period:
        if said.month == 0:
            raise Unsure("which of the two numbers is the month is not said")
        day = date(self._year_number(said.year or Year(shift=0)), said.month, said.day)
        return Period(day, day, "day")

    def _feast(self, said: Feast) -> Period:
        year = self._year_number(said.year or Year(shift=0))
        first = date(year, said.month, 1)
        if said.nth < 0:
            first = add_months(first, 1) - timedelta(days=7)
        days = (said.weekday - first.weekday()) % 7 + 7 * (max(said.nth, 1) - 1)
        day = first + timedelta(days=days)
        return Period(day, day, "day")

    def _weekday(self, said: Weekday) -> Period:
        today = self.asked.said_on
        if said.shift is None:
            day = today + timedelta(days=(said.number - today.weekday()) % 7)
        else:
            day = week_begin(today) + timedelta(days=(said.number + 1) % 7 + 7 * said.shift)
        return Period(day, day, "day")

    def _week_of(self, said: WeekOf) -> Period:
        day = self._day(said.day).first
        if said.how == "end":
            return Period(day - timedelta(days=6), day, "week")
        if said.how == "begin" or day.weekday() == 0:
            return Period(day, day + timedelta(days=6), "week")
        first = week_begin(day)
        return Period(first, first + timedelta(days=6), "week")

    def _ending(self, said: Ending) -> Period:
        last = self._day(said.last).first
        return Period(add_months(last + timedelta(days=1), -said.months), last, "quarter")

    def _stretch(self, said: Stretch) -> Period:
        first, last = self._ordered((said.first, said.last))
        if first.first > last.last:
            raise Unsure("it ends before it begins")
        return Period(
            first.first, last.last, "stretch", first.chose_first, last.chose_last, last.strict
        )

    def _either(self, said: Either) -> Period:
        periods = self._ordered(said.choices)
        first = min(periods, key=lambda p: p.first)
        last = max(periods, key=lambda p: p.last)
        return Period(
            first.first, last.last, last.unit, first.chose_first, last.chose_last, last.strict
        )

    def _ordered(self, choices: tuple[Said, ...]) -> list[Period]:
        """Read in turn; what lacks a year comes after what stands before it."""
        periods: list[Period] = []
        for choice in choices:
            ahead = self if not periods else self._from(periods[-1].first)
            periods.append(ahead.period(choice))
        return periods

    def _from(self, day: date) -> Calendar:
        return Calendar(replace(self.asked, said_on=day), self.policy, looking_ahead=True)

    def _offset(self, said: Offset) -> Period:
        anchor = self.period(said.anchor)
        day = anchor.last if said.way > 0 else anchor.first
        first, last = (
            self._moved(day, said.amount, said.way, most=most) for most in (False, True)
        )
        if said.within:
            first = day
        first, last = min(first, last), max(first, last)
        return Period(first, last, "day", said.amount.vague is not None, anchor.chose_last or said.amount.vague is not None)

    def _moved(self, day: date, amount: Amount, way: int, *, most: bool) -> date:
        if amount.vague is not None:
            return day + timedelta(days=way * self.vague_days(amount))
        return later(day, way * (amount.most if most else amount.least), amount.unit)

    def _turn(self, said: Turn) -> Period:  # noqa: ARG002 - one maker for every kind
        around = timedelta(days=self.policy.turn_of_the_year)
        year = self.asked.said_on.year
        turn = date(year, 1, 1)
        if turn + around <= self.asked.said_on:
            turn = date(year + 1, 1, 1)
        return Period(turn - around, turn + around - timedelta(days=1), "day", True, True)

    def _today(self, said: Today) -> Period:  # noqa: ARG002
        return Period(self.asked.said_on, self.asked.said_on, "day")

    def _part(self, said: Part) -> Period:
        from timeline.intake.windows.parts import part_of

        return part_of(self, said)

    def _counted(self, said: Counted) -> Period:
        from timeline.intake.windows.parts import counted

        return counted(self, said)


_MAKERS: Final = {
    Unit: Calendar._unit, Day: Calendar._day, Weekday: Calendar._weekday, WeekOf: Calendar._week_of,
    Feast: Calendar._feast, Ending: Calendar._ending, Stretch: Calendar._stretch, Either: Calendar._either,
    Offset: Calendar._offset, Turn: Calendar._turn, Today: Calendar._today, Part: Calendar._part,
    Counted: Calendar._counted,
}


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
