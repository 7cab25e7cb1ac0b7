"""Where transaction time comes from: one reading under the append lock, never going back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from timeline.errors import InvalidDate, RecordedAtWentBack

__all__ = ["Clock", "InjectedClock", "SystemClock", "instant_text"]


class Clock(Protocol):
    """Transaction time, in UTC at microseconds. Only the recorder asks for `stamp`."""

    def now(self) -> datetime:
        """Return the present instant; it may lie before the last one in the log."""
        ...

    def stamp(self, last: datetime | None) -> datetime:
        """Return the `recorded_at` of an append that follows one recorded at `last`.

        Never before `last`. Raises `RecordedAtWentBack` where going back is a mistake.
        """
        ...


class SystemClock:
    """The machine's clock. It may be set back at any time, so a stamp is clamped to the last."""

    def now(self) -> datetime:
        """Return the machine's instant, in UTC."""
        return datetime.now(UTC)

    def stamp(self, last: datetime | None) -> datetime:
        """Return now, or `last` while the machine's clock is behind it."""
        now = self.now()
        return now if last is None else max(now, last)


class InjectedClock:
    """A clock that stands where a test or a replay puts it; set `instant` to move it."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    @property
    def instant(self) -> datetime:
        """The instant this clock shows, in UTC. Setting a naive one raises `InvalidDate`."""
        return self._instant

    @instant.setter
    def instant(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise InvalidDate(f"{instant.isoformat()} has no offset; state one, such as +00:00")
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was put at."""
        return self._instant

    def stamp(self, last: datetime | None) -> datetime:
        """Return the instant it was put at; raises `RecordedAtWentBack` if that is before `last`.

        Stated time that goes back is a mistake in the input, so it is refused, not clamped.
        """
        if last is not None and self._instant < last:
            raise RecordedAtWentBack(
                f"recorded_at {instant_text(self._instant)} lies before {instant_text(last)}, "
                "the last one in the log; state an instant that is not earlier"
            )
        return self._instant


def instant_text(instant: datetime) -> str:
    """Write an aware instant as `2008-07-08T12:00:00.000000Z`: fixed width, so texts sort as time.

    Stored in SQLite and hashed into the ledger: this form may never change.
    """
    return _utc_text(instant.astimezone(UTC))


# Of an instant in UTC alone: elsewhere two instants of one clock hour put back compare as equal.
@lru_cache(4096)
def _utc_text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")
