"""What an expectation is made of: statements, outcomes, ends of programs, adjudications.

All of it is plain data about one issuer, already narrowed to what was recorded at the asked
`as_at`; what counts at `as_of` and `known_at` is decided in `register`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  # the fields of a dataclass are read at run time
from enum import StrEnum
from typing import NamedTuple

from timeline.bitemporal import Window  # noqa: TC001
from timeline.errors import InvalidEvent


class Verdict(StrEnum):
    """What can be said of one statement at given clocks. "Late" speaks of time, never of law."""

    OPEN = "open"
    MET_EARLY = "met_early"
    MET_ON_TIME = "met_on_time"
    MET_LATE = "met_late"
    MISSED = "missed"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    CONDITION_FAILED = "condition_failed"
    MOOT = "moot"
    INDETERMINATE = "indeterminate"


class Target(NamedTuple):
    """What a chain is about, within one issuer: a milestone of a program, told apart further."""

    program: str | None
    milestone: str
    qualifier: str | None


class Place(NamedTuple):
    """Where something stands in the order of knowledge: last published, then last recorded."""

    disclosed_at: datetime
    position: int


@dataclass(frozen=True, slots=True)
class Condition:
    """What a statement hangs on. Without a `target` it is words only, and no machine judges it."""

    text: str | None
    target: Target | None = None
    requires_positive: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said that a milestone would be reached within `window` (None: no window given)."""

    id: str
    target: Target
    stated: Window
    window: Window | None
    position: int
    said_by: str | None = None
    words: str | None = None
    condition: Condition | None = None
    withdraws: str | None = None
    document: str | None = None

    def __post_init__(self) -> None:
        """Refuse a statement nobody can date."""
        if self.stated.latest is None:
            raise InvalidEvent("a statement needs a last possible day", place="stated_on")

    @property
    def stated_on(self) -> date:
        """The day from which it is public: the last possible day it was made on."""
        assert self.stated.latest is not None  # noqa: S101  # checked when it was made
        return self.stated.latest

    @property
    def order(self) -> tuple[date, int]:
        """Its order in its chain."""
        return self.stated_on, self.position

    @property
    def only_withdraws(self) -> bool:
        """Whether it takes a statement back and puts nothing in its place."""
        return self.withdraws is not None and self.window is None


@dataclass(frozen=True, slots=True)
class OutcomeEvent:
    """An event that reached or failed a milestone."""

    id: str
    target: Target
    reached: bool
    result: str | None
    occurred: Window
    place: Place


@dataclass(frozen=True, slots=True)
class ProgramEnd:
    """An event that ended a program."""

    id: str
    program: str
    occurred: Window
    place: Place


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A person's recorded decision on one statement, with the reason."""

    id: str
    expectation: str
    verdict: Verdict
    reason: str | None
    place: Place
