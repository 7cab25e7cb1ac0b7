"""Making a store, and what is said when there is none."""

from __future__ import annotations

import multiprocessing
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import projections
import timeline
from tests.contract.recording import some
from timeline.errors import BadInput, StoreError, StoreMissing, StoreUnavailable
from timeline.recorder import SqlRecorder, SystemClock, create_store, metadata, open_engine
from timeline.recorder.store import newest_revision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from sqlalchemy.engine import Engine


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def test_migrations_make_exactly_the_tables_that_the_code_states(engine: Engine) -> None:
    for package in (timeline, projections):
        _import_all(package)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_alembic_s_only_head() -> None:
    config = Config()
    config.set_main_option("script_location", "timeline.recorder:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [newest_revision()]


def test_a_store_is_made_once_however_often_it_is_asked_for(empty: Engine) -> None:
    create_store(empty)
    SqlRecorder(empty, SystemClock()).append(some(2))
    create_store(empty)
    assert SqlRecorder(empty, SystemClock()).head() == 2


def test_processes_may_make_the_store_at_once(empty_url: str, empty: Engine) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(make_store, [empty_url] * 3)
        pool.close()
        pool.join()
    assert SqlRecorder(empty, SystemClock()).head() == 0


def test_no_store(empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="timeline init"):
        SqlRecorder(empty, SystemClock())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("revision", "said"), [("0000", "older"), ("9999", "newer")])
def test_a_store_of_another_release(engine: Engine, revision: str, said: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    with pytest.raises(StoreError, match=said) as refused:
        SqlRecorder(engine, SystemClock())
    assert isinstance(refused.value, StoreMissing) == (said == "older")


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/t.db", "postgresql://nobody@127.0.0.1:1/none"]
)
def test_a_database_that_is_not_there(url: str) -> None:
    engine = open_engine(url)
    with pytest.raises(StoreUnavailable):
        create_store(engine)
    engine.dispose()


def test_a_database_that_does_not_exist(postgres_url: str) -> None:
    engine = open_engine(postgres_url + "_gone")
    with pytest.raises(StoreUnavailable, match="TIMELINE_DATABASE_URL"):
        create_store(engine)
    engine.dispose()


def test_a_lock_that_is_held_for_too_long(engine: Engine, store_url: str) -> None:
    impatient = open_engine(store_url, lock_timeout=0.1)
    recorder = SqlRecorder(impatient, SystemClock())
    with (
        SqlRecorder(engine, SystemClock()).begin_append(),
        pytest.raises(StoreUnavailable, match="locked"),
    ):
        recorder.append(some(1))
    assert recorder.append(some(1)).first == 1
    impatient.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/db", "timeline"])
def test_what_is_no_url_of_a_store(url: str) -> None:
    with pytest.raises(BadInput, match="sqlite:///"):
        open_engine(url)


def test_sqlite_commits_durably(sqlite_store_url: str) -> None:
    engine = open_engine(sqlite_store_url, lock_timeout=3)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    engine.dispose()
    assert found == ["wal", 2, 3000]


def make_store(url: str) -> None:
    engine = open_engine(url)
    create_store(engine)
    engine.dispose()


def _import_all(package: ModuleType) -> None:
    """Have every module state its tables."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in module.name:
            import_module(module.name)
