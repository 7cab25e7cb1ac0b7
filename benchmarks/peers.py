"""The others: eventsourcing's own recorders, and the databases with nothing in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Protocol, cast

import psycopg
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventsourcing.application import Application
    from eventsourcing.persistence import ApplicationRecorder, StoredEvent
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

    from benchmarks.bench import Bench

_COLUMNS = "position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, topic TEXT"
_FULL = 2


class Raw(Protocol):
    """Inserts events in bulk, one transaction a call, into one table with one key."""

    def __call__(self, new: Sequence[StoredEvent]) -> None: ...


@contextmanager
def peer(bench: Bench, database: str) -> Iterator[ApplicationRecorder]:
    """Open eventsourcing's own recorder on a new database, as durable as ours."""
    with _sqlite_peer(bench) if database == "sqlite" else _postgresql_peer(bench) as recorder:
        yield recorder


@contextmanager
def application(bench: Bench, database: str) -> Iterator[Application[Any]]:
    """Open eventsourcing's own application on its own recorder and a new database, as durable."""
    from eventsourcing.application import Application  # noqa: PLC0415

    settings = _on_sqlite(bench) if database == "sqlite" else _on_postgresql(bench)
    with closing(Application[Any](env=settings)) as app:
        if database == "sqlite":
            _require_full(cast("SQLiteApplicationRecorder", app.recorder).datastore)
        yield app


@contextmanager
def versioned(bench: Bench, versions: int) -> Iterator[Callable[[int], object]]:
    """Open eventsourcing's repository, on SQLite, on one aggregate with so many events.

    What is yielded gets the aggregate at a version.
    """
    from benchmarks.aggregate import stated  # noqa: PLC0415
    from benchmarks.made_up import fact_item  # noqa: PLC0415

    with application(bench, "sqlite") as app:
        aggregate = stated(fact_item(0, "alpha", 0, 0))
        for number in range(1, versions):
            aggregate.state(fact_item(number, "alpha", number, number))
        app.save(aggregate)
        yield lambda version: app.repository.get(aggregate.id, version=version)


def _on_sqlite(bench: Bench) -> dict[str, str]:
    return {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(bench.file()),
        "SQLITE_POOL_SIZE": "1",
        "SQLITE_MAX_OVERFLOW": "0",
    }


def _on_postgresql(bench: Bench) -> dict[str, str]:
    url = make_url(bench.url("postgresql"))
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(url.database),
        "POSTGRES_HOST": str(url.host),
        "POSTGRES_PORT": str(url.port),
        "POSTGRES_USER": str(url.username),
        "POSTGRES_PASSWORD": "-",
    }


def _require_full(store: SQLiteDatastore) -> None:
    """Have the one connection of a datastore wait for the disk, and see that it does."""
    with store.get_connection(commit=True) as connection:
        connection.cursor().execute("PRAGMA synchronous = FULL")
    with store.get_connection(commit=False) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous")
        if cursor.fetchone()[0] != _FULL:
            raise RuntimeError("the peer does not wait for the disk as ours does")


@contextmanager
def _sqlite_peer(bench: Bench) -> Iterator[ApplicationRecorder]:
    from eventsourcing.sqlite import (  # noqa: PLC0415
        SQLiteApplicationRecorder,
        SQLiteDatastore,
    )

    store = SQLiteDatastore(str(bench.file()), pool_size=1, max_overflow=0)
    _require_full(store)
    recorder = SQLiteApplicationRecorder(store)
    recorder.create_table()
    yield recorder
    store.close()


@contextmanager
def _postgresql_peer(bench: Bench) -> Iterator[ApplicationRecorder]:
    from eventsourcing.postgres import (  # noqa: PLC0415
        PostgresApplicationRecorder,
        PostgresDatastore,
    )

    url = make_url(bench.url("postgresql"))
    store = PostgresDatastore(
        str(url.database), str(url.host), url.port or 0, str(url.username), ""
    )
    recorder = PostgresApplicationRecorder(store)
    recorder.create_table()
    yield recorder
    store.close()


@contextmanager
def raw(bench: Bench, database: str) -> Iterator[Raw]:
    """Open a bare table: executemany on SQLite, COPY on PostgreSQL."""
    with _raw_sqlite(bench) if database == "sqlite" else _raw_postgresql(bench) as insert:
        yield insert


@contextmanager
def _raw_sqlite(bench: Bench) -> Iterator[Raw]:
    with closing(sqlite3.connect(bench.file(), isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"CREATE TABLE bare ({_COLUMNS}, payload BLOB)")

        def insert(new: Sequence[StoredEvent]) -> None:
            connection.execute("BEGIN")
            rows = [(str(e.originator_id), e.originator_version, e.topic, e.state) for e in new]
            connection.executemany(
                "INSERT INTO bare (stream, version, topic, payload) VALUES (?, ?, ?, ?)", rows
            )
            connection.execute("COMMIT")

        yield insert


@contextmanager
def _raw_postgresql(bench: Bench) -> Iterator[Raw]:
    with psycopg.connect(bench.url("postgresql")) as connection:
        columns = _COLUMNS.replace("INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY")
        connection.execute(f"CREATE TABLE bare ({columns}, payload BYTEA)".encode())
        connection.commit()

        def insert(new: Sequence[StoredEvent]) -> None:
            copy_to = "COPY bare (stream, version, topic, payload) FROM STDIN (FORMAT BINARY)"
            with connection.cursor() as cursor, cursor.copy(copy_to) as copy:
                copy.set_types(["text", "int4", "text", "bytea"])
                for e in new:
                    copy.write_row((str(e.originator_id), e.originator_version, e.topic, e.state))
            connection.commit()

        yield insert
