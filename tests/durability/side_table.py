"""A small projection to kill: how many events each writer has, and the sum of their numbers.

Real read models take its place by naming their own functions in `Hooks`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, select, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from timeline.recorder import StoredRecord

__all__ = ["differences", "inline", "prepare", "side"]

side = Table(
    "durability_side",
    MetaData(),
    Column("writer", Text, primary_key=True),
    Column("events", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
)
_ADD = text(
    "INSERT INTO durability_side (writer, events, total) VALUES (:writer, :events, :total) "
    "ON CONFLICT (writer) DO UPDATE SET events = durability_side.events + excluded.events, "
    "total = durability_side.total + excluded.total"
)


def prepare(connection: Connection) -> None:
    """Create the table unless it is there."""
    side.create(connection, checkfirst=True)


def inline(connection: Connection, records: Sequence[StoredRecord]) -> None:
    """Add the new events up, in the transaction that stores them."""
    connection.execute(_ADD, _rows(records))


def differences(connection: Connection, records: Iterable[StoredRecord]) -> list[str]:
    """Compare the table with what the whole log gives when added up anew."""
    wanted = {(row["writer"], row["events"], row["total"]) for row in _rows(records)}
    found = {(row.writer, row.events, row.total) for row in connection.execute(select(side))}
    return [
        f"{kind} {row}"
        for kind, rows in (("missing", wanted - found), ("extra", found - wanted))
        for row in sorted(rows)
    ]


def _rows(records: Iterable[StoredRecord]) -> list[dict[str, str | int]]:
    events, totals = Counter[str](), Counter[str]()
    for record in records:
        body = json.loads(record.payload)
        events[body["writer"]] += 1
        totals[body["writer"]] += body["batch"]
    return [{"writer": w, "events": events[w], "total": totals[w]} for w in sorted(events)]
