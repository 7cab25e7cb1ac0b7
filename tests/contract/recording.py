"""Words for tests of the recorder."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Column, Integer, MetaData, Table, func, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Engine

    from timeline.recorder import Inserts, SqlRecorder, StoredRecord

NOON = datetime(2008, 7, 8, 12, tzinfo=UTC)

side = Table("side", MetaData(), Column("position", Integer, primary_key=True))


def event(stream: UUID | None = None, version: int = 1, payload: bytes = b"body") -> StoredEvent:
    return StoredEvent(stream or uuid4(), version, "topic1", payload)


def some(count: int) -> list[StoredEvent]:
    return [event() for _ in range(count)]


def positions(recorder: SqlRecorder) -> list[int]:
    return [record.position for record in recorder.records()]


def write_side(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
    """An inline projection: the position of every event."""
    inserts.add(side, [(record.position,) for record in records])


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
