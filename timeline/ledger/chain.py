"""The chain over answered requests: each link hashes the one before it and one more request.

A request may have recorded nothing, so it has no place among the events; its link stands in the
order in which requests were answered. The last link speaks for all of them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

NO_LINK = bytes(32)
"""What the first link follows."""

LAST_LINK = "SELECT number, hash FROM ledger_requests ORDER BY number DESC LIMIT 1"


class ChainEnd(NamedTuple):
    """How many requests are linked, and the last link."""

    number: int
    link: bytes


def link(before: bytes, request: bytes) -> bytes:
    """Return the link that follows `before` with the hash of one more request."""
    return sha256(before + request).digest()


def chain_end(row: Any) -> ChainEnd:
    """Return where the chain ends, of what `LAST_LINK` has found."""
    return ChainEnd(*row) if row else ChainEnd(0, NO_LINK)


def last(connection: Connection) -> ChainEnd:
    """Return where the chain ends."""
    return chain_end(connection.exec_driver_sql(LAST_LINK).one_or_none())
