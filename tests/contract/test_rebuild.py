"""A rebuild on either database: beside appends, killed half-way, by whom, and of older stores."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, delete, insert, inspect, select, text, update

from api import Timeline
from projections import log_fold, rebuild
from projections.beside import Beside
from projections.runner import READ_MODELS
from timeline.bundle import bundle_of
from timeline.errors import StoreError
from timeline.recorder import OwnConnection, open_engine
from timeline.recorder.engine import database_of
from timeline.recorder.postgresql import grant
from timeline.recorder.schema import events
from timeline.recorder.sqlite import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    Rows = dict[str, list[tuple[Any, ...]]]

FEW = 7
"""Events a chunk, so that a small store has several."""


@pytest.fixture
def timeline(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Timeline]:
    monkeypatch.setattr(log_fold, "CHUNK", FEW)
    with Timeline(store_url, recorded_by="somebody") as timeline:
        _import(timeline, 20, corrections=[_correction("c1", "e3"), _retraction("c2", "e4")])
        _import(timeline, 20, corrections=[_correction("c3", "e3"), _retraction("c4", "e3")])
        yield timeline


@pytest.fixture
def older_url(timeline: Timeline, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place on the same database."""
    if timeline.recorder.engine.dialect.name == "sqlite":
        return f"sqlite:///{tmp_path / 'older.db'}"
    return str(request.getfixturevalue("postgres_url"))


def test_appends_go_on_while_an_honest_store_is_rebuilt(timeline: Timeline, store_url: str) -> None:
    before = timeline.recorder.head()
    told = timeline.rebuild(_appending(store_url))
    assert told.position == before
    assert timeline.recorder.head() == before + 4
    assert told.differences == ()
    assert timeline.rebuild().differences == ()


@pytest.mark.parametrize("few", [1, 1_000])
def test_what_came_meanwhile_is_there_once_a_row_was_put_right(
    timeline: Timeline, store_url: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "FEW", few)
    honest = _rows(timeline)
    _tamper(timeline, "e5")
    told = timeline.rebuild(_appending(store_url))
    assert {(d.table, d.key[1]) for d in told.differences} == {("facts", "e5")}
    assert told.position == timeline.recorder.head()
    assert timeline.rebuild().differences == ()
    after = _rows(timeline)
    assert [r for r in honest["facts"] if r[2] == "e5"] == [
        r for r in after["facts"] if r[2] == "e5"
    ]
    assert {r[2] for r in after["facts"]} >= {"late0", "late1"}
    assert _closed(after, "e6") == 1


