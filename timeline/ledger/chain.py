"""The chain over answered requests: each link hashes the one before it and one more request.

A request may have recorded nothing, so it has no place among the events; its link stands in the
order in which requests were answered. The last link speaks for all of them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

NO_LINK = bytes(32)
"""What the first link follows."""

_LAST = "SELECT number, hash FROM ledger_requests ORDER BY number DESC LIMIT 1"
_KEEP = (
    "INSERT INTO idempotency (key, digest, first_position, last_position, recorded_at, answer) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_LINK = "INSERT INTO ledger_requests (number, key, hash) VALUES (?, ?, ?)"
# On PostgreSQL all of it is one round trip, and nothing has to come back.
_KEEP_AND_LINK = f"""
WITH kept AS ({_KEEP.replace("?", "%s")})
INSERT INTO ledger_requests (number, key, hash)
SELECT COALESCE(last.number, 0) + 1, %s, sha256(COALESCE(last.hash, %s) || %s)
FROM (VALUES (1)) AS one LEFT JOIN ({_LAST}) AS last ON true
"""  # noqa: S608  # our own words


def link(before: bytes, request: bytes) -> bytes:
    """Return the link that follows `before` with the hash of one more request."""
    return sha256(before + request).digest()


def last(connection: Connection) -> tuple[int, bytes]:
    """Return how many requests are linked, and the last link."""
    cursor = connection.connection.cursor()
    cursor.execute(_LAST)
    number, hash_ = cursor.fetchone() or (0, NO_LINK)
    return number, hash_


def keep(connection: Connection, row: Sequence[Any], request: bytes) -> None:
    """Store an answered request, the `row` of idempotency from its key to its answer, and its link.

    `request` is the hash of its canonical bytes; `recorded_at` is as the driver takes it.
    """
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        cursor.execute(_KEEP_AND_LINK, (*row, row[0], NO_LINK, request))
        return
    number, before = last(connection)
    cursor.execute(_KEEP, row)
    cursor.execute(_LINK, (number + 1, row[0], link(before, request)))


def add(connection: Connection, key: str, request: bytes) -> None:
    """Link a request that is stored already."""
    number, before = last(connection)
    cursor = connection.connection.cursor()
    statement = _LINK.replace("?", "%s") if connection.dialect.name == "postgresql" else _LINK
    cursor.execute(statement, (number + 1, key, link(before, request)))
