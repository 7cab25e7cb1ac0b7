"""The envelope: every event that is ever stored has this shape.

Time stands in it twice and the third clock is missing on purpose: `occurred` and the valid period
are valid time, `disclosed` is publication time; `position` and `recorded_at` belong to the store
and are never said by a caller.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  # the fields of a dataclass are read at run time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from timeline.bitemporal import OpenEnd, Window, counts_from
from timeline.errors import InvalidEvent, InvalidPeriod

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVELOPE_VERSION = 1


class Kind(StrEnum):
    """What an item is: the section of a bundle it stands in, and the scope of its id."""

    ISSUER = "issuer"
    PROGRAM = "program"
    DOCUMENT = "document"
    EVENT = "event"
    EXPECTATION = "expectation"
    ADJUDICATION = "adjudication"
    CORRECTION = "correction"
    DRAFT = "draft"


class Outcome(StrEnum):
    """How an event leaves its milestone. Reached is not succeeded: see `Result`."""

    REACHED = "reached"
    FAILED = "failed"


class Result(StrEnum):
    """What the event found, where it found something."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"


class Confidence(StrEnum):
    """How sure the one who recorded it is that the source says so."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Visibility(StrEnum):
    """Who may see it."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in its document something stands: code points `[start, end)` of the canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that is empty or runs backwards."""
        if not 0 <= self.start < self.end:
            raise InvalidEvent("start must be at least 0 and before end", place="locator")


# Without slots: `from_payload` fills its dict at once, much faster than one field after the other.
@dataclass(frozen=True)
class Event:
    """One thing that happened, or was stated, or was put right.

    `occurred` is the window of calendar days in which it happened; `disclosed` the window, or the
    instant, at which it first became public. `valid_from`/`valid_to` bound (half-open, UTC
    instants) how long its facts hold; without them they hold from the last day of `occurred`.
    """

    type: str
    issuer: str
    item: str
    kind: Kind = Kind.EVENT
    type_version: int = 1
    program: str | None = None
    occurred: Window | None = None
    disclosed: Window | datetime | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    open_end: OpenEnd = OpenEnd.UNTIL_NEXT
    document: str | None = None
    locator: Locator | None = None
    attributed_to: str | None = None
    recorded_by: str = "unknown"
    reason: str | None = None
    confidence: Confidence | None = None
    visibility: Visibility = Visibility.PUBLIC
    personal: tuple[str, ...] = ()
    milestone: str | None = None
    qualifier: str | None = None
    outcome: Outcome | None = None
    result: Result | None = None
    summary: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an envelope that contradicts itself."""
        self._check_period()
        self._check_milestone()
        unmarked = [name for name in self.personal if name not in self.facts]
        if unmarked:
            raise InvalidEvent(f"personal names no fact: {unmarked}", place="personal")

    def _check_period(self) -> None:
        start, end = self.valid_from, self.valid_to
        if end is not None and start is None:
            raise InvalidPeriod("valid_to needs a valid_from", place="valid_to")
        if start is not None and end is not None and start >= end:
            raise InvalidPeriod("valid_from must lie before valid_to", place="valid_to")

    def _check_milestone(self) -> None:
        if self.milestone is None and self.outcome is not None:
            raise InvalidEvent("an outcome needs its milestone", place="milestone")
        if self.result is not None and self.outcome is None and self.milestone is not None:
            raise InvalidEvent("a result on a milestone needs an outcome", place="outcome")

    @property
    def disclosed_at(self) -> datetime | None:
        """The instant from which the public knows it (publication time), None if it never does."""
        return None if self.disclosed is None else counts_from(self.disclosed)
