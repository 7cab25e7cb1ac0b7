"""A period: the days that words were turned into, or why they cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass of ours is read at run time


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
