"""Requests answered before: the same key and digest get the same answer, and write nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from timeline.errors import IdempotencyKeyReused
from timeline.recorder.leaves import write_request
from timeline.recorder.records import Appended
from timeline.recorder.schema import idempotency

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from timeline.recorder.records import Idempotency

__all__ = ["keep", "kept"]

# Built once: building and hashing a statement takes longer than running it.
_KEPT = select(idempotency).where(idempotency.c.key == bindparam("asked"))


def kept(connection: Connection, request: Idempotency) -> Appended | None:
    """Return the answer given before; raises `IdempotencyKeyReused` if to another request."""
    row = connection.execute(_KEPT, {"asked": request.key}).one_or_none()
    if row is None:
        return None
    if row.digest != request.digest:
        raise IdempotencyKeyReused(
            f"the idempotency key {request.key!r} was used for another request; take a new one"
        )
    return Appended(
        row.first_position, row.last_position, row.recorded_at, repeated=True, answer=row.answer
    )


def keep(connection: Connection, request: Idempotency, appended: Appended) -> Appended:
    """Keep the answer to `request` and return it."""
    if request.answer is not None:
        appended = replace(appended, answer=request.answer(appended))
    write_request(connection, request.key, request.digest, appended)
    return appended
