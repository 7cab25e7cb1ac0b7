"""Imports point one way: api, projections, timeline, timeline.bitemporal, standard library."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT, Module, sources

if TYPE_CHECKING:
    from collections.abc import Iterable

CORE = "timeline.bitemporal"
BELOW = {
    CORE: (CORE, "timeline.errors"),
    "timeline": ("timeline",),
    "projections": ("projections", "timeline"),
    "api": ("api", "projections", "timeline"),
}
EDGE_ONLY = ("fastapi", "starlette", "click", "rich", "uvicorn", "httptools", "uvloop")
DATABASE = ("sqlalchemy", "alembic", "psycopg", "sqlite3", "timeline.recorder")
OURS = ("timeline", "projections", "api", "tests", "benchmarks", "scripts")
PURE = tuple(f"timeline.{p}" for p in ("canonical", "events", "expectations", "items", "packs"))


def _within(name: str, *tops: str) -> bool:
    return any(name == top or name.startswith(f"{top}.") for top in tops)


def _layer(module: Module) -> str:
    return CORE if _within(module.name, CORE) else module.name.split(".")[0]


def _outside(modules: Iterable[Module], *, allowed: Iterable[str]) -> list[str]:
    """Name every import of ours, or of nobody's, that is not among the allowed ones."""
    return [
        f"{m.name} imports {i}" for m in modules for i in m.imports() if not _within(i, *allowed)
    ]


def _of(*tops: str) -> list[Module]:
    """Return the modules within `tops`; a rule over no module would always hold."""
    found = [m for m in sources() if _within(m.name, *tops)]
    assert found
    return found


@pytest.mark.parametrize("layer", BELOW)
def test_imports_point_down(layer: str) -> None:
    modules = [m for m in _of(layer) if _layer(m) == layer]
    foreign = {top for m in modules for i in m.imports() if (top := i.split(".")[0]) not in OURS}
    assert _outside(modules, allowed=(*BELOW[layer], *foreign)) == []


def test_the_core_needs_nothing_but_the_standard_library() -> None:
    modules = _of(CORE, "timeline.errors")
    assert _outside(modules, allowed=(*BELOW[CORE], *sys.stdlib_module_names)) == []


@pytest.mark.parametrize("part", PURE)
def test_the_domain_knows_no_database(part: str) -> None:
    assert [(m.name, i) for m in _of(part) for i in m.imports() if _within(i, *DATABASE)] == []


def test_only_the_edge_knows_http_and_terminals() -> None:
    below = _of("timeline", "projections")
    assert [(m.name, i) for m in below for i in m.imports() if _within(i, *EDGE_ONLY)] == []


def test_the_library_loads_no_web_framework() -> None:
    code = (
        "import sys; from api import Timeline; "
        f"print(sorted(m for m in {EDGE_ONLY!r} if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
