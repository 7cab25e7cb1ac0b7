"""Allen's thirteen relations between two half-open periods [from, to).

Source: J. F. Allen, "Maintaining knowledge about temporal intervals", CACM 26 (1983).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from timeline.errors import InvalidPeriod

Period = tuple[datetime, datetime | None]

# (how the starts compare, how the ends compare) of two periods that share some time
_SHARING: Final = {
    (-1, -1): "overlaps",
    (-1, 0): "finished_by",
    (-1, 1): "contains",
    (0, -1): "starts",
    (0, 0): "equals",
    (0, 1): "started_by",
    (1, -1): "during",
    (1, 0): "finishes",
    (1, 1): "overlapped_by",
}


def relation(a: Period, b: Period) -> str:
    """Name how period `a` stands to period `b`; an end of None is unbounded.

    One of before, meets, overlaps, starts, during, finishes, equals, finished_by, contains,
    started_by, overlapped_by, met_by, after. A period with from >= to raises InvalidPeriod.
    """
    (a_from, a_to), (b_from, b_to) = _checked(a), _checked(b)
    if a_to is not None and a_to <= b_from:
        return "meets" if a_to == b_from else "before"
    if b_to is not None and b_to <= a_from:
        return "met_by" if b_to == a_from else "after"
    return _SHARING[_compared(a_from, b_from), _compared_ends(a_to, b_to)]


def _checked(period: Period) -> Period:
    start, end = period
    if end is not None and start >= end:
        raise InvalidPeriod(f"a period from {start} must end after that, not at {end}")
    return period


def _compared(a: datetime, b: datetime) -> int:
    return (a > b) - (a < b)


def _compared_ends(a: datetime | None, b: datetime | None) -> int:
    if a is None or b is None:
        return (a is None) - (b is None)
    return _compared(a, b)
