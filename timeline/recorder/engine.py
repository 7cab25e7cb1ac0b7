"""Opening a store by its URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from timeline.errors import BadInput
from timeline.recorder.postgresql import Postgresql, open_postgresql
from timeline.recorder.sqlite import Sqlite, open_sqlite

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder.database import Database
    from timeline.recorder.inserts import Inserts

__all__ = ["LOCK_TIMEOUT", "database_of", "inserting", "open_engine"]

LOCK_TIMEOUT = 10.0
"""Seconds an append waits for the others before it gives up."""


def open_engine(url: str, *, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """Return an engine on `sqlite:///FILE` or `postgresql://...`; nothing is connected yet.

    SQLite commits durably (write-ahead log, synchronous=FULL) and its connections refuse to change
    the log. `lock_timeout` is in seconds. Raises `BadInput` for any other URL. Dispose of the
    engine when done.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadInput("write sqlite:///FILE or postgresql://USER@HOST/DATABASE") from error
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return open_sqlite(parsed, lock_timeout)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return open_postgresql(parsed, lock_timeout)
    raise BadInput(f"no store on {parsed.drivername}; use sqlite:///FILE or postgresql://...")


def database_of(engine: Engine) -> Database:
    """Return what the recorder needs to know about the engine's database."""
    return Postgresql() if engine.dialect.name == "postgresql" else Sqlite()


def inserting(connection: Connection) -> AbstractContextManager[Inserts]:
    """Open the way by which rows of a transaction reach their tables, by its database's driver."""
    return database_of(connection.engine).inserting(connection)
