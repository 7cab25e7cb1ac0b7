"""SQLite: one file, write-ahead log, durable commits, appends under BEGIN IMMEDIATE."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from sqlalchemy import create_engine, delete, event, insert, not_, select

from timeline.errors import BadInput, StoreFull, StoreMissing, StoreUnavailable
from timeline.ledger.chain import LAST_LINK, chain_end
from timeline.recorder.records import KeptAnswer, LogEnd
from timeline.recorder.schema import APPEND_ONLY
from timeline.recorder.sqlite_inserts import SqliteInserts
from timeline.recorder.tracks import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import URL, Connection, Engine

    from timeline.errors import StoreError
    from timeline.ledger.chain import ChainEnd
    from timeline.recorder.database import Wakeup
    from timeline.recorder.inserts import Inserts

__all__ = ["Sqlite", "make_file", "open_sqlite"]

_BEGIN = "timeline_begin"
_WIPE_WITHIN = 10.0  # seconds
_LAST = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_FOLLOWED_TO = "SELECT position FROM tracking WHERE application_name = ?"
_KEPT = (
    "SELECT key, digest, first_position, last_position, recorded_at, answer "
    "FROM idempotency WHERE key = ?"
)
_OF_EVENTS = re.compile(r"\bevents(\.| holds)|an event must follow")
_TAKEN = {
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_TRIGGER,
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
}
# On a full disk the shared-memory file cannot grow either, and SQLite calls that an I/O error.
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_UNUSABLE = {
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT),
}
# Table and schema changes that could take rows of the log away, or the triggers that keep them.
_CHANGES = {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE, sqlite3.SQLITE_DROP_TABLE}


def open_sqlite(url: URL, lock_timeout: float) -> Engine:
    """Return an engine on the file `url` names; the file must exist by the first use."""
    path = file_of(url)

    def connect() -> sqlite3.Connection:
        # mode=rw: a question must not leave an empty file where there is no store.
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=lock_timeout,
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.set_authorizer(_authorize)
        return connection

    engine = create_engine(
        url, creator=connect, pool_size=10, max_overflow=20, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def file_of(url: URL) -> Path:
    """Return the absolute path of the file; raises `BadInput` for a store in memory."""
    if url.database in (None, "", ":memory:"):
        raise BadInput("a store is a file, and this names none; write sqlite:///timeline.db")
    return Path(str(url.database)).absolute()


def make_file(engine: Engine, lock_timeout: float = 10.0) -> None:
    """Make the store's file, empty and in write-ahead mode, unless it is there."""
    path = file_of(engine.url)
    try:
        path.touch(exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"cannot make {path}: {error.strerror}") from error
    deadline = time.monotonic() + lock_timeout
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        while not _enters_wal(raw, deadline):
            time.sleep(0.01)


def _enters_wal(raw: sqlite3.Connection | None, deadline: float) -> bool:
    """Two processes that switch a new file at once are told "locked" without any waiting."""
    assert raw is not None  # noqa: S101  # a checked-out connection has its driver's
    try:
        raw.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
            raise
        return False
    return True


@contextmanager
def _patience(raw: sqlite3.Connection, *, milliseconds: int) -> Iterator[None]:
    """Let each statement wait so long and no longer, for whoever waits in a loop of his own."""
    (before,) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {before}")


def _checkpointed(raw: sqlite3.Connection) -> bool:
    try:
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    return not busy


