"""Rows into SQLite: each table's at once, by the driver."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.dialects import sqlite

from timeline.recorder.clock import instant_text
from timeline.recorder.inserts import KEPT_TABLES, insert_text
from timeline.recorder.schema import Instant, StreamId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

    from timeline.recorder.inserts import Rows

__all__ = ["SqliteInserts"]

_DIALECT = sqlite.dialect()
_WRITTEN: dict[type, Callable[[Any], str]] = {Instant: instant_text, StreamId: str}


class SqliteInserts:
    """`Inserts` on SQLite, where nothing is ever under way."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._raw = cast("sqlite3.Connection", connection.connection.driver_connection)

    def add(self, table: Table, rows: Rows) -> None:
        if rows:
            self._raw.executemany(_insert(table), _bound(table, rows))


def _bound(table: Table, rows: Rows) -> Iterable[tuple[Any, ...]]:
    """Write as text what SQLite has no type for, a column at a time."""
    texts = _texts(table)
    if not texts:
        return rows
    columns = list(zip(*rows, strict=True))
    for place, text in texts:
        columns[place] = tuple(v if v is None else text(v) for v in columns[place])
    return zip(*columns, strict=True)


@lru_cache(KEPT_TABLES)
def _insert(table: Table) -> str:
    return insert_text(table, _DIALECT, "?")


@lru_cache(KEPT_TABLES)
def _texts(table: Table) -> tuple[tuple[int, Callable[[Any], str]], ...]:
    written = (
        (place, _WRITTEN.get(type(column.type))) for place, column in enumerate(table.columns)
    )
    return tuple((place, text) for place, text in written if text is not None)
