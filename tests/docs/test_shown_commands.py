"""Commands and programs that a page shows do run, and print what it shows.

In ```console blocks `$ timeline ...` is run, against one store for each page: an empty one if the
page makes it (`$ timeline init`), else one with the sample. `$ make ...` is held against the
Makefile by another test, what serves or exports has tests of its own, and getting the
project (`git`, `cd`) is not repeated here. ```python blocks are run against a store with the
sample, and of ```http blocks every GET is asked.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.docs.pages import ROOT, Page, pages
from tests.docs.session import Command, commands_in, is_shown

if TYPE_CHECKING:
    from pathlib import Path

_NOT_RUN = ("make", "git", "cd")
_MAIN = "from api.cli import main; main()"


def _shown(page: Page) -> list[Command]:
    return [command for block in page.blocks("console") for command in commands_in(block.text)]


_SHOWING = [p for p in pages() if any(map(p.blocks, ("console", "python", "http")))]


def _run(
    words: list[str], store: Path, folder: Path, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("TIMELINE_")}
    told = {
        "TIMELINE_DATABASE_URL": f"sqlite:///{store}",
        "TIMELINE_RECORDED_BY": "reader",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=ours | told | (settings or {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _serves(command: Command) -> bool:
    verb = command.words[1:2]
    return verb in (("serve",), ("follow",), ("export",)) or (
        verb == ("demo",) and "--no-serve" not in command.words
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "timeline.db"


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder with the tree's samples, where a command may leave a file."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    return tmp_path


@pytest.mark.parametrize("page", _SHOWING, ids=lambda p: p.where)
def test_commands_print_what_is_shown(
    page: Page, store: Path, beside: Path, sample_store: Path
) -> None:
    commands = _shown(page)
    if not any(c.words[:2] == ("timeline", "init") for c in commands):
        shutil.copyfile(sample_store, store)
    for command in commands:
        if command.program in _NOT_RUN or _serves(command):
            continue
        assert command.program == "timeline", f"{command.words}: write `timeline` or `make`"
        done = _run(["-c", _MAIN, *command.words[1:]], store, beside, command.settings)
        assert is_shown(command.shown, done.stdout), f"{command.words}\n{done.stdout}{done.stderr}"
        assert done.returncode == 0 or command.shown, f"{command.words}\n{done.stderr}"


@pytest.mark.parametrize("page", _SHOWING, ids=lambda p: p.where)
def test_programs_run(page: Page, store: Path, sample_store: Path) -> None:
    shutil.copyfile(sample_store, store)
    for block in page.blocks("python"):
        done = _run(["-c", block.text], store, store.parent)
        assert done.returncode == 0, f"{block.text}\n{done.stderr}"


@pytest.mark.parametrize("page", _SHOWING, ids=lambda p: p.where)
def test_requests_are_answered(page: Page, drafted_store: Path) -> None:
    targets = [_target(line) for b in page.blocks("http") for line in b.text.splitlines()]
    refused = {t: code for t, code in asyncio.run(_asked(drafted_store, targets)) if code != 200}
    assert refused == {}


def _target(line: str) -> str:
    verb, target = line.split()
    assert verb == "GET", line
    return target


async def _asked(store: Path, targets: list[str]) -> list[tuple[str, int]]:
    app = create_app(Settings(database_url=f"sqlite:///{store}"))
    served = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=served, base_url="http://127.0.0.1") as client,
    ):
        return [(target, (await client.get(target)).status_code) for target in targets]