def _begin(connection: Connection) -> None:
    """Begin as asked; the driver's own implicit BEGIN is switched off by isolation_level=None."""
    _raw(connection).execute(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _authorize(
    action: int, first: str | None, second: str | None, _database: str | None, _via: str | None
) -> int:
    """Refuse what could change the log on our own connections, even were the triggers gone."""
    if action in _CHANGES and first in APPEND_ONLY:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_ALTER_TABLE and second in APPEND_ONLY:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_DROP_TRIGGER and second in APPEND_ONLY:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first == "writable_schema" and second is not None:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class _Pause:
    """SQLite tells nobody of a commit, so a subscriber looks again after a while."""

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


class Sqlite:
    """The recorder's `Database` on SQLite."""

    def appending(self, engine: Engine) -> Engine:
        return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    def reading(self, engine: Engine) -> Engine:
        return engine

    def asking(self, engine: Engine) -> Engine:
        return engine

    def lock(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE holds the write lock already."""

    def lock_questions(self, connection: Connection) -> None:
        """Do nothing: BEGIN IMMEDIATE holds the one write lock of the file already."""

    def lock_and_look(
        self, connection: Connection, key: str | None
    ) -> tuple[LogEnd, KeptAnswer | None, ChainEnd]:
        raw = _raw(connection)
        last = raw.execute(_LAST).fetchone()
        kept = None if key is None else raw.execute(_KEPT, (key,)).fetchone()
        followed_to = raw.execute(_FOLLOWED_TO, (READ_MODELS,)).fetchone()
        link = chain_end(raw.execute(LAST_LINK).fetchone())
        return _log_end(last, followed_to), _kept(kept), link

    @contextmanager
    def inserting(self, connection: Connection) -> Iterator[Inserts]:
        yield SqliteInserts(connection)

    def delete_for_good(
        self, connection: Connection, table: Table, which: ColumnElement[bool]
    ) -> None:
        """Rewrite the whole table: its pages are overwritten, and with them copies of old rows.

        A page that was split keeps bytes of rows that moved, which deleting one row leaves there.
        """
        connection.exec_driver_sql("PRAGMA secure_delete = ON").close()
        left = connection.execute(select(table).where(not_(which))).mappings().all()
        connection.execute(delete(table))
        if left:
            connection.execute(insert(table), [dict(row) for row in left])

    def wipe(self, engine: Engine, table: Table) -> bool:  # noqa: ARG002
        """Bring the write-ahead log into the file and cut it; readers of old pages end first."""
        deadline = time.monotonic() + _WIPE_WITHIN
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101  # a checked-out connection has its driver's
            with _patience(raw, milliseconds=50):
                while not (done := _checkpointed(raw)) and time.monotonic() < deadline:
                    time.sleep(0.05)
        return done

    def is_taken(self, error: BaseException) -> bool:
        code = getattr(error, "sqlite_errorcode", None)
        return code in _TAKEN and _OF_EVENTS.search(str(error)) is not None

    def tell(self, error: BaseException) -> StoreError | None:
        if not isinstance(error, sqlite3.Error):
            # Damaged text, maybe in SQLite's own words about its schema.
            damaged = isinstance(error, UnicodeDecodeError)
            return StoreUnavailable("the store's file is damaged") if damaged else None
        code = getattr(error, "sqlite_errorcode", 0)
        if code in _FULL:
            return StoreFull("the disk is full; nothing was written. Make room and try again")
        if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreUnavailable("the store stayed locked for too long; try again")
        if code & 0xFF == sqlite3.SQLITE_CANTOPEN or str(error).startswith("no such table"):
            return StoreMissing("there is no store here; `timeline init` makes it")
        if code & 0xFF in _UNUSABLE:
            return StoreUnavailable(f"the store's file cannot be used: {error}")
        return None

    @contextmanager
    def wakeup(self, engine: Engine) -> Iterator[Wakeup]:  # noqa: ARG002
        yield _Pause()


def _log_end(last: tuple[int, str] | None, followed_to: tuple[int] | None) -> LogEnd:
    reached = None if followed_to is None else followed_to[0]
    if last is None:
        return LogEnd(0, None, reached)
    return LogEnd(last[0], datetime.fromisoformat(last[1]), reached)


def _kept(row: tuple[Any, ...] | None) -> KeptAnswer | None:
    if row is None:
        return None
    kept = KeptAnswer(*row)
    return kept._replace(recorded_at=datetime.fromisoformat(str(kept.recorded_at)))
