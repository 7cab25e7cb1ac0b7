"""The Makefile, CI, the locks and the containers: what can be known without running them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml  # type: ignore[import-untyped]  # used for one file
from sqlalchemy import text

from timeline.recorder import open_engine

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
TARGETS = (
    "help",
    "setup",
    "demo",
    "serve",
    "test",
    "check",
    "conformance",
    "crash",
    "bench",
    "lock",
)


def _make(*words: str) -> str:
    """Return what make would do (with -n), or does."""
    ours = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(
        ["make", *words], cwd=ROOT, env=ours, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_make_alone_lists_every_target() -> None:
    told = _make()
    assert told == _make("help")
    assert [t for t in TARGETS if not re.search(rf"^  make {t} +\S", told, re.MULTILINE)] == []


def test_every_listed_target_is_there_and_does_something() -> None:
    for target in re.findall(r"^  make (\w+)", _make(), re.MULTILINE):
        assert _make("-n", target).strip(), target


def test_nothing_is_printed_after_the_tests() -> None:
    commands = [line for line in _make("-n", "test").splitlines() if line.strip()]
    assert "-m pytest" in commands[-1]
    recipe = re.findall(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe[0].strip().endswith("$(MAKE) test")


def test_ci_runs_what_anybody_can_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("exec make check")


def _locked(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return dict(found)


def _names(needs: list[str]) -> set[str]:
    return {re.split(r"[\[<>=; ]", need)[0] for need in needs}


def test_all_that_is_needed_is_locked() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project, extras = told["project"], told["project"]["optional-dependencies"]
    to_run = _names([*project["dependencies"], *chain.from_iterable(extras.values())])
    assert to_run <= _locked("requirements.txt").keys()
    assert to_run | _names(told["dependency-groups"]["dev"]) <= _locked(LOCKS[1]).keys()


def test_the_two_locks_agree() -> None:
    assert _locked("requirements.txt").items() <= _locked("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_file_has_a_hash_and_no_lock_names_an_address(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9-]+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []
    assert not re.search(r"://|index-url|find-links", (ROOT / lock).read_text())


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return told


def _complaints(compose: dict[str, Any]) -> list[str]:
    schema = json.loads((Path(__file__).parent / "compose-spec" / "compose-spec.json").read_text())
    return [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(compose)]


def test_the_compose_file_follows_the_specification(compose: dict[str, Any]) -> None:
    """By its JSON Schema alone: no engine reads the file here."""
    assert _complaints(compose) == []


def test_the_specification_would_complain(compose: dict[str, Any]) -> None:
    postgres = compose["services"]["postgres"]
    wrong = compose | {"services": {"postgres": postgres | {"volume": ["postgres:/data"]}}}
    assert _complaints(wrong) == ["Additional properties are not allowed ('volume' was unexpected)"]


def test_what_the_containers_take_from_here_is_here(compose: dict[str, Any]) -> None:
    mounted = [v.split(":")[0] for s in compose["services"].values() for v in s.get("volumes", ())]
    copied = re.findall(r"^COPY (\S+) ", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert [f for f in mounted if f.startswith("./") and not (ROOT / f).exists()] == []
    assert [name for name in copied if not (ROOT / name).exists()] == []
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert sorted(kept) == sorted(copied)


def test_the_service_depends_on_what_it_needs(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        assert service.get("depends_on", {}).keys() <= services.keys(), name
    assert services["postgres"]["image"].endswith(":18")
    assert "timeline_service@" in services["timeline"]["environment"]["TIMELINE_DATABASE_URL"]


def test_the_store_is_made_as_the_compose_file_says(
    compose: dict[str, Any], postgres_url: str
) -> None:
    """The one step that needs no engine: its command, run against a PostgreSQL of ours."""
    engine = open_engine(postgres_url)
    role = "timeline_service"
    with engine.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {role}"))
        connection.execute(text(f"CREATE ROLE {role}"))
    command = compose["services"]["store"]["command"]
    subprocess.run(
        [sys.executable, "-m", "api.cli", *command],
        cwd=ROOT,
        env=os.environ | {"TIMELINE_DATABASE_URL": postgres_url},
        check=True,
    )
    right = text(f"SELECT has_table_privilege('{role}', 'events', :right)")
    with engine.begin() as connection:
        may = [connection.execute(right, {"right": r}).scalar() for r in ("INSERT", "UPDATE")]
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    assert may == [True, False]
    engine.dispose()
