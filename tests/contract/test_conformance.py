"""The recorded conformance cases, through the core and through each database."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.run import core, on, run_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.databases.throwaway_postgres import PostgresServer

CASES = Path(__file__).parents[1] / "conformance" / "cases"
DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def fresh_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Make the URL of one more made store, empty, on the database asked for."""
    request.node.user_properties.append(("database", request.param))
    numbers = count(1)
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")

        def on_sqlite() -> str:
            copy = shutil.copyfile(template, tmp_path / f"{next(numbers)}.db")
            return f"sqlite:///{copy}"

        return on_sqlite
    server: PostgresServer = request.getfixturevalue("postgres_server")
    made: str = request.getfixturevalue("postgres_template")
    return lambda: server.url(server.create_database(made))


@pytest.mark.parametrize("fresh_store", DATABASES, indirect=True)
def test_every_case_holds(fresh_store: Callable[[], str]) -> None:
    tally = run_files(sorted(CASES.glob("*.json")), {"database": lambda: on(fresh_store)})
    assert tally.failures == []
    assert tally.answers > 1000


def test_every_case_holds_in_the_core_alone() -> None:
    tally = run_files(sorted(CASES.glob("*.json")), {"core": core})
    assert tally.failures == []
    assert tally.answers > 1000


def test_a_broken_case_is_found(tmp_path: Path) -> None:
    body: dict[str, Any] = json.loads((CASES / "bitemporal.json").read_bytes())
    broken = body["cases"][0]
    broken["queries"][0]["expected"] = "somebody else"
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(body | {"cases": [broken]}))
    tally = run_files([path], {"core": core})
    assert tally.wrong == 4  # one query, asked on two axes, in two open ends
    assert len(tally.failures) == 2
    assert all("somebody else" in line and broken["name"] in line for line in tally.failures)
