"""Partners: the other companies that what is on record of an issuer names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from sqlalchemy import select

from projections.facts import facts
from projections.read_model import recorded_by

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ATTRIBUTES = ("partner", "counterparty")


def partners_of(connection: Connection, issuer: str, *, as_at: int) -> list[str]:
    """Return the names of those who ever were partner or counterparty, as recorded by `as_at`."""
    t = facts.c
    query = select(t.value).distinct()
    query = query.where(t.issuer_id == issuer, t.attribute.in_(_ATTRIBUTES))
    values = connection.execute(query.where(recorded_by(facts, as_at))).scalars()
    told = (orjson.loads(value) for value in values)
    return sorted({name for name in told if isinstance(name, str)})
