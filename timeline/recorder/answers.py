"""Requests answered before: the same key and digest get the same answer, and write nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from timeline.errors import IdempotencyKeyReused
from timeline.recorder.leaves import write_link
from timeline.recorder.records import Appended, KeptAnswer
from timeline.recorder.schema import idempotency

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from timeline.ledger.chain import ChainEnd
    from timeline.recorder.inserts import Inserts
    from timeline.recorder.records import Idempotency

__all__ = ["keep", "kept", "same"]

# Built once: building and hashing a statement takes longer than running it.
_KEPT = select(idempotency).where(idempotency.c.key == bindparam("asked"))


def kept(connection: Connection, request: Idempotency) -> Appended | None:
    """Return the answer given before; raises `IdempotencyKeyReused` if to another request."""
    row = connection.execute(_KEPT, {"asked": request.key}).one_or_none()
    return None if row is None else same(KeptAnswer(*row), request)


def same(given: KeptAnswer, request: Idempotency) -> Appended:
    """Return the answer given before to the key; raises `IdempotencyKeyReused` as `kept` does."""
    if given.digest != request.digest:
        raise IdempotencyKeyReused(
            f"the idempotency key {request.key!r} was used for another request; take a new one"
        )
    return Appended(
        given.first_position,
        given.last_position,
        given.recorded_at,
        repeated=True,
        answer=given.answer,
    )


def keep(
    inserts: Inserts, request: Idempotency, appended: Appended, chain_end: ChainEnd
) -> Appended:
    """Keep the answer to `request`, link it into the ledger after `chain_end`, and return it."""
    if request.answer is not None:
        appended = replace(appended, answer=request.answer(appended))
    row = KeptAnswer(
        request.key,
        request.digest,
        appended.first,
        appended.last,
        appended.recorded_at,
        appended.answer,
    )
    inserts.add(idempotency, [row])
    write_link(inserts, row, chain_end)
    return appended
