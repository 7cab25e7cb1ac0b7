"""Questions to the table `events`, asked on a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from timeline.recorder import tracks
from timeline.recorder.prepared import Prepared
from timeline.recorder.records import LogEnd, StoredRecord
from timeline.recorder.schema import events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row, Select
    from sqlalchemy.engine import Connection

__all__ = ["at", "by_stream", "head", "last", "of_streams", "page", "recorded_at", "versions"]

_COLUMNS = (
    events.c.position,
    events.c.recorded_at,
    events.c.stream,
    events.c.version,
    events.c.topic,
    events.c.payload,
)
_HEAD = Prepared(select(func.max(events.c.position)))
_LAST = (
    select(events.c.position, events.c.recorded_at, tracks.FOLLOWED_TO.label("followed_to"))
    .order_by(events.c.position.desc())
    .limit(1)
)

# Below the number of parameters that either database takes in one statement.
_AT_ONCE = 1000


def head(connection: Connection) -> int:
    """Return the last position, 0 for an empty log."""
    found: int | None = _HEAD.value(connection)
    return found or 0


def last(connection: Connection) -> LogEnd:
    """Return where the log ends."""
    row = connection.execute(_LAST).one_or_none()
    if row is None:
        return LogEnd(0, None, tracks.tracked(connection, tracks.READ_MODELS))
    return LogEnd(row.position, row.recorded_at, row.followed_to)


def recorded_at(connection: Connection, position: int) -> datetime:
    """Return when the event at `position` was stored. There must be one."""
    query = select(events.c.recorded_at).where(events.c.position == position)
    at: datetime = connection.execute(query).scalar_one()
    return at


def at(connection: Connection, positions: Sequence[int]) -> Iterator[StoredRecord]:
    """Yield the events at `positions`, in order of position."""
    ordered = sorted(positions)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        query = select(*_COLUMNS).where(events.c.position.in_(some))
        yield from _records(connection, query.order_by(events.c.position))


def page(
    connection: Connection,
    after: int,
    upto: int | None,
    limit: int,
    topics: Sequence[str] = (),
) -> list[StoredRecord]:
    """Return at most `limit` events with `after < position <= upto`, in order of position."""
    query = select(*_COLUMNS).where(events.c.position > after)
    if upto is not None:
        query = query.where(events.c.position <= upto)
    if topics:
        query = query.where(events.c.topic.in_(topics))
    return _records(connection, query.order_by(events.c.position).limit(limit))


def versions(
    connection: Connection,
    stream: UUID,
    *,
    gt: int | None,
    lte: int | None,
    desc: bool,
    limit: int | None,
) -> list[StoredRecord]:
    """Return the events of one stream with `gt < version <= lte`, in order of version."""
    query = select(*_COLUMNS).where(events.c.stream == stream)
    if gt is not None:
        query = query.where(events.c.version > gt)
    if lte is not None:
        query = query.where(events.c.version <= lte)
    order = events.c.version.desc() if desc else events.c.version
    return _records(connection, query.order_by(order).limit(limit))


def of_streams(
    connection: Connection, streams: Sequence[UUID], upto: int | None
) -> Iterator[StoredRecord]:
    """Yield the events of many streams with `position <= upto`, each stream's in order."""
    for start in range(0, len(streams), _AT_ONCE):
        some = streams[start : start + _AT_ONCE]
        query = select(*_COLUMNS).where(events.c.stream.in_(some))
        if upto is not None:
            query = query.where(events.c.position <= upto)
        yield from _records(connection, query.order_by(events.c.stream, events.c.version))


def by_stream(
    connection: Connection, streams: Sequence[UUID], upto: int | None = None
) -> dict[UUID, list[StoredRecord]]:
    """Return the events of many streams, in order; an unknown stream has an empty list."""
    found: dict[UUID, list[StoredRecord]] = {stream: [] for stream in streams}
    for record in of_streams(connection, list(found), upto):
        found[record.stream].append(record)
    return found


def _records(
    connection: Connection, query: Select[int, datetime, UUID, int, str, bytes]
) -> list[StoredRecord]:
    return [_record(row) for row in connection.execute(query)]


def _record(row: Row[int, datetime, UUID, int, str, bytes]) -> StoredRecord:
    position, at, stream, version, topic, payload = row
    return StoredRecord(position, at, stream, version, topic, payload)
