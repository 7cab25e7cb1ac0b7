"""Rebuilt, live and re-imported read models have the same rows, on either database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from api import Timeline
from projections import log_fold
from projections.runner import READ_MODELS
from tests.property.bundles import bundles
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.databases.throwaway_postgres import PostgresServer

    NewStore = Callable[[], AbstractContextManager[Timeline]]

BOUNDED = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> NewStore:
    if request.param == "sqlite":
        return _on_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return _on_postgresql(server, request.getfixturevalue("postgres_template"))


@BOUNDED
@given(bundle=bundles(), chunk=st.sampled_from([1, 3, 2_000]))
def test_rebuilt_is_live_is_reimported(
    new_store: NewStore, bundle: dict[str, Any], chunk: int
) -> None:
    with new_store() as one, new_store() as other, pytest.MonkeyPatch.context() as patch:
        patch.setattr(log_fold, "CHUNK", chunk)
        one.import_bundle(bundle_of(bundle))
        live = _rows(one)
        assert one.rebuild().differences == ()
        with one.recorder.begin_append() as connection:
            for model in READ_MODELS:
                connection.execute(delete(model.table))
        one.rebuild()
        assert _rows(one) == live
        other.import_bundle(bundle_of(bundle))
        assert _rows(other) == live


@BOUNDED
@given(bundle=bundles(), chosen=st.integers(0, 10_000))
def test_one_tampered_row_is_located_and_put_right(
    new_store: NewStore, bundle: dict[str, Any], chosen: int
) -> None:
    with new_store() as store:
        store.import_bundle(bundle_of(bundle))
        live = _rows(store)
        table, row = _one_of(live, chosen)
        issuer, position, item, number = row[:4]
        with store.recorder.begin_append() as connection:
            where = f"position = {position} AND row_number = {number} AND item_id = :item"
            change = text(f"UPDATE {table} SET place = place + 1 WHERE {where}")
            assert connection.execute(change, {"item": item}).rowcount == 1
        told = store.rebuild().differences
        assert {(d.table, d.key) for d in told} == {(table, (issuer, item, position, number))}
        assert len(told) == 2
        assert _rows(store) == live


def _one_of(rows: dict[str, list[tuple[Any, ...]]], chosen: int) -> tuple[str, tuple[Any, ...]]:
    everything = [(name, row) for name, some in rows.items() for row in some]
    return everything[chosen % len(everything)]


def _rows(timeline: Timeline) -> dict[str, list[tuple[Any, ...]]]:
    with timeline.recorder.begin_read() as connection:
        return {
            model.name: sorted(map(tuple, connection.execute(select(model.table))), key=str)
            for model in READ_MODELS
        }


def _on_sqlite(template: Path, folder: Path) -> NewStore:
    @contextmanager
    def new_store() -> Iterator[Timeline]:
        copy = folder / f"{len(list(folder.iterdir()))}.db"
        copy.write_bytes(template.read_bytes())
        with Timeline(f"sqlite:///{copy}") as timeline:
            yield timeline

    return new_store


def _on_postgresql(server: PostgresServer, template: str) -> NewStore:
    @contextmanager
    def new_store() -> Iterator[Timeline]:
        name = server.create_database(template)
        with Timeline(server.url(name)) as timeline:
            yield timeline
        server.drop_database(name)

    return new_store
