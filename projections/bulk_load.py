"""Rows into one table in bulk, by the driver: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from timeline.recorder import Instant, instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import psycopg
    from sqlalchemy import Connection, Table

    from projections.read_model import Row

_AT_ONCE = 250  # as many as stay in the processor's cache
_TYPES = {"INTEGER": "int4", "BIGINT": "int8", "TEXT": "text"}


def bulk_load(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert `rows`, tuples of all columns in the table's order."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.exec_driver_sql(_insert_text(table), _as_text(table, rows))


@lru_cache(maxsize=64)
def _insert_text(table: Table) -> str:
    marks = ", ".join("?" * len(table.c))
    return f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks})"  # noqa: S608


def _as_text(table: Table, rows: Sequence[Row]) -> list[Row]:
    """Write instants as SQLite keeps them, column by column of some rows at a time."""
    instants = [n for n, column in enumerate(table.c) if isinstance(column.type, Instant)]
    written: list[Row] = []
    for start in range(0, len(rows), _AT_ONCE):
        columns: list[Iterable[Any]] = list(zip(*rows[start : start + _AT_ONCE], strict=True))
        for number in instants:
            columns[number] = map(_text, columns[number])
        written += zip(*columns, strict=True)
    return written


@lru_cache(maxsize=1 << 14)
def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with raw.cursor() as cursor, cursor.copy(_copy_text(table)) as copy:
        copy.set_types([_type(column.type) for column in table.c])
        for row in rows:
            copy.write_row(row)


@lru_cache(maxsize=64)
def _copy_text(table: Table) -> bytes:
    return f"COPY {table.name} ({_columns(table)}) FROM STDIN (FORMAT BINARY)".encode()


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)


def _type(of: Any) -> str:
    return "timestamptz" if isinstance(of, Instant) else _TYPES[str(of)]
