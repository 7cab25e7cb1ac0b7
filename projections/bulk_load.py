"""Rows into one table in bulk, by the driver: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert

from timeline.recorder import Instant, instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import psycopg
    from sqlalchemy import Connection, Table

    from projections.read_model import Row

_TYPES = {"INTEGER": "int4", "BIGINT": "int8", "TEXT": "text"}


def bulk_load(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert `rows`, tuples of all columns in the table's order."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.exec_driver_sql(_insert_text(connection, table), _as_text(table, rows))


def _insert_text(connection: Connection, table: Table) -> str:
    return str(insert(table).compile(connection))


def _as_text(table: Table, rows: Sequence[Row]) -> list[Row]:
    """Write instants as SQLite keeps them, a column at a time."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for number, column in enumerate(table.c):
        if isinstance(column.type, Instant):
            columns[number] = map(_text, columns[number])
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=1 << 14)
def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with raw.cursor() as cursor, cursor.copy(_copy_text(connection, table).encode()) as copy:
        copy.set_types([_type(column.type) for column in table.c])
        for row in rows:
            copy.write_row(row)


def _copy_text(connection: Connection, table: Table) -> str:
    prepare = connection.dialect.identifier_preparer
    names = ", ".join(prepare.quote(column.name) for column in table.c)
    return f"COPY {prepare.quote(table.name)} ({names}) FROM STDIN (FORMAT BINARY)"


def _type(of: Any) -> str:
    return "timestamptz" if isinstance(of, Instant) else _TYPES[str(of)]
