"""Reading what is stored in bulk, as text that can be hashed at once, in chunks by the driver."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection

CHUNK = 5_000

# SQLite keeps instants as the text that is hashed; PostgreSQL can write the same.
_INSTANT = "to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
_AS_KEPT = {"recorded_at": "recorded_at", "stream": "stream"}
_AS_TEXT = {"recorded_at": _INSTANT, "stream": "stream::text"}

_EVENTS = (
    "SELECT position, {recorded_at}, {stream}, topic, version, payload FROM events "
    "WHERE position > {mark} ORDER BY position LIMIT {mark}"
)
_REQUESTS = (
    "SELECT key, digest, first_position, last_position, {recorded_at}, answer FROM idempotency"
)
_INSTANTS = "SELECT position, {recorded_at} FROM events WHERE position IN ({marks})"
_IN_ORDER = " ORDER BY first_position, last_position, key"
_ENTERED = (
    "SELECT number, key, hash FROM ledger_requests WHERE number > {mark} "
    "ORDER BY number LIMIT {mark}"
)


def events(connection: Connection) -> Iterator[list[Any]]:
    """Yield chunks of (position, recorded_at, stream, topic, version, payload), by position."""
    return _chunks(connection, _EVENTS)


def entered(connection: Connection) -> Iterator[list[Any]]:
    """Yield chunks of (number, key, hash) of the requests in the ledger, by number."""
    return _chunks(connection, _ENTERED)


def requests(connection: Connection, keys: Sequence[str] | None = None) -> list[Any]:
    """Return (key, digest, first, last, recorded_at, answer) of `keys`, else of all in order."""
    if keys is None:
        return _all(connection, _REQUESTS + _IN_ORDER)
    if not keys:
        return []
    marks = ", ".join(["{mark}"] * len(keys))
    return _all(connection, f"{_REQUESTS} WHERE key IN ({marks})", *keys)


def _chunks(connection: Connection, statement: str) -> Iterator[list[Any]]:
    """Page by the first column, which is a key; it may be anything in a store that was changed."""
    after = -(2**62)
    while rows := _all(connection, statement, after, CHUNK):
        yield rows
        after = rows[-1][0]


def _all(connection: Connection, statement: str, *told: Any) -> list[Any]:
    is_postgresql = connection.dialect.name == "postgresql"
    words = _AS_TEXT if is_postgresql else _AS_KEPT
    cursor = connection.connection.cursor()
    cursor.execute(statement.format(**words, mark="%s" if is_postgresql else "?"), told)
    return list(cursor.fetchall())


@contextmanager
def whatever_text(connection: Connection) -> Iterator[None]:
    """Have text that is no UTF-8 read as such, where SQLite would refuse to hand the row out."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    before, raw.text_factory = raw.text_factory, _read_text
    try:
        yield
    finally:
        raw.text_factory = before


def _read_text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def instants(connection: Connection, positions: Sequence[int]) -> dict[int, str]:
    """Return the `recorded_at` of the events at `positions`, a thousand at most."""
    if not positions:
        return {}
    marks = ", ".join(["{mark}"] * len(positions))
    return dict(_all(connection, _INSTANTS.replace("{marks}", marks), *positions))
