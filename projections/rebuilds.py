"""Rebuilds that put other rows in place: whoever keeps rows in memory must read them anew.

Rows change with the log, and by its positions anybody sees that. A rebuild that finds a difference
changes them without: it leaves a number here, in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, Table, func, insert, select

from timeline.recorder.schema import POSITION, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

rebuilds = Table(
    "rebuilds",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("position", POSITION, nullable=False),
)

_LAST = select(func.max(rebuilds.c.number))


def last_rebuild(connection: Connection) -> int:
    """Return the number of the last rebuild that put other rows in place; 0 before the first."""
    return connection.execute(_LAST).scalar() or 0


def rows_replaced(connection: Connection, *, position: int) -> None:
    """Record, under the append lock, that a rebuild up to `position` put other rows in place."""
    number = last_rebuild(connection) + 1
    connection.execute(insert(rebuilds), {"number": number, "position": position})
