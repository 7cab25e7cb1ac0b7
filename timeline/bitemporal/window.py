"""A window: some day within [earliest, latest], both inclusive, on the calendar of the source.

A date given as "May 2008" stays a window; no day is ever invented. What can be said of the day
meant is therefore three-valued: true for every choice of the day, for none, or for some.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - get_type_hints of a dataclass needs it at run time
from enum import StrEnum

from timeline.errors import InvalidDate


class Truth(StrEnum):
    """What holds for every (yes), no (no) or only some (maybe) choice of an uncertain day."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Window:
    """Some day within `earliest`..`latest`, inclusive calendar days; None is an open side.

    `edtf` is the ISO 8601-2 text, `words` are the source's own, and `policy` names what read
    the words. An earliest day after the latest raises InvalidDate.
    """

    earliest: date | None
    latest: date | None
    edtf: str
    words: str | None = None
    policy: str | None = None

    def __post_init__(self) -> None:
        """Refuse a window that holds no day."""
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise InvalidDate(
                f"a window cannot end on {self.latest} before it begins on {self.earliest};"
                " swap the two days"
            )

    @classmethod
    def day(cls, on: date) -> Window:
        """Return the window of exactly one day."""
        return cls(on, on, on.isoformat())

    @property
    def is_open(self) -> bool:
        """Whether at least one side is unbounded."""
        return self.earliest is None or self.latest is None


def before(a: Window, b: Window) -> Truth:
    """Tell whether the day meant by `a` lies before every day of window `b`.

    Nothing lies before a window with an open start.
    """
    if b.earliest is None or (a.earliest is not None and a.earliest >= b.earliest):
        return Truth.NO
    certain = a.latest is not None and a.latest < b.earliest
    return Truth.YES if certain else Truth.MAYBE


def after(a: Window, b: Window) -> Truth:
    """Tell whether the day meant by `a` lies after every day of window `b`.

    Nothing lies after a window with an open end.
    """
    if b.latest is None or (a.latest is not None and a.latest <= b.latest):
        return Truth.NO
    certain = a.earliest is not None and a.earliest > b.latest
    return Truth.YES if certain else Truth.MAYBE


def inside(a: Window, b: Window) -> Truth:
    """Tell whether the day meant by `a` is one of the days of window `b`, its ends included."""
    sides = (before(a, b), after(a, b))
    if Truth.YES in sides:
        return Truth.NO
    return Truth.YES if sides == (Truth.NO, Truth.NO) else Truth.MAYBE


def days_between(actual: Window, day: date) -> tuple[int, int] | None:
    """Return (first, last) possible number of days from `day` to the day meant by `actual`.

    Negative is early. None when either side of `actual` is open: the range has no such end.
    """
    if actual.earliest is None or actual.latest is None:
        return None
    return (actual.earliest - day).days, (actual.latest - day).days
