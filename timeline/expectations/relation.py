"""How a newer window stands to the one before it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.bitemporal import Window


class Relation(StrEnum):
    """The relation of a newer window [c, d] to the older [a, b]."""

    REAFFIRMED = "reaffirmed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    PUSHED_OUT = "pushed_out"
    PULLED_IN = "pulled_in"
    REPLACED = "replaced"


MOVED = frozenset({Relation.PUSHED_OUT, Relation.PULLED_IN})


def relation(newer: Window | None, older: Window | None, *, stated_on: date) -> Relation:
    """Return how `newer`, said on `stated_on`, stands to `older`.

    An open start of the newer window is read as `stated_on`; other open sides are unbounded. The
    same last day with starts that are equal once both are moved up to `stated_on` is the same
    promise said again ("by year end"). Two statements without a window agree.
    """
    if newer is None or older is None:
        return Relation.REAFFIRMED if newer is older else Relation.REPLACED
    a, b = older.earliest or date.min, older.latest or date.max
    c, d = newer.earliest or stated_on, newer.latest or date.max
    if (d == b and max(a, stated_on) == max(c, stated_on)) or (a, b) == (c, d):
        return Relation.REAFFIRMED
    if a <= c and d <= b:
        return Relation.NARROWED
    if c <= a and b <= d:
        return Relation.WIDENED
    return Relation.PUSHED_OUT if c > a else Relation.PULLED_IN
