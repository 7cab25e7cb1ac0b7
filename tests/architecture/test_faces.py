"""Every package says what it offers, in a sorted `__all__` that is true."""

from __future__ import annotations

import ast
import importlib

from tests.architecture.sources import Module, sources

FACES = [m for m in sources() if m.is_package and len(m.tree.body) > 1]
DECLARED = [m for m in sources() if "__all__" in m.path.read_text()]


def _order(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions: the order ruff keeps."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def _offered(module: Module) -> list[str]:
    return list(importlib.import_module(module.name).__all__)


def test_a_package_with_contents_declares_them() -> None:
    assert [m.name for m in FACES if m not in DECLARED] == []


def test_what_is_offered_is_sorted_and_there() -> None:
    for module in DECLARED:
        offered = _offered(module)
        assert offered == sorted(set(offered), key=_order), module.name
        loaded = importlib.import_module(module.name)
        assert [n for n in offered if not hasattr(loaded, n)] == [], module.name


def test_a_face_hides_nothing_it_takes_in() -> None:
    hidden = {m.name: _taken(m) - set(_offered(m)) for m in FACES}
    assert {name: what for name, what in hidden.items() if what} == {}


def _taken(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in module.tree.body
        if isinstance(node, ast.ImportFrom) and node.module not in ("__future__", "typing")
        for alias in node.names
    }


def test_there_are_faces_to_look_at() -> None:
    assert {"api", "timeline.bitemporal", "timeline.events", "timeline.recorder"} <= {
        m.name for m in FACES
    }
