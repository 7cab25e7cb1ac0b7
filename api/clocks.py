"""The three clocks as a question states them: texts in, instants and a position out.

`as_of` (valid time, default: today in UTC), `known_at` (publication time, default: `as_of`) and
`as_at` (transaction time, default: now) are never mixed. A day means through its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from timeline.bitemporal import Clocks, end_of, format_instant, parse_clock, start_of
from timeline.errors import BadInput, ClockBeyondHead, InvalidDate

if TYPE_CHECKING:
    from timeline.recorder import LogReader
    from timeline.recorder.reader import Snapshot

    Log = LogReader | Snapshot

Moment = str | date | datetime
Position = str | int | date | datetime

_POSITION = "position:"
_DIGITS = 18  # what a 64-bit position can need


class ClockArguments(TypedDict, total=False):
    """The keyword arguments every question takes.

    `as_of` is valid time (default: today in UTC), `known_at` publication time (default: the value
    of `as_of`), `as_at` transaction time (default: now; an instant, or `position:N`).
    """

    as_of: Moment | None
    known_at: Moment | None
    as_at: Position | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The clocks of one question, resolved, and the texts an answer repeats."""

    clocks: Clocks
    as_of: str
    known_at: str
    as_at: str
    closed: bool

    @property
    def position(self) -> int:
        """The position of the log the answer rests on."""
        return self.clocks.as_at

    def texts(self) -> dict[str, str | int]:
        """Return what every answer opens with."""
        told: dict[str, str | int] = {"as_of": self.as_of, "known_at": self.known_at}
        return told | {"as_at": self.as_at, "position": self.position}


def ask(
    log: Log,
    *,
    now: datetime,
    as_of: Moment | None = None,
    known_at: Moment | None = None,
    as_at: Position | None = None,
) -> Asked:
    """Resolve the clocks of a question asked at `now`.

    The question is closed when no later day and no later append can change its answer: `as_of` and
    `known_at` lie before today, and `as_at` was stated as a position, or as an instant before the
    last append. What followed read models have not reached cannot be asked, and they are the head.
    Raises InvalidDate or ClockBeyondHead.
    """
    of_text, of = _moment(now.date() if as_of is None else as_of, "as_of")
    known_text, known = (of_text, of) if known_at is None else _moment(known_at, "known_at")
    head = log.reach().reached
    position = _position(log, as_at, now, head)
    # An append under way has its instant already and its position not yet: at the head, an instant
    # may still come to mean more.
    fixed = as_at is not None and (_stated_position(as_at) is not None or position < head)
    closed = fixed and max(of, known) < start_of(now.date())
    clocks = Clocks(as_of=of, known_at=known, as_at=position)
    return Asked(clocks, of_text, known_text, _as_at_text(as_at, position), closed)


def public_by(asked: Asked, stated: ClockArguments) -> datetime | None:
    """Return by when an event must have been public to be told of; None when nobody asked."""
    if stated.get("as_of") is None and stated.get("known_at") is None:
        return None
    return min(asked.clocks.as_of, asked.clocks.known_at)


def _moment(value: Moment, name: str) -> tuple[str, datetime]:
    if isinstance(value, datetime):
        try:
            return format_instant(value), value
        except InvalidDate as error:
            raise error.at(name) from None
    if isinstance(value, date):
        return value.isoformat(), end_of(value)
    return value, parse_clock(value, name)


def _position(log: Log, as_at: Position | None, now: datetime, head: int) -> int:
    if as_at is None:
        return head
    stated = _stated_position(as_at)
    if stated is None:
        _, instant = _moment(as_at, "as_at")  # type: ignore[arg-type]
        stated = _recorded_by(log, instant, now)
    if stated > head:
        _require_reached(log, stated)
    return stated


def _require_reached(log: Log, position: int) -> None:
    """Look once more: what was appended since the first look is no fault of the question."""
    reached, head, _ = log.reach()
    if position > head:
        told = f"position {position} is beyond the head, {head}"
    elif position > reached:
        told = f"the read models have come to position {reached} of {head} (`timeline follow`)"
    else:
        return
    raise ClockBeyondHead(f"{told}; ask at position:{reached} or earlier", place="as_at")


def _stated_position(as_at: Position) -> int | None:
    text = f"{_POSITION}{as_at}" if isinstance(as_at, int) else as_at
    if not isinstance(text, str) or not text.startswith(_POSITION):
        return None
    number = text.removeprefix(_POSITION)
    if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS):
        raise BadInput(f"{text!r} names no position; write position:12", place="as_at")
    return int(number)


def _recorded_by(log: Log, instant: datetime, now: datetime) -> int:
    if instant > now:
        raise ClockBeyondHead(
            f"{format_instant(instant)} has not come yet; leave as_at out to ask as of now",
            place="as_at",
        )
    return log.position_at(instant)


def _as_at_text(as_at: Position | None, position: int) -> str:
    if as_at is None or isinstance(as_at, int):
        return f"{_POSITION}{position}"
    return as_at if isinstance(as_at, str) else _moment(as_at, "as_at")[0]
