"""PostgreSQL by psycopg 3: appends under an advisory lock, bulk by COPY, news by NOTIFY."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import create_engine, delete, event

from timeline.errors import StoreError, StoreFull, StoreMissing, StoreUnavailable
from timeline.ledger.chain import LAST_LINK, chain_end
from timeline.recorder.records import KeptAnswer, LogEnd
from timeline.recorder.schema import APPEND_ONLY, events, personal_keys
from timeline.recorder.tracks import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    import psycopg
    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import URL, Connection, Engine

    from timeline.ledger.chain import ChainEnd
    from timeline.recorder.database import Wakeup
    from timeline.recorder.inserts import Inserts

__all__ = ["Postgresql", "grant", "open_postgresql"]

# Any fixed numbers will do, as advisory locks belong to one database.
APPEND_LOCK = 7_462_837_001
MIGRATE_LOCK = 7_462_837_002
QUESTION_LOCK = 7_462_837_003
CHANNEL = "timeline_events"

# One round trip for both; what is notified leaves at commit only, and not at all on rollback.
_LOCK = f"SELECT pg_advisory_xact_lock({APPEND_LOCK}), pg_notify('{CHANNEL}', '')"
# Not in the same statement as the lock: that one sees what was there before it waited.
_LOOK = f"""
SELECT last.position, last.recorded_at,
       (SELECT position FROM tracking WHERE application_name = %s), link.*, kept.*
FROM (SELECT) AS one
LEFT JOIN ({LAST_LINK}) AS link ON true
LEFT JOIN (SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1) AS last ON true
LEFT JOIN (SELECT key, digest, first_position, last_position, recorded_at, answer
           FROM idempotency WHERE key = %s) AS kept ON true
""".encode()  # noqa: S608  # our own words

_MAINTAIN_SINCE = (17,)  # before, only the owner of a table may VACUUM it

_WIPE_WITHIN = 10.0  # seconds
_OLDER = """
SELECT EXISTS (SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND (age(backend_xmin) > age(%s::xid) OR age(backend_xid) > age(%s::xid)))
"""

_TAKEN = "23505"
_DISK_FULL = "53100"
_MISSING = {"42P01", "3F000"}
_NO_RIGHT = "42501"
_LOCKED = {"55P03", "40P01"}
_AWAY = ("08", "28", "3D", "53", "57", "58")


def open_postgresql(url: URL, lock_timeout: float) -> Engine:
    """Return an engine by psycopg 3; nothing is connected before the first use."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": 10},
        hide_parameters=True,
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

    def lock_and_look(
        self, connection: Connection, key: str | None
    ) -> tuple[LogEnd, KeptAnswer | None, ChainEnd]:
        raw = _raw(connection)
        raw.execute(_LOCK.encode())
        found = raw.execute(_LOOK, (READ_MODELS, key)).fetchone()
        assert found is not None  # noqa: S101  # every join is a left one
        position, recorded_at, followed_to, number, link, *kept = found
        end = LogEnd(position or 0, _utc(recorded_at), followed_to)
        return end, _kept(*kept), chain_end(number and (number, link))

    def inserting(self, connection: Connection) -> AbstractContextManager[Inserts]:
        # It loads psycopg, which a store on SQLite does without.
        from timeline.recorder.postgresql_inserts import PostgresqlInserts  # noqa: PLC0415

        return PostgresqlInserts(connection)

    def delete_for_good(
        self, connection: Connection, table: Table, which: ColumnElement[bool]
    ) -> None:
        connection.execute(delete(table).where(which))

    def wipe(self, engine: Engine, table: Table) -> bool:
        """Rewrite the table into a new file; without the right to, PostgreSQL warns and goes on.

        A row that an older transaction may still see is taken along, so those are waited for.
        """
        name = engine.dialect.identifier_preparer.format_table(table)
        file = f"SELECT pg_relation_filenode('{name}')"
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            now = connection.exec_driver_sql("SELECT pg_current_xact_id()::xid::text").scalar()
            deadline = time.monotonic() + _WIPE_WITHIN
            while connection.exec_driver_sql(_OLDER, (now, now)).scalar():
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.05)
            before = connection.exec_driver_sql(file).scalar()
            connection.exec_driver_sql(f"VACUUM (FULL) {name}")
            return bool(connection.exec_driver_sql(file).scalar() != before)

    def is_taken(self, error: BaseException) -> bool:
        diagnosed = getattr(error, "diag", None)
        taken = getattr(error, "sqlstate", None) == _TAKEN
        return taken and diagnosed is not None and diagnosed.table_name == events.name

    def tell(self, error: BaseException) -> StoreError | None:  # noqa: PLR0911  # one a meaning
        if not type(error).__module__.startswith("psycopg"):
            return None
        state = getattr(error, "sqlstate", None) or ""
        if state == _DISK_FULL:
            return StoreFull("the database's disk is full; nothing was written. Make room first")
        if state == _NO_RIGHT:
            return StoreError(
                f"this role may not do that ({str(error).splitlines()[0]}); `timeline init"
                " --service-role ROLE` gives what a service needs, and a rebuild needs TEMPORARY"
                " on the database, which roles have unless it was taken away"
            )
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
    if connection.dialect.server_version_info >= _MAINTAIN_SINCE:  # type: ignore[operator]
        connection.exec_driver_sql(f"GRANT MAINTAIN ON {personal_keys.name} TO {quoted}")


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


def _utc(instant: datetime | None) -> datetime | None:
    return instant and instant.astimezone(UTC)


def _kept(key: str | None, *rest: Any) -> KeptAnswer | None:
    if key is None:
        return None
    kept = KeptAnswer(key, *rest)
    return kept._replace(recorded_at=kept.recorded_at.astimezone(UTC))
