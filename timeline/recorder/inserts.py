"""Rows on their way into tables: those of one append reach the database together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, Dialect

    Rows = Sequence[tuple[Any, ...]]

__all__ = ["KEPT_TABLES", "Inserts", "columns_text", "insert_text"]

KEPT_TABLES = 64
"""Tables whose statements are kept; a rebuild makes tables anew each time."""


class Inserts(Protocol):
    """The rows that a transaction adds, by the driver itself: a statement costs more than a row.

    They arrive in the order in which they are added, and may still be under way when `add` returns:
    a fault of the database may show in a later call, or where the `with` block ends.
    """

    @property
    def connection(self) -> Connection:
        """The transaction's connection, for whatever else is to be asked or changed.

        All rows added so far are in their tables.
        """
        ...

    def add(self, table: Table, rows: Rows) -> None:
        """Add rows, each a tuple of all columns in the table's order. Raises the driver's error."""
        ...


def insert_text(table: Table, dialect: Dialect, mark: str, rows: int = 1) -> str:
    """Return the INSERT of so many rows of all columns, with `mark` where a value goes."""
    row = f"({', '.join([mark] * len(table.columns))})"
    values = ", ".join([row] * rows)
    return f"INSERT INTO {columns_text(table, dialect)} VALUES {values}"  # noqa: S608


def columns_text(table: Table, dialect: Dialect) -> str:
    """Return `table (column, ...)` as the dialect quotes it."""
    prepare = dialect.identifier_preparer
    columns = ", ".join(prepare.quote(name) for name in table.columns.keys())  # noqa: SIM118
    return f"{prepare.format_table(table)} ({columns})"
