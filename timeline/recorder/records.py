"""What goes into the log and what comes out of it. Payloads are opaque bytes here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  # the fields of a named tuple are read at run time
from typing import TYPE_CHECKING, NamedTuple

from eventsourcing.persistence import StoredEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

__all__ = ["Appended", "Idempotency", "KeptAnswer", "LogEnd", "NewEvent", "Reach", "StoredRecord"]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One event as stored.

    `position` is its place in the whole log (1-based, gap-free), `recorded_at` the instant in UTC
    at which this system stored it (transaction time), `version` its place within its `stream`.
    `source` is what its payload was encoded from, as far as it has just been: see `NewEvent`.
    """

    position: int
    recorded_at: datetime
    stream: UUID
    version: int
    topic: str
    payload: bytes
    source: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class NewEvent(StoredEvent):
    """An event to be stored, with what its bytes were encoded from.

    So whoever is called inline need not decode them; `source` is to equal what they decode to.
    """

    source: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LogEnd:
    """The last position and its `recorded_at`, in UTC; (0, None) for an empty log.

    `followed_to` is the position that the read models have reached where they are followed, and
    None where they are written inline.
    """

    position: int
    recorded_at: datetime | None
    followed_to: int | None = None


class Reach(NamedTuple):
    """How far the read models have come: they answer up to position `reached` of `head`.

    Where they are written inline, which `followed` tells, both are the end of the log.
    """

    reached: int
    head: int
    followed: bool


@dataclass(frozen=True, slots=True)
class Appended:
    """The outcome of one append: positions `first` to `last`, both inclusive.

    Nothing to append gives `last == first - 1`. `repeated` says that the idempotency key had been
    answered before and nothing was written now; `answer` is the bytes kept with that key.
    """

    first: int
    last: int
    recorded_at: datetime
    repeated: bool = False
    answer: bytes = b""


class KeptAnswer(NamedTuple):
    """What was answered to an idempotency key: a row of its table."""

    key: str
    digest: str
    first_position: int
    last_position: int
    recorded_at: datetime
    answer: bytes


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The caller's key, and the digest of the request it stands for.

    `answer` makes the bytes to give again when the request is repeated; it is called inside the
    append's transaction, after the read models were written.
    """

    key: str
    digest: str
    answer: Callable[[Appended], bytes] | None = None
