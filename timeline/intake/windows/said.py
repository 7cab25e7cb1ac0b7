"""What words about time say, before any calendar: a small tree that a policy turns into days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - a dataclass of ours is read at run time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Year:
    """A year: `number` as written, or `shift` from the one of the statement (this, next, last).

    With neither it is "that year", the one spoken of before. `fiscal` is None where the words do
    not tell whose year it is; `bare` is "the year".
    """

    number: int | None = None
    shift: int | None = None
    fiscal: bool | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A month, quarter, half, season or whole year, by its `number` in the year.

    Without a number it is `shift` units from the one of the statement; a `year` of None is for
    the date of the statement to tell.
    """

    unit: str
    number: int | str | None = None
    shift: int | None = None
    year: Year | None = None
    fiscal: bool | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; a year of None is for the date of the statement to tell."""

    month: int
    day: int
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class Feast:
    """The `nth` weekday of a month, the last one where it is -1: Thanksgiving, Labor Day."""

    month: int
    weekday: int
    nth: int
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of a week: the next one, or that of the week `shift` from the one of the statement."""

    number: int
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week of a day: that holds it, begins with it or ends with it."""

    day: Day
    how: str


@dataclass(frozen=True, slots=True)
class Ending:
    """`months` months that end with a day: "third quarter ending January 31, 2012"."""

    months: int
    last: Day
    over: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Early, mid, late, begin, end, rest, later, earlier or whole of something."""

    part: str
    whole: Said


@dataclass(frozen=True, slots=True)
class Counted:
    """The `first` or `last` so many units of something, or the one of that number in it."""

    which: str
    number: int
    unit: str
    whole: Said
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first day of one thing to the last day of another."""

    first: Said
    last: Said


@dataclass(frozen=True, slots=True)
class Either:
    """One of several things."""

    choices: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """So much time: `least` to `most` units, or a vague word for how many."""

    unit: str
    least: float = 0
    most: float = 0
    vague: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """An amount of time after (1) or before (-1) something on the calendar."""

    amount: Amount
    way: int
    anchor: Said
    within: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of the year."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the statement."""


Said = (
    Unit
    | Day
    | Feast
    | Weekday
    | WeekOf
    | Ending
    | Part
    | Counted
    | Stretch
    | Either
    | Offset
    | Turn
    | Today
)


# The fields of what is made of other things that are read the same way.
_INSIDE: Final[Mapping[type, tuple[str, ...]]] = {
    Part: ("whole",),
    Counted: ("whole",),
    WeekOf: ("day",),
    Ending: ("last",),
    Stretch: ("first", "last"),
    Offset: ("anchor",),
}


def lacks_year(said: Said) -> bool:
    """Whether the date of the statement must tell the year."""
    match said:
        case Unit(unit=unit, shift=shift, year=year):
            return shift is None and year is None and unit not in ("week", "decade")
        case Day(year=year) | Feast(year=year):
            return year is None
        case Either(choices=choices):
            return all(map(lacks_year, choices))
    inside = _INSIDE.get(type(said), ())
    return bool(inside) and all(lacks_year(getattr(said, name)) for name in inside)


def with_year(said: Said, year: Year) -> Said:
    """Return `said` with `year` wherever it lacks one."""
    match said:
        case Unit() | Day() | Feast():
            return replace(said, year=year) if lacks_year(said) else said
        case Either(choices=choices):
            return Either(tuple(with_year(choice, year) for choice in choices))
    inside: dict[str, Any] = {
        name: with_year(getattr(said, name), year) for name in _INSIDE.get(type(said), ())
    }
    return replace(said, **inside)


def year_of(said: Said) -> Year | None:
    """Return the year that the words give, the last one where there are several."""
    match said:
        case Unit(year=year) | Day(year=year) | Feast(year=year):
            return year
        case Part(whole=whole) | Counted(whole=whole):
            return year_of(whole)
        case WeekOf(day=day) | Ending(last=day):
            return day.year
        case Stretch(first=first, last=last):
            return year_of(last) or year_of(first)
        case Either(choices=choices):
            return next((year for c in reversed(choices) if (year := year_of(c))), None)
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known when words are turned into days: who spoke when, and of what before."""

    said_on: date
    fiscal_year_end: tuple[int, int] | None
    spoken_of: tuple[date, date] | None = None
