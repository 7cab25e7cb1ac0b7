"""The recorder: eventsourcing's ProcessRecorder on one log, with positions, time and idempotency.

Everything one append writes is one transaction under the append lock, so a crash leaves all of it
or nothing, and positions and `recorded_at` follow the order in which transactions commit.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import ProcessRecorder

from timeline.errors import StoreUnavailable
from timeline.ledger import chain
from timeline.recorder import answers, log, tracks
from timeline.recorder.failures import VersionTaken, driver_error, translated
from timeline.recorder.leaves import write_leaves
from timeline.recorder.reader import LogReader, stream_id
from timeline.recorder.records import Appended, StoredRecord
from timeline.recorder.schema import events
from timeline.recorder.subscription import RecorderSubscription

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent, Tracking
    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder.clock import Clock
    from timeline.recorder.inserts import Inserts
    from timeline.recorder.records import Idempotency, LogEnd

    Check = Callable[[Connection], None]
    Inline = Callable[[Inserts, Sequence[StoredRecord]], None]
    Later = Callable[[Inserts, Sequence[StoredRecord], int], None]

__all__ = ["SqlRecorder"]


class SqlRecorder(LogReader, ProcessRecorder):
    """Writes and reads the log of one store, on SQLite or PostgreSQL; safe to share by threads.

    `inline` is called with the new records inside each append's transaction and adds the rows of
    whatever must never disagree with the log. Where the read models are followed, `later` is called
    in its place, with the position they have reached, and may raise to refuse. `poll` is how often
    a subscriber looks again, in seconds. Raises `StoreMissing` when the store was not made or is of
    an older release. Any call may raise `StoreUnavailable`, and one that writes `StoreFull`.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        inline: Inline | None = None,
        *,
        later: Later | None = None,
        poll: float = 0.2,
    ) -> None:
        super().__init__(engine)
        self._clock = clock
        self._inline = inline
        self._later = later
        self._poll = poll
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
        with translated(self._database.tell), self._appending.begin() as connection:
            key = None if idempotency is None else idempotency.key
            end, given, chain_end = self._database.lock_and_look(connection, key)
            if idempotency is not None and given is not None:
                return answers.same(given, idempotency)
            if check is not None:
                check(connection)
            with self._inserting(connection) as inserts:
                appended = self._write(inserts, end, new)
                if tracking is not None:
                    tracks.advance(inserts.connection, tracking)
                if idempotency is not None:
                    appended = answers.keep(inserts, idempotency, appended, chain_end)
            return appended

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
    def begin_trial(self) -> Iterator[Connection]:
        """Open a transaction like `begin_append` that takes back all it wrote, error or none."""
        with (
            translated(self._database.tell),
            self._appending.connect() as connection,
            connection.begin() as transaction,
        ):
            self._database.lock(connection)
            yield connection
            transaction.rollback()

    @contextmanager
    def begin_page(self) -> Iterator[tuple[Connection, int | None]]:
        """Open a transaction for a follower, with the position that the read models have reached.

        It is locked: another follower waits here, and reads what this one comes to. Appends go on,
        save on SQLite, which has one lock for all that writes. None where they are not followed.
        """
        with translated(self._database.tell), self._appending.begin() as connection:
            yield connection, tracks.locked(connection)

    def write(self, connection: Connection, new: Sequence[StoredEvent]) -> Appended:
        """Append `new` in a transaction opened by `begin_append`, for callers who decide in it.

        Raises as `append` does; let the error end the transaction.
        """
        with self._inserting(connection) as inserts:
            return self._write(inserts, log.last(connection), new)

    def keep(self, connection: Connection, request: Idempotency, appended: Appended) -> None:
        """Keep `appended` as the answer to `request`, in a transaction of `begin_append`."""
        with self._database.inserting(connection) as inserts:
            answers.keep(inserts, request, appended, chain.last(connection))

    def _write(self, inserts: Inserts, end: LogEnd, new: Sequence[StoredEvent]) -> Appended:
        head, recorded_at = end.position, self._clock.stamp(end.recorded_at)
        records = [_record(e, place, recorded_at) for place, e in enumerate(new, head + 1)]
        if records:
            write_leaves(inserts, records)
            inserts.add(events, [_row(record) for record in records])
            self._project(inserts, records, end.followed_to)
        return Appended(head + 1, head + len(records), recorded_at)

    def _project(
        self, inserts: Inserts, records: Sequence[StoredRecord], followed_to: int | None
    ) -> None:
        if followed_to is None:
            if self._inline is not None:
                self._inline(inserts, records)
        elif self._later is not None:
            self._later(inserts, records, followed_to)

    def delete_for_good(
        self, connection: Connection, table: Table, which: ColumnElement[bool]
    ) -> None:
        """Delete rows of a table that is no log, in a transaction opened by `begin_append`."""
        self._database.delete_for_good(connection, table, which)

    def wipe(self, table: Table) -> bool:
        """Remove what was deleted from `table` from the database's own files, after the commit.

        False where it could not be done now: somebody still reads it, or the role may not.
        """
        try:
            with translated(self._database.tell):
                return self._database.wipe(self.engine, table)
        except StoreUnavailable:
            return False

    @contextmanager
    def _inserting(self, connection: Connection) -> Iterator[Inserts]:
        try:
            with self._database.inserting(connection) as inserts:
                yield inserts
        except Exception as error:
            # Positions are ours under the lock, so it can only be (stream, version).
            if self._database.is_taken(driver_error(error)):
                raise VersionTaken(
                    "a version of one of these streams is recorded already; read it, decide anew"
                ) from error
            raise

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

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> RecorderSubscription:
        """Return an iterator over the events after position `gt` that waits for more."""
        return RecorderSubscription(self, gt, topics, self._poll)

    def insert_tracking(self, tracking: Tracking) -> None:
        """Record how far an upstream log was followed."""
        with self.begin_append() as connection:
            tracks.advance(connection, tracking)


def _record(new: StoredEvent, position: int, recorded_at: datetime) -> StoredRecord:
    return StoredRecord(
        position,
        recorded_at,
        stream_id(new.originator_id),
        new.originator_version,
        new.topic,
        new.state,
        getattr(new, "source", None),
    )


def _row(record: StoredRecord) -> tuple[int, UUID, int, str, datetime, bytes]:
    """Return the record as the table `events` has it."""
    return (
        record.position,
        record.stream,
        record.version,
        record.topic,
        record.recorded_at,
        record.payload,
    )
