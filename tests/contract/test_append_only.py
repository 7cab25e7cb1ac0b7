"""The database itself keeps the log append-only, from any connection.

What is refused is tried with the stock drivers, sqlite3 and psycopg, not with our engine.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from tests.contract.recording import event, positions, some
from timeline.errors import BadInput
from timeline.ledger.signing import begin_signing, sign
from timeline.ledger.tiles import TILE
from timeline.recorder import Idempotency, SqlRecorder, create_store
from timeline.recorder.postgresql import grant
from timeline.recorder.schema import APPEND_ONLY, LEDGER, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder import InjectedClock

# Of each: what is tried, in words of both databases; {at} follows the last event, {same} is it.
CHANGES = {
    "update": "UPDATE events SET payload = 'x'",
    "update of one": "UPDATE events SET topic = 'other' WHERE position = 2",
    "delete": "DELETE FROM events",
    "delete of the last": "DELETE FROM events WHERE position = 3",
    "update of an answer": "UPDATE idempotency SET digest = 'x'",
    "delete of an answer": "DELETE FROM idempotency",
    "upsert": "INSERT INTO events SELECT * FROM events WHERE position = 3 "
    "ON CONFLICT (position) DO UPDATE SET payload = 'x'",
    "upsert of an answer": "INSERT INTO idempotency SELECT * FROM idempotency WHERE true "
    "ON CONFLICT (key) DO UPDATE SET digest = 'x'",
    "a gap": "INSERT INTO events SELECT 5, {stream}, 1, topic, recorded_at, payload "
    "FROM events WHERE position = 3",
    "a place before the first": "INSERT INTO events "
    "SELECT 0, {stream}, 1, topic, recorded_at, payload FROM events WHERE position = 3",
    "an earlier instant": "INSERT INTO events "
    "SELECT 4, {stream}, 1, topic, '1999-01-01T00:00:00.000000Z', payload "
    "FROM events WHERE position = 3",
}
SQLITE = {
    "replace by position": "INSERT OR REPLACE INTO events "
    "SELECT 3, {stream}, 9, topic, recorded_at, payload FROM events WHERE position = 3",
    "replace by version": "REPLACE INTO events "
    "SELECT 4, stream, version, topic, recorded_at, 'x' FROM events WHERE position = 3",
    "replace of an answer": "REPLACE INTO idempotency "
    "SELECT key, 'x', 1, 1, recorded_at, answer FROM idempotency",
    "replace by row id": "INSERT OR REPLACE INTO events "
    "(rowid, stream, version, topic, recorded_at, payload) "
    "SELECT 1, {stream}, 9, topic, recorded_at, payload FROM events WHERE position = 3",
    "update or replace": "UPDATE OR REPLACE events SET position = 1 WHERE position = 2",
    "no position": "INSERT INTO events (stream, version, topic, recorded_at, payload) "
    "SELECT {stream}, 1, topic, recorded_at, payload FROM events WHERE position = 3",
}
POSTGRESQL = {
    "truncate": "TRUNCATE events",
    "truncate of both": "TRUNCATE idempotency, events CASCADE",
    "as a replica": "SET session_replication_role = replica; DELETE FROM events",
    "truncate as a replica": "SET session_replication_role = replica; TRUNCATE events",
    "a gap as a replica": "SET session_replication_role = replica; "
    "INSERT INTO events SELECT 5, {stream}, 1, topic, recorded_at, payload FROM events LIMIT 1",
    "merge": "MERGE INTO events USING (SELECT 1 AS one) AS s ON position = one "
    "WHEN MATCHED THEN UPDATE SET topic = 'x'",
}
NEW_STREAM = "'00000000-0000-0000-0000-00000000002a'"


@pytest.fixture
def filled(recorder: SqlRecorder) -> SqlRecorder:
    """Three events and one answered request."""
    recorder.append(some(2))
    recorder.append([event()], idempotency=Idempotency("key", "digest"))
    return recorder


@pytest.mark.parametrize("change", CHANGES)
def test_no_stock_connection_changes_the_log(
    filled: SqlRecorder, store_url: str, change: str
) -> None:
    _assert_refused(filled, store_url, CHANGES[change])


@pytest.mark.parametrize("table", [table.name for table in LEDGER])
def test_no_stock_connection_changes_the_ledger(
    filled: SqlRecorder, clock: InjectedClock, store_url: str, tmp_path: Path, table: str
) -> None:
    filled.append(some(TILE))  # so that there is a node
    begin_signing(filled, clock, tmp_path / "key")
    sign(filled, clock, tmp_path / "key")
    columns = [column.name for column in metadata.tables[table].columns]
    taken = f"INSERT INTO {table} SELECT * FROM {table}"
    statements = [f"UPDATE {table} SET {columns[-1]} = {columns[-1]}", f"DELETE FROM {table}"]
    if store_url.startswith("sqlite"):
        statements += [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", taken]
    else:
        statements += [
            f"TRUNCATE {table}",
            f"SET session_replication_role = replica; DELETE FROM {table}",
        ]
    for statement in statements:
        _assert_refused(filled, store_url, statement)


@pytest.mark.parametrize("place", range(6))
def test_nor_by_what_only_this_database_offers(
    filled: SqlRecorder, store_url: str, place: int
) -> None:
    offered = SQLITE if store_url.startswith("sqlite") else POSTGRESQL
    _assert_refused(filled, store_url, list(offered.values())[place])


def test_a_stock_connection_may_add_what_follows(filled: SqlRecorder, store_url: str) -> None:
    _add_by_stock(store_url)
    assert positions(filled) == [1, 2, 3, 4]


def test_a_subscriber_also_finds_what_nobody_announced(filled: SqlRecorder, store_url: str) -> None:
    """News may be sent before anybody listens, or not at all: the subscriber looks by itself."""
    with filled.subscribe(gt=3) as subscription:
        _add_by_stock(store_url)
        assert next(subscription).id == 4


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "DROP TABLE {}"])
def test_what_a_service_connects_as_refuses_even_without_triggers(
    filled: SqlRecorder, store_url: str, statement: str, table: str
) -> None:
    """SQLite by the authorizer of our connections, PostgreSQL by the rights of the service role."""
    before = list(filled.records())
    _drop_triggers(store_url)
    column = [c.name for c in metadata.tables[table].columns][-1]
    with _as_service(filled.engine) as connection, pytest.raises(DBAPIError) as refused:
        connection.exec_driver_sql(statement.format(table, column, column))
    assert any(
        word in str(refused.value) for word in ("denied", "authorized", "prohibited", "owner")
    )
    assert list(filled.records()) == before


def test_what_a_service_connects_as_reads_and_appends(filled: SqlRecorder) -> None:
    with _as_service(filled.engine) as connection:
        connection.exec_driver_sql(
            f"INSERT INTO events SELECT 4, {_new_stream(str(filled.engine.url))}, 1, topic, "
            "recorded_at, payload FROM events WHERE position = 3"
        )
        connection.exec_driver_sql("INSERT INTO tracking VALUES ('upstream', 1)")
        connection.exec_driver_sql("UPDATE tracking SET position = 2")
        connection.exec_driver_sql("DELETE FROM tracking")
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 4


def test_a_role_that_is_not_there_is_refused(engine: Engine) -> None:
    with pytest.raises(BadInput, match="service_role"):
        create_store(engine, service_role="nobody_we_know")


@contextmanager
def _as_service(engine: Engine) -> Iterator[Connection]:
    """A connection with what a service may do, and no more."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            role = f"service_{uuid4().hex}"
            connection.exec_driver_sql(f"CREATE ROLE {role}")
            grant(connection, role)
            connection.exec_driver_sql(f"SET LOCAL ROLE {role}")
        yield connection


