"""Rows into PostgreSQL: a few by one INSERT for all tables, many by COPY."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self, cast

from psycopg.copy import LibpqWriter
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from sqlalchemy.dialects.postgresql import dialect

from timeline.recorder.inserts import KEPT_TABLES, columns_text, insert_text

if TYPE_CHECKING:
    from types import TracebackType

    import psycopg
    from psycopg.pq.abc import PGresult
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

    from timeline.recorder.inserts import Rows

__all__ = ["PostgresqlInserts"]

_DIALECT = dialect()  # type: ignore[no-untyped-call]

# COPY takes round trips of its own, and far less for each row.
_COPY_FROM = 8


class PostgresqlInserts:
    """`Inserts` on PostgreSQL.

    A few rows wait for those of the other tables, and one statement inserts them all: a statement
    costs a round trip, and ten times what its rows do. What is copied is not waited for before
    there is more to send, so the server takes it in while the rows of the next table are made.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
        self._waiting: dict[Table, list[tuple[Any, ...]]] = {}
        self._sent: _Sender | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._arrive()
        elif self._sent is not None:
            self._sent.results()  # whatever they are: the transaction is taken back

    @property
    def connection(self) -> Connection:
        self._arrive()
        return self._connection

    def add(self, table: Table, rows: Rows) -> None:
        if len(rows) >= _COPY_FROM:
            self._copy(table, rows)
        elif rows:
            self._waiting.setdefault(table, []).extend(rows)

    def _copy(self, table: Table, rows: Rows) -> None:
        text, types = _copy(table)
        self._arrive()
        cursor = self._raw.cursor()
        self._sent = _Sender(cursor)
        with cursor.copy(text, writer=self._sent) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

    def _arrive(self) -> None:
        sent, self._sent = self._sent, None
        if sent is not None:
            sent.require_taken()
        if self._waiting:
            waiting, self._waiting = self._waiting, {}
            shape = tuple((table, len(rows)) for table, rows in waiting.items())
            values = [value for rows in waiting.values() for row in rows for value in row]
            self._raw.execute(_insert(shape), values)


class _Sender(LibpqWriter):
    """Ends a COPY without waiting until the server has taken it in."""

    def finish(self, exc: BaseException | None = None) -> None:
        if exc is not None:
            super().finish(exc)
            return
        self._pgconn.put_copy_end()
        self._pgconn.flush()

    def results(self) -> list[PGresult]:
        """Wait for the server."""
        return list(iter(self._pgconn.get_result, None))

    def require_taken(self) -> None:
        """Wait for the server, and raise its error if it has one."""
        for result in self.results():
            if result.status != ExecStatus.COMMAND_OK:
                raise error_from_result(result)


@lru_cache(KEPT_TABLES)
def _insert(shape: tuple[tuple[Table, int], ...]) -> bytes:
    """Return one statement that inserts so many rows into each of the tables."""
    *others, last = (insert_text(table, _DIALECT, "%s", rows) for table, rows in shape)
    parts = ", ".join(f"part_{number} AS ({other})" for number, other in enumerate(others))
    return (f"WITH {parts} {last}" if others else last).encode()


@lru_cache(KEPT_TABLES)
def _copy(table: Table) -> tuple[bytes, tuple[str, ...]]:
    """Return the COPY of all columns, and their types, for a binary COPY converts nothing."""
    types = (column.type.compile(_DIALECT).lower() for column in table.columns)
    text = f"COPY {columns_text(table, _DIALECT)} FROM STDIN (FORMAT BINARY)"
    return text.encode(), tuple(types)
