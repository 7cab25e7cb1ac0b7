"""The three clocks of a question, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from timeline.errors import BadInput, InvalidDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Where a question stands on each axis; all three are inclusive.

    `as_of` is valid time: what had happened or held by then. `known_at` is publication time:
    what was public by then. `as_at` is transaction time as a position of the log: what was
    recorded by then, 0 being the empty store. An instant without an offset raises InvalidDate,
    a negative position BadInput.
    """

    as_of: datetime
    known_at: datetime
    as_at: int

    def __post_init__(self) -> None:
        """Refuse instants that are none, and positions that cannot be."""
        for name, at in (("as_of", self.as_of), ("known_at", self.known_at)):
            if at.utcoffset() is None:
                raise InvalidDate(f"{at.isoformat()} has no offset; give it in UTC", place=name)
        if self.as_at < 0:
            raise BadInput(f"{self.as_at} is no position; the empty store is 0", place="as_at")

    @property
    def day(self) -> date:
        """The UTC calendar date of the earlier of `as_of` and `known_at`."""
        return min(self.as_of, self.known_at).astimezone(UTC).date()