def _drop_triggers(url: str) -> None:
    names = "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'"
    if not url.startswith("sqlite"):
        names = "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
    with closing(_stock(url)) as connection:
        for name, table in connection.execute(names).fetchall():
            of = "" if url.startswith("sqlite") else f" ON {table}"
            connection.execute(f"DROP TRIGGER {name}{of}")
        connection.commit()


def _assert_refused(filled: SqlRecorder, url: str, statement: str) -> None:
    before, answer = list(filled.records()), filled.answered(Idempotency("key", "digest"))
    with closing(_stock(url)) as connection:
        with pytest.raises((sqlite3.Error, psycopg.Error)) as error:
            connection.execute(statement.format(stream=_new_stream(url)))
        connection.commit()
    assert "append-only" in str(error.value)
    assert list(filled.records()) == before
    assert filled.answered(Idempotency("key", "digest")) == answer


def _add_by_stock(url: str) -> None:
    with closing(_stock(url)) as connection:
        connection.execute(
            f"INSERT INTO events SELECT 4, {_new_stream(url)}, 1, topic, recorded_at, payload "
            "FROM events WHERE position = 3"
        )
        connection.commit()


def _stock(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return psycopg.connect(url)


def _new_stream(url: str) -> str:
    return NEW_STREAM if url.startswith("sqlite") else f"{NEW_STREAM}::uuid"