def test_what_comes_just_before_the_lock_is_not_lost(
    timeline: Timeline, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = OwnConnection.append_lock

    def late(own: OwnConnection) -> Any:
        _appending(store_url)(0, 1)
        return whole(own)

    monkeypatch.setattr(OwnConnection, "append_lock", late)
    _tamper(timeline, "e5")
    timeline.rebuild()
    assert "late0" in {row[2] for row in _rows(timeline)["facts"]}
    assert timeline.rebuild().differences == ()


def test_emptied_read_models_are_filled_again(timeline: Timeline) -> None:
    honest = _rows(timeline)
    with timeline.recorder.begin_append() as connection:
        for model in READ_MODELS:
            connection.execute(delete(model.table))
    told = timeline.rebuild()
    assert len(told.differences) == sum(map(len, honest.values()))
    assert _rows(timeline) == honest


def test_no_more_differences_are_told_than_help(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "TOLD", 3)
    honest = _rows(timeline)
    with timeline.recorder.begin_append() as connection:
        connection.execute(text("UPDATE facts SET place = place + 1"))
    assert len(timeline.rebuild().differences) == 3
    assert _rows(timeline) == honest


@pytest.mark.parametrize("moment", ["loading", "taking over"])
def test_a_killed_rebuild_leaves_the_rows_as_they_were(
    timeline: Timeline, store_url: str, moment: str
) -> None:
    _tamper(timeline, "e5")
    before = _rows(timeline)
    killed = multiprocessing.get_context("spawn").Process(
        target=rebuild_and_die, args=(store_url, moment)
    )
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    assert _rows(timeline) == before
    _import(timeline, 21)  # nothing is locked
    with timeline.recorder.begin_read() as connection:
        assert [n for n in inspect(connection).get_table_names() if "rebuilt" in n] == []
    assert {d.key[1] for d in timeline.rebuild().differences} == {"e5"}
    assert timeline.rebuild().differences == ()


def test_the_connection_of_a_rebuild_is_not_given_to_others(timeline: Timeline) -> None:
    timeline.rebuild()
    timeline.rebuild()
    with timeline.recorder.begin_read() as connection, pytest.raises(Exception, match="rebuilt"):
        connection.exec_driver_sql("SELECT * FROM facts_rebuilt")


def test_the_service_role_may_rebuild(timeline: Timeline, store_url: str) -> None:
    _tamper(timeline, "e5")
    with _service(timeline, store_url) as service:
        assert {d.key[1] for d in service.rebuild().differences} == {"e5"}
        assert service.rebuild().differences == ()


def test_a_role_without_temporary_tables_is_told_so(postgres_store_url: str) -> None:
    with Timeline(postgres_store_url) as timeline:
        _import(timeline, 1)
        with timeline.recorder.begin_append() as connection:
            name = connection.engine.url.database
            connection.exec_driver_sql(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
        with (
            _service(timeline, postgres_store_url) as service,
            pytest.raises(StoreError, match="TEMPORARY"),
        ):
            service.rebuild()


@pytest.mark.parametrize("rows", ["kept", "wrong", "none"])
def test_init_leaves_an_older_store_with_right_read_models(
    timeline: Timeline, older_url: str, rows: str
) -> None:
    """One store of today's release, one made by the old migrations with the same log."""
    _older_store(timeline, older_url, with_rows=rows != "none", tampered=rows == "wrong")
    with Timeline(older_url, create=True) as older:
        assert _rows(older) == _rows(timeline)
        assert older.rebuild().differences == ()
        _import(older, 21, corrections=[_correction("c9", "e6")])
        assert older.rebuild().differences == ()


def test_a_migration_alone_keeps_the_rows(timeline: Timeline, older_url: str) -> None:
    _older_store(timeline, older_url, with_rows=True, tampered=False)
    engine = open_engine(older_url)
    _upgrade(engine, "head")
    engine.dispose()
    with Timeline(older_url) as older:
        assert _rows(older) == _rows(timeline)


def rebuild_and_die(url: str, moment: str) -> None:
    """Run in a process of its own."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    log_fold.CHUNK = FEW
    whole = Beside.take_over

    def half(beside: Beside, live: Table) -> None:
        whole(beside, live)
        die()

    if moment == "taking over":
        Beside.take_over = half  # type: ignore[assignment,method-assign]
    with Timeline(url) as timeline:
        timeline.rebuild(lambda done, _: die() if done and moment == "loading" else None)


def _import(timeline: Timeline, facts: int, **sections: list[dict[str, Any]]) -> None:
    body = {
        "format": "timeline-bundle/1",
        "issuer": {"id": "acme", "name": "Acme"},
        "events": [_fact(f"e{n}", str(n)) for n in range(facts)],
        **sections,
    }
    timeline.import_bundle(bundle_of(body))


def _fact(name: str, value: str) -> dict[str, Any]:
    facts = {"subject": "staff", "attribute": "headcount", "value": value}
    day = {"occurred": "2008-01-01", "disclosed": "2008-01-02"}
    return {"id": name, "type": "fact.stated", "facts": facts, **day}


def _correction(name: str, of: str) -> dict[str, Any]:
    return {"id": name, "corrects": of, "set": {"facts": {"value": f"by {name}"}}, "reason": "r"}


def _retraction(name: str, of: str) -> dict[str, Any]:
    return {"id": name, "retracts": of, "reason": "r"}


def _appending(url: str) -> Any:
    """Return a progress that appends, by another connection, before and after the load."""

    def progress(done: int, of: int) -> None:
        if done in (0, of):
            with Timeline(url) as other:
                number = 0 if done == 0 else 1
                body = {
                    "format": "timeline-bundle/1",
                    "issuer": {"id": "acme", "name": "Acme"},
                    "events": [_fact(f"late{number}", "late")],
                    "corrections": [_correction(f"late-c{number}", f"e{6 + number}")],
                }
                other.import_bundle(bundle_of(body))

    return progress


def _tamper(timeline: Timeline, item: str) -> None:
    facts = next(m.table for m in READ_MODELS if m.name == "facts")
    with timeline.recorder.begin_append() as connection:
        change = update(facts).where(facts.c.item_id == item).values(value='"99"')
        assert connection.execute(change).rowcount == 1


def _rows(timeline: Timeline) -> Rows:
    with timeline.recorder.begin_read() as connection:
        return {
            m.name: sorted(map(tuple, connection.execute(select(m.table))), key=str)
            for m in READ_MODELS
        }


def _closed(rows: Rows, item: str) -> int:
    return len([r for r in rows["facts"] if r[2] == item and r[5] is not None])


@contextmanager
def _service(timeline: Timeline, url: str) -> Iterator[Timeline]:
    """A store opened as what a service connects as: on PostgreSQL a role that owns nothing."""
    engine = timeline.recorder.engine
    if engine.dialect.name == "postgresql":
        role = f"service_{uuid4().hex}"
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
            grant(connection, role)
        url = engine.url.set(drivername="postgresql", username=role).render_as_string()
    with Timeline(url) as service:
        yield service


def _older_store(timeline: Timeline, url: str, *, with_rows: bool, tampered: bool) -> None:
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        make_file(engine)
    _upgrade(engine, "0002")
    with engine.begin() as older, timeline.recorder.begin_read() as newer:
        older.execute(
            insert(events),
            [dict(r) for r in newer.execute(select(events).order_by(events.c.position)).mappings()],
        )
        there = set(inspect(older).get_table_names())
        for model in (m for m in READ_MODELS if with_rows and m.name in there):
            table = Table(model.name, MetaData(), autoload_with=older)
            assert [c.name for c in table.primary_key][1] == "item_id"
            told = [dict(r) for r in newer.execute(select(model.table)).mappings()]
            if told:
                older.execute(insert(model.table), told)
        if tampered:
            older.execute(text("UPDATE facts SET value = '1', position_to = 7"))
    engine.dispose()


def _upgrade(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "timeline.recorder:migrations")
    with database_of(engine).appending(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
