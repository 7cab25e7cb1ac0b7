"""What docs/a-new-read-model.md shows is done to a copy of the project, and answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.docs.pages import ROOT, page
from timeline.bundle import read_bundle
from timeline.recorder.store import newest_revision

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/a-new-read-model.md"
_STEP = re.compile(r"^## \d\. `([^`]+)`.*?\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(python|diff)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ASKED = ("speakers", "migenix", "--as-of", "2008-09-01")
_SERVED = """
import json, sys, warnings
warnings.simplefilter("ignore")
from fastapi.testclient import TestClient
from api.app import create_app
from api.settings import Settings
app = create_app(Settings(sys.argv[1]))
with TestClient(app, base_url="http://127.0.0.1") as client:
    told = client.get("/v1/issuers/migenix/speakers?as_of=2008-09-01").json()
    shapes = client.get("/openapi.json").json()["components"]["schemas"]
print(json.dumps({"items": told["items"], "shape": sorted(shapes["Speaker"]["properties"])}))
"""


def steps() -> dict[str, list[tuple[str, str]]]:
    """Return the blocks of each step, with their language, by the file it touches."""
    return {path: _BLOCK.findall(told) for path, told in _STEP.findall(page(PAGE).text)}


def changed(text: str, diff: str) -> str:
    """Return `text` with the one place that `diff` speaks of changed as it says."""
    lines = [(line[:1] or " ", line[1:]) for line in diff.splitlines()]
    before = "".join(f"{told}\n" for sign, told in lines if sign in " -")
    after = "".join(f"{told}\n" for sign, told in lines if sign in " +")
    assert text.count(before) == 1, f"stands {text.count(before)} times:\n{before}"
    return text.replace(before, after)


def _apply(tree: Path) -> None:
    for path, blocks in steps().items():
        for language, told in blocks:
            file = tree / path
            file.write_text(told if language == "python" else changed(file.read_text(), told))


def _run(tree: Path, url: str, *args: str) -> subprocess.CompletedProcess[str]:
    settings = {"TIMELINE_DATABASE_URL": url, "PYTHONPATH": str(tree), "COLUMNS": "120"}
    command = [sys.executable, *args]
    return subprocess.run(
        command, cwd=tree, env=os.environ | settings, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that had its events before the read model came."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(read_bundle(ROOT / "samples" / "migenix" / "bundle.json"))
    return url


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the changes of the page."""
    tree = tmp_path_factory.mktemp("project")
    for folder in ("timeline", "projections", "api"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    _apply(tree)
    return tree


@pytest.fixture(scope="module")
def upgraded(tree: Path, store: str) -> str:
    """The store, brought along as the page says."""
    for verb in ("init", "rebuild"):
        done = _run(tree, store, "-m", "api.cli", verb)
        assert done.returncode == 0, done.stderr  # init has filled the table, so nothing differs
    return store


def test_it_touches_four_files() -> None:
    assert len(steps()) == 4
    new = [path for path, blocks in steps().items() if blocks[0][0] == "python"]
    assert [path for path in steps() if path not in new] == [
        "projections/rows.py",
        "api/questions.py",
    ]


def test_the_migration_is_the_next_one() -> None:
    (path,) = (path for path in steps() if "migrations" in path)
    last = newest_revision()
    assert path.rpartition("/")[2].startswith(f"{int(last) + 1:04d}_")
    assert f'down_revision = "{last}"' in steps()[path][0][1]


def test_the_command_line_answers_as_shown(tree: Path, upgraded: str) -> None:
    (shown,) = page(PAGE).blocks("text")
    command, _, table = shown.text.partition("\n")
    assert command.split()[2:] == list(_ASKED)
    printed = _run(tree, upgraded, "-m", "api.cli", *_ASKED)
    assert printed.returncode == 0, printed.stderr
    assert _lines(printed.stdout) == _lines(table)


def test_http_answers_the_same_in_its_shape(tree: Path, upgraded: str) -> None:
    served = _run(tree, upgraded, "-c", _SERVED, upgraded)
    assert served.returncode == 0, served.stderr
    told: dict[str, Any] = json.loads(served.stdout)
    asked = _run(tree, upgraded, "-m", "api.cli", *_ASKED, "--json")
    assert told["items"] == json.loads(asked.stdout)
    assert told["items"]
    assert told["shape"] == ["first", "heard", "last", "speaker"]


def test_what_is_appended_later_is_there_at_once(tree: Path, upgraded: str) -> None:
    told = ["--type", "corporate.moved", "--occurred", "2008-08-30"]
    told += ["--disclosed", "2008-08-30", "--attributed-to", "A Newcomer"]
    done = _run(tree, upgraded, "-m", "api.cli", "record", "migenix", *told, "--yes")
    assert done.returncode == 0, done.stderr
    rows = json.loads(_run(tree, upgraded, "-m", "api.cli", *_ASKED, "--json").stdout)
    assert [row["heard"] for row in rows if row["speaker"] == "A Newcomer"] == [1]
    last = _run(tree, upgraded, "-m", "api.cli", "rebuild")
    assert last.returncode == 0, last.stdout


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]
