"""Rows into PostgreSQL: a few by INSERT, without waiting for each; many by COPY."""

from __future__ import annotations

from contextlib import ExitStack
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self, cast

from sqlalchemy.dialects.postgresql import dialect

from timeline.recorder.inserts import KEPT_TABLES, columns_text, insert_text

if TYPE_CHECKING:
    from types import TracebackType

    import psycopg
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

    from timeline.recorder.inserts import Rows

__all__ = ["PostgresqlInserts"]

_DIALECT = dialect()  # type: ignore[no-untyped-call]

# COPY takes round trips of its own, and far less for each row.
_COPY_FROM = 50


class PostgresqlInserts:
    """`Inserts` on PostgreSQL.

    INSERTs go through a pipeline, all of them in one round trip. A COPY is ended when the next one
    begins, so the server takes in its last rows while the rows of the next table are being made.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
        self._under_way = ExitStack()
        self._pipelined = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pipelined = False
        self._under_way.__exit__(kind, error, trace)

    @property
    def connection(self) -> Connection:
        self._arrive()
        return self._connection

    def add(self, table: Table, rows: Rows) -> None:
        if len(rows) >= _COPY_FROM:
            self._copy(table, rows)
        elif rows:
            self._insert(table, rows)

    def _insert(self, table: Table, rows: Rows) -> None:
        if not self._pipelined:
            self._arrive()
            self._under_way.enter_context(self._raw.pipeline())
            self._pipelined = True
        self._raw.cursor().executemany(_insert(table), rows)

    def _copy(self, table: Table, rows: Rows) -> None:
        text, types = _copy(table)
        self._arrive()
        copy = self._under_way.enter_context(self._raw.cursor().copy(text))
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)

    def _arrive(self) -> None:
        self._pipelined = False
        self._under_way.close()


@lru_cache(KEPT_TABLES)
def _insert(table: Table) -> bytes:
    return insert_text(table, _DIALECT, "%s").encode()


@lru_cache(KEPT_TABLES)
def _copy(table: Table) -> tuple[bytes, tuple[str, ...]]:
    """Return the COPY of all columns, and their types, for a binary COPY converts nothing."""
    types = (column.type.compile(_DIALECT).lower() for column in table.columns)
    text = f"COPY {columns_text(table, _DIALECT)} FROM STDIN (FORMAT BINARY)"
    return text.encode(), tuple(types)
