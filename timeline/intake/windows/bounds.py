"""What is spoken, as a window: the days between the bounds that its preposition sets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.bitemporal import Window, edtf_of, parse_edtf
from timeline.intake.windows.day_sums import before
from timeline.intake.windows.period import Period, Unsure
from timeline.intake.windows.said import Amount, Part, Unit

if TYPE_CHECKING:
    from timeline.intake.windows.days import Calendar
    from timeline.intake.windows.said import Said
    from timeline.intake.windows.spoken import Spoken


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days, None for an open side; which of them the policy chose; a stricter last day."""

    earliest: date | None
    latest: date | None
    chose_earliest: bool = False
    chose_latest: bool = False
    strict: date | None = None
    season: str | None = None

    @property
    def vague(self) -> bool:
        """Whether the policy chose any of it."""
        return self.chose_earliest or self.chose_latest

    def window(self, words: str, policy: str) -> Window:
        """Return the window with its EDTF text; raises Unsure where it would hold no day."""
        if self.earliest and self.latest and self.earliest > self.latest:
            raise Unsure(f"it was over on {self.latest}, before it was said")
        return Window(self.earliest, self.latest, self._edtf(), words, policy)

    def _edtf(self) -> str:
        if not self.vague:
            return edtf_of(self.earliest, self.latest)
        if self.season is not None and self._is(self.season):
            return self.season
        one = edtf_of(self.earliest, self.latest)
        if "/" not in one:
            return one + "~"
        first = _written(self.earliest, first=True) + "~" * self.chose_earliest
        last = _written(self.latest, first=False) + "~" * (
            self.chose_latest and self.latest is not None
        )
        return f"{first}/{last}"

    def _is(self, edtf: str) -> bool:
        read = parse_edtf(edtf)
        return (read.earliest, read.latest) == (self.earliest, self.latest)


def _written(day: date | None, *, first: bool) -> str:
    """Write one end: its month alone where the day is the first, or the last, of it."""
    if day is None:
        return ".."
    edge = day.day == 1 if first else (day + timedelta(days=1)).day == 1
    return f"{day.year:04}-{day.month:02}" if edge else day.isoformat()


def bounds_of(calendar: Calendar, spoken: Spoken) -> Bounds:
    """Return the bounds; raises Unsure where they cannot be told."""
    made = _of_term(calendar, spoken) if spoken.said is not None else _of_amount(calendar, spoken)
    if not spoken.about or spoken.how == "open":
        return made
    by = spoken.how in ("by", "ahead")
    return replace(
        made, chose_earliest=made.chose_earliest or not by, chose_latest=made.latest is not None
    )


def _of_term(calendar: Calendar, spoken: Spoken) -> Bounds:
    assert spoken.said is not None  # noqa: S101 - the caller has seen it
    ahead = spoken.how in ("by", "before", "from", "after")
    period = replace(calendar, looking_ahead=ahead).period(spoken.said)
    today = calendar.asked.said_on
    match spoken.how:
        case "by":
            return _by(today, spoken.said, period)
        case "before":
            return _before(today, spoken.said, period)
        case "from":
            return Bounds(period.first, None, period.chose_first)
        case "after":
            return Bounds(period.last + timedelta(days=1), None, period.chose_last)
        case "since":
            return Bounds(period.first, today, period.chose_first)
    return _whole(period)


def _whole(period: Period) -> Bounds:
    season = None
    if period.unit == "season":
        season = f"{period.first.year:04}-{21 + (period.first.month - 3) // 3 % 4}"
    return Bounds(
        period.first, period.last, period.chose_first, period.chose_last, period.strict, season
    )


def _by(today: date, said: Said, period: Period) -> Bounds:
    if isinstance(said, Unit) and said.unit == "year" and said.year and said.year.number:
        return Bounds(today, period.last, False, True, before(period.first))
    return Bounds(today, period.last, False, period.chose_last, period.strict)


def _before(today: date, said: Said, period: Period) -> Bounds:
    if isinstance(said, Part):
        if said.part == "end":
            return Bounds(today, period.last, False, period.chose_last, period.strict)
        if said.part != "begin":
            raise Unsure("before which day of it is not said")
    return Bounds(today, before(period.first), False, False)


def _of_amount(calendar: Calendar, spoken: Spoken) -> Bounds:
    today = calendar.asked.said_on
    if spoken.how in ("open", "soon", "recently", "coming"):
        return _by_word(calendar, spoken, today)
    assert spoken.amount is not None  # noqa: S101 - the other kinds are above
    amount = spoken.amount
    vague = amount.vague is not None
    if spoken.how == "aim":
        return _aim(calendar, amount, today)
    most = calendar.add(today, amount)
    if spoken.how == "least":
        return Bounds(calendar.add(today, amount, most=False), None, vague)
    if spoken.how == "span" and amount.least < amount.most:
        return Bounds(calendar.add(today, amount, most=False), most, vague, vague)
    return Bounds(today, most, False, vague)


def _by_word(calendar: Calendar, spoken: Spoken, today: date) -> Bounds:
    policy = calendar.policy
    match spoken.how:
        case "open":
            return Bounds(today, None, False, True)
        case "recently":
            return Bounds(today - timedelta(days=policy.recently), today, True, False)
        case "soon":
            return Bounds(today, today + timedelta(days=policy.soon[spoken.word]), False, True)
    days = policy.coming.get(spoken.word, 1)
    return Bounds(today, today + timedelta(days=days), False, True)


def _aim(calendar: Calendar, amount: Amount, today: date) -> Bounds:
    if amount.vague is not None:
        return Bounds(today, calendar.add(today, amount), False, True)
    exact = calendar.policy.aim.get(amount.unit)
    if exact is None:
        raise Unsure(f"how near to so many units of a {amount.unit} is meant is not said")
    around = timedelta(days=round(exact * amount.least))
    least, most = calendar.add(today, amount, most=False), calendar.add(today, amount)
    return Bounds(least - around, most + around, bool(around), bool(around))
