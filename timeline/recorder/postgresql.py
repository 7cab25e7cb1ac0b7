"""PostgreSQL by psycopg 3: appends under an advisory lock, bulk by COPY, news by NOTIFY."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import create_engine, event

from timeline.errors import StoreFull, StoreMissing, StoreUnavailable
from timeline.recorder.schema import APPEND_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg
    from sqlalchemy.engine import URL, Connection, Engine

    from timeline.errors import StoreError
    from timeline.recorder.database import Wakeup
    from timeline.recorder.records import StoredRecord

__all__ = ["Postgresql", "grant", "open_postgresql"]

# Any fixed numbers will do, as advisory locks belong to one database.
APPEND_LOCK = 7_462_837_001
MIGRATE_LOCK = 7_462_837_002
QUESTION_LOCK = 7_462_837_003
CHANNEL = "timeline_events"

# One round trip for both; what is notified leaves at commit only, and not at all on rollback.
_LOCK = f"SELECT pg_advisory_xact_lock({APPEND_LOCK}), pg_notify('{CHANNEL}', '')"
_COLUMNS = "events (position, stream, version, topic, recorded_at, payload)"
_INSERT = f"INSERT INTO {_COLUMNS} VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S608
_COPY = f"COPY {_COLUMNS} FROM STDIN (FORMAT BINARY)"
_TYPES = ["int8", "uuid", "int4", "text", "timestamptz", "bytea"]
# COPY takes more round trips than one INSERT, and far less for each row.
_COPY_FROM = 8

_DISK_FULL = "53100"
_MISSING = {"42P01", "3F000"}
_LOCKED = {"55P03", "40P01"}
_AWAY = ("08", "28", "3D", "53", "57", "58")


def open_postgresql(url: URL, lock_timeout: float) -> Engine:
    """Return an engine by psycopg 3; nothing is connected before the first use."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": 10},
        pool_size=5,
        max_overflow=10,
    )

    @event.listens_for(engine, "connect")
    def _connected(raw: psycopg.Connection[Any], _record: object) -> None:
        raw.execute(f"SET lock_timeout = {int(lock_timeout * 1000)}")
        raw.commit()

    return engine


class _Listening:
    """A connection that LISTENs; once it breaks, the wait reports it through the driver."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw

    def wait(self, seconds: float) -> None:
        for _ in self._raw.notifies(timeout=seconds, stop_after=1):
            pass


class Postgresql:
    """The recorder's `Database` on PostgreSQL."""

    def appending(self, engine: Engine) -> Engine:
        return engine

    def reading(self, engine: Engine) -> Engine:
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def asking(self, engine: Engine) -> Engine:
        return engine.execution_options(isolation_level="AUTOCOMMIT")

    def lock(self, connection: Connection) -> None:
        connection.exec_driver_sql(_LOCK)

    def lock_questions(self, connection: Connection) -> None:
        """Take a lock of its own: questions never wait for an append, nor an append for them."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({QUESTION_LOCK})")

    def insert(self, connection: Connection, records: Sequence[StoredRecord]) -> None:
        rows = [
            (r.position, r.stream, r.version, r.topic, r.recorded_at, r.payload) for r in records
        ]
        if len(rows) < _COPY_FROM:
            connection.exec_driver_sql(_INSERT, rows)
            return
        with _raw(connection).cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)

    def is_taken(self, error: BaseException) -> bool:
        return getattr(error, "sqlstate", None) == "23505"

    def tell(self, error: BaseException) -> StoreError | None:
        if not type(error).__module__.startswith("psycopg"):
            return None
        state = getattr(error, "sqlstate", None) or ""
        if state == _DISK_FULL:
            return StoreFull("the database's disk is full; nothing was written. Make room first")
        if state in _MISSING:
            return StoreMissing("there is no store in this database; `timeline init` makes it")
        if state in _LOCKED:
            return StoreUnavailable("the store stayed locked for too long; try again")
        if state.startswith(_AWAY) or (not state and type(error).__name__ == "OperationalError"):
            return StoreUnavailable(
                "the database does not answer; check that it runs, that it exists and that "
                f"TIMELINE_DATABASE_URL names it: {error}"
            )
        return None

    @contextmanager
    def wakeup(self, engine: Engine) -> Iterator[Wakeup]:
        # Not from the pool: a subscriber keeps its connection for as long as it listens.
        connect = engine.dialect.import_dbapi().connect
        _, options = engine.dialect.create_connect_args(engine.url)
        with closing(connect(**options, autocommit=True)) as raw:
            raw.execute(f"LISTEN {CHANNEL}")
            yield _Listening(raw)


def grant(connection: Connection, role: str) -> None:
    """Give `role` what a service needs: to add to and read the log, all else on read models.

    Which tables are append-only is read off their triggers, so later migrations count as well.
    """
    quoted = connection.dialect.identifier_preparer.quote(role)
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
    for table, guarded in connection.exec_driver_sql(_TABLES).all():
        connection.exec_driver_sql(f"REVOKE ALL ON {table} FROM {quoted}")
        rights = _rights(table, append_only=guarded or table in APPEND_ONLY)
        connection.exec_driver_sql(f"GRANT {rights} ON {table} TO {quoted}")


def _rights(table: str, *, append_only: bool) -> str:
    if table == "alembic_version":
        return "SELECT"
    return "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"


_TABLES = """
SELECT c.oid::regclass::text, EXISTS (
  SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only_change')
FROM pg_class AS c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
ORDER BY 1
"""


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)
