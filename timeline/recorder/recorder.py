"""The recorder: eventsourcing's ProcessRecorder on one log, with positions, time and idempotency.

Everything one append writes is one transaction under the append lock, so a crash leaves all of it
or nothing, and positions and `recorded_at` follow the order in which transactions commit.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from eventsourcing.persistence import Notification, ProcessRecorder, StoredEvent

from timeline.recorder import answers, log, tracks
from timeline.recorder.engine import database_of
from timeline.recorder.failures import VersionTaken, driver_error, translated
from timeline.recorder.records import Appended, Idempotency, StoredRecord
from timeline.recorder.store import require_store
from timeline.recorder.subscription import RecorderSubscription

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from eventsourcing.persistence import Tracking
    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder.clock import Clock
    from timeline.recorder.database import Wakeup

    Check = Callable[[Connection], None]
    Inline = Callable[[Connection, Sequence[StoredRecord]], None]

__all__ = ["SqlRecorder"]

_CHUNK = 1000


class SqlRecorder(ProcessRecorder):
    """Writes and reads the log of one store, on SQLite or PostgreSQL; safe to share by threads.

    `inline` is called with the new records inside each append's transaction and writes whatever
    must never disagree with the log. `poll` is how often a subscriber looks again, in seconds.
    Raises `StoreMissing` when the store was not made or is of an older release. Any call may raise
    `StoreUnavailable`; one that writes may raise `StoreFull`.
    """

    def __init__(
        self, engine: Engine, clock: Clock, inline: Inline | None = None, *, poll: float = 0.2
    ) -> None:
        require_store(engine)
        self.engine = engine
        self._clock = clock
        self._inline = inline
        self._poll = poll
        self._database = database_of(engine)
        self._asking = self._database.asking(engine)
        self._reading = self._database.reading(engine)
        self._appending = self._database.appending(engine)

    def append(
        self,
        new: Sequence[StoredEvent],
        *,
        idempotency: Idempotency | None = None,
        tracking: Tracking | None = None,
        check: Check | None = None,
    ) -> Appended:
        """Append `new` in order, all or nothing, and return where they stand.

        `check` runs under the append lock before anything is written and may raise to refuse. The
        same idempotency key with the same digest gives the first answer again, writes nothing and
        asks no `check`. Raises `ConcurrentChange` when a version of a stream is taken,
        `IdempotencyKeyReused` for a key used with another digest, and `RecordedAtWentBack` where
        the clock refuses.
        """
        with self.begin_append() as connection:
            before = None if idempotency is None else answers.kept(connection, idempotency)
            if before is not None:
                return before
            if check is not None:
                check(connection)
            appended = self._write(connection, new)
            if tracking is not None:
                tracks.advance(connection, tracking)
            return (
                appended if idempotency is None else answers.keep(connection, idempotency, appended)
            )

    def answered(self, request: Idempotency) -> Appended | None:
        """Return the answer kept for this request, if any, without waiting for the append lock.

        Raises `IdempotencyKeyReused` when the key was used with another digest.
        """
        with self._ask() as connection:
            return answers.kept(connection, request)

    @contextmanager
    def begin_append(self) -> Iterator[Connection]:
        """Open a transaction that holds the append lock; it commits unless an error leaves it."""
        with translated(self._database.tell), self._appending.begin() as connection:
            self._database.lock(connection)
            yield connection

    @contextmanager
    def begin_read(self) -> Iterator[Connection]:
        """Open a transaction that reads one consistent snapshot, taken now."""
        with translated(self._database.tell), self._reading.connect() as connection:
            log.head(connection)  # BEGIN alone takes no snapshot, the first read does
            yield connection

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        with self._ask() as connection:
            return log.head(connection)

    def position_at(self, instant: datetime) -> int:
        """Return the last position recorded at or before `instant` (transaction time), 0 if none.

        `recorded_at` never decreases, so twenty looks find it among a million without an index.
        """
        with self._ask() as connection:
            places = range(1, log.head(connection) + 1)
            return bisect_right(places, instant, key=partial(log.recorded_at, connection))

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

    def stream(self, stream_id: UUID, upto: int | None = None) -> list[StoredRecord]:
        """Return the events of one stream in order; empty if it is unknown."""
        return self.streams([stream_id], upto)[stream_id]

    def streams(
        self, ids: Iterable[UUID], upto: int | None = None
    ) -> dict[UUID, list[StoredRecord]]:
        """Return the events of many streams, in order; an unknown stream has an empty list."""
        found: dict[UUID, list[StoredRecord]] = {stream: [] for stream in ids}
        with self.begin_read() as connection:
            for record in log.of_streams(connection, list(found), upto):
                found[record.stream].append(record)
        return found

    # The rest is eventsourcing's interface.

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        tracking: Tracking | None = None,
        **_kwargs: Any,
    ) -> Sequence[int] | None:
        """Append, and return the positions. Raises eventsourcing's IntegrityError on a conflict."""
        appended = self.append(stored_events, tracking=tracking)
        return list(range(appended.first, appended.last + 1))

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
        stream = _uuid(originator_id)
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

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> RecorderSubscription:
        """Return an iterator over the events after position `gt` that waits for more."""
        return RecorderSubscription(self, gt, topics, self._poll)

    @contextmanager
    def wakeup(self) -> Iterator[Wakeup]:
        """Open the means by which a subscriber learns of appends."""
        with translated(self._database.tell), self._database.wakeup(self.engine) as news:
            yield news

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record how far an upstream log was followed."""
        with self.begin_append() as connection:
            tracks.advance(connection, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return how far the log of `application_name` was followed; None if it never was."""
        with self._ask() as connection:
            return tracks.tracked(connection, application_name)

    @contextmanager
    def _ask(self) -> Iterator[Connection]:
        with translated(self._database.tell), self._asking.connect() as connection:
            yield connection

    def _write(self, connection: Connection, new: Sequence[StoredEvent]) -> Appended:
        head, last_at = log.last(connection)
        recorded_at = self._clock.stamp(last_at)
        records = [
            StoredRecord(
                place, recorded_at, _uuid(e.originator_id), e.originator_version, e.topic, e.state
            )
            for place, e in enumerate(new, head + 1)
        ]
        if records:
            self._insert(connection, records)
            if self._inline is not None:
                self._inline(connection, records)
        return Appended(head + 1, head + len(records), recorded_at)

    def _insert(self, connection: Connection, records: Sequence[StoredRecord]) -> None:
        try:
            self._database.insert(connection, records)
        except Exception as error:
            # Positions are ours under the lock, so it can only be (stream, version).
            if self._database.is_taken(driver_error(error)):
                raise VersionTaken(
                    "a version of one of these streams is recorded already; read it, decide anew"
                ) from error
            raise


def _uuid(stream: UUID | str) -> UUID:
    return stream if isinstance(stream, UUID) else UUID(stream)
