"""Reading the log: by position, by stream, by time, and as eventsourcing asks for it."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from timeline.recorder import log, tracks
from timeline.recorder.engine import database_of
from timeline.recorder.failures import translated
from timeline.recorder.store import require_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder.database import Wakeup
    from timeline.recorder.records import Reach, StoredRecord

__all__ = ["LogReader", "Snapshot", "stream_id"]

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent state of the store: everything read on its `connection` is of it."""

    connection: Connection
    reached: Reach

    def reach(self) -> Reach:
        """Return how far the read models have come in it, and the log."""
        return self.reached

    def position_at(self, instant: datetime) -> int:
        """Return the last position recorded at or before `instant` (transaction time), 0 if none.

        `recorded_at` never decreases, so twenty looks find it among a million without an index.
        """
        places = range(1, self.reached.head + 1)
        return bisect_right(places, instant, key=partial(log.recorded_at, self.connection))


class LogReader:
    """Reads the log of one store; the half of the recorder that needs no clock and no rights.

    Raises `StoreMissing` when the store was not made or is of an older release. Any call may raise
    `StoreUnavailable`.
    """

    def __init__(self, engine: Engine) -> None:
        require_store(engine)
        self.engine = engine
        self._database = database_of(engine)
        self._asking = self._database.asking(engine)
        self._reading = self._database.reading(engine)

    @contextmanager
    def begin_read(self) -> Iterator[Connection]:
        """Open a transaction that reads one consistent snapshot, taken now."""
        with self.snapshot() as snapshot:
            yield snapshot.connection

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Open a transaction that reads one consistent snapshot, and say how far it reaches."""
        with translated(self._database.tell), self._reading.connect() as connection:
            # BEGIN alone takes no snapshot, the first read does.
            yield Snapshot(connection, tracks.reach(connection))

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        with self._ask() as connection:
            return log.head(connection)

    def reach(self) -> Reach:
        """Return how far the read models have come, and the log."""
        with self._ask() as connection:
            return tracks.reach(connection)

    def position_at(self, instant: datetime) -> int:
        """Return the last position recorded at or before `instant`, 0 if none; see `Snapshot`."""
        with self._ask() as connection:
            return Snapshot(connection, tracks.reach(connection)).position_at(instant)

    def records(
        self, after: int = 0, limit: int | None = None, upto: int | None = None
    ) -> Iterator[StoredRecord]:
        """Yield events with `after < position <= upto` in order, read in chunks as they are used.

        `upto` defaults to the head at the first step. What is read never changes underneath, for
        nothing in the log ever does.
        """
        end = self.head() if upto is None else upto
        end = end if limit is None else min(end, after + limit)
        while after < end:
            with self._ask() as connection:
                chunk = log.page(connection, after, end, min(_CHUNK, end - after))
            yield from chunk
            if not chunk:
                return
            after = chunk[-1].position

    def at_positions(self, positions: Sequence[int]) -> list[StoredRecord]:
        """Return the events at `positions`, in order of position."""
        with self._ask() as connection:
            return list(log.at(connection, positions))

    def stream(self, stream: UUID, upto: int | None = None) -> list[StoredRecord]:
        """Return the events of one stream in order; empty if it is unknown."""
        return self.streams([stream], upto)[stream]

    def streams(
        self, ids: Iterable[UUID], upto: int | None = None
    ) -> dict[UUID, list[StoredRecord]]:
        """Return the events of many streams, in order; an unknown stream has an empty list."""
        with self.begin_read() as connection:
            return log.by_stream(connection, list(ids), upto)

    # The rest is eventsourcing's interface.

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return the events of one stream with `gt < version <= lte`."""
        stream = stream_id(originator_id)
        with self._ask() as connection:
            found = log.versions(connection, stream, gt=gt, lte=lte, desc=desc, limit=limit)
        return [StoredEvent(r.stream, r.version, r.topic, r.payload) for r in found]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return events from or after `start` to `stop`, in order of position."""
        after = (start or 0) - (1 if inclusive_of_start else 0)
        with self._ask() as connection:
            found = log.page(connection, after, stop, limit, topics)
        return [Notification(r.stream, r.version, r.topic, r.payload, r.position) for r in found]

    def max_notification_id(self) -> int | None:
        """Return the last position; None for an empty log."""
        return self.head() or None

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return how far the log of `application_name` was followed; None if it never was."""
        with self._ask() as connection:
            return tracks.tracked(connection, application_name)

    @contextmanager
    def wakeup(self) -> Iterator[Wakeup]:
        """Open the means by which a subscriber learns of appends."""
        with translated(self._database.tell), self._database.wakeup(self.engine) as news:
            yield news

    @contextmanager
    def _ask(self) -> Iterator[Connection]:
        with translated(self._database.tell), self._asking.connect() as connection:
            yield connection


def stream_id(stream: UUID | str) -> UUID:
    """Return eventsourcing's originator id as the id of a stream."""
    return stream if isinstance(stream, UUID) else UUID(stream)
