"""Names say what is there, and which time is meant."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.architecture.sources import Module, everything, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

# A role for a name refuses nothing, so everything ends up there.
ROLES = {"utils", "util", "helpers", "helper", "service", "services", "manager", "common", "misc"}
# An instant ends in `_at`, a calendar date in `_on`, half-open bounds in `_from` and `_to`.
BARE_TIMES = {"timestamp", "date", "time", "datetime", "created_at", "updated_at", "effective"}


def _bound(module: Module) -> Iterator[str]:
    """Yield every name the module gives: variables, fields, parameters, columns."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.Call(
                func=ast.Name(id="Column") | ast.Attribute(attr="Column"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name


def test_every_time_says_which() -> None:
    assert [(m.where, name) for m in sources() for name in BARE_TIMES & set(_bound(m))] == []


def test_no_file_is_named_for_a_role() -> None:
    named = {m.where for m in everything() if ROLES & set(m.path.stem.split("_"))}
    folders = {m.where for m in everything() if ROLES & set(m.name.split("."))}
    assert named | folders == set()


def test_columns_are_seen() -> None:
    """The rule above is worth something only if it sees the columns of the tables."""
    seen = {name for module in sources() for name in _bound(module)}
    assert {"recorded_at", "valid_from", "disclosed_at", "position_to"} <= seen
