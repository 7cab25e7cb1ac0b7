"""Databases for every test that wants one: SQLite in a temporary file, PostgreSQL thrown away."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.browser.chromium import ABSENT
from tests.databases.tally import DATABASES, ContractTally
from tests.databases.throwaway_postgres import PostgresServer
from timeline.recorder import create_store, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

_TALLY = pytest.StashKey[ContractTally]()


def pytest_configure(config: pytest.Config) -> None:
    # Beside the tree, not in it: the tests also run for somebody who may only read the tree.
    beside = Path(tempfile.gettempdir()) / f"timeline-hypothesis-{os.getuid()}"
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(beside))
    settings.register_profile("untimed", deadline=None)  # a slow machine is no defect
    settings.load_profile("untimed")
    # Started in the background of a shell it ignores SIGINT, and so would all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    config.stash[_TALLY] = ContractTally(config)
    config.pluginmanager.register(config.stash[_TALLY])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say once more, and apart, that pages were not looked at."""
    skipped = (str(report.longrepr) for report in terminalreporter.stats.get("skipped", ()))
    if any(ABSENT in reason for reason in skipped):
        terminalreporter.write_sep("=", "browser tests did not run", yellow=True)
        terminalreporter.write_line(ABSENT)


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Iterator[PostgresServer]:
    """The session's one PostgreSQL server."""
    server = PostgresServer().start()
    pytestconfig.stash[_TALLY].versions["postgresql"] = server.version
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made store to copy: sooner there than migrating once more."""
    path = tmp_path_factory.mktemp("template") / "timeline.db"
    _make_store(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a database that holds a made store."""
    name = postgres_server.create_database()
    _make_store(postgres_server.url(name))
    return name


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'timeline.db'}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    yield from _database(postgres_server, "template1")


@pytest.fixture
def sqlite_store_url(sqlite_url: str, sqlite_template: Path) -> str:
    """The URL of a made store on SQLite, empty."""
    shutil.copyfile(sqlite_template, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture
def postgres_store_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """The URL of a made store on PostgreSQL, empty."""
    yield from _database(postgres_server, postgres_template)


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of either database, with no store in it."""
    return _url(request, {"sqlite": "sqlite_url", "postgresql": "postgres_url"})


@pytest.fixture(params=DATABASES)
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of a made store, empty, on either database."""
    return _url(request, {"sqlite": "sqlite_store_url", "postgresql": "postgres_store_url"})


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """An engine on `store_url`."""
    engine = open_engine(store_url)
    yield engine
    engine.dispose()


def _url(request: pytest.FixtureRequest, fixtures: dict[str, str]) -> str:
    request.node.user_properties.append(("database", request.param))
    return str(request.getfixturevalue(fixtures[request.param]))


def _database(server: PostgresServer, template: str) -> Iterator[str]:
    name = server.create_database(template)
    yield server.url(name)
    server.drop_database(name)


def _make_store(url: str) -> None:
    engine = open_engine(url)
    create_store(engine)
    engine.dispose()
