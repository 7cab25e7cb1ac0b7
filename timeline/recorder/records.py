"""What goes into the log and what comes out of it. Payloads are opaque bytes here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

__all__ = ["Appended", "Idempotency", "StoredRecord"]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One event as stored.

    `position` is its place in the whole log (1-based, gap-free), `recorded_at` the instant in UTC
    at which this system stored it (transaction time), `version` its place within its `stream`.
    """

    position: int
    recorded_at: datetime
    stream: UUID
    version: int
    topic: str
    payload: bytes


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


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The caller's key, and the digest of the request it stands for.

    `answer` makes the bytes to give again when the request is repeated; it is called inside the
    append's transaction, after the read models were written.
    """

    key: str
    digest: str
    answer: Callable[[Appended], bytes] | None = None
