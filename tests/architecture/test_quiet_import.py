"""Nothing happens at import: no engine, no app, no clock, no environment, no file, no socket."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.architecture.sources import ROOT, Module, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

# What would make something, ask the world or tell it, were it called while a module loads.
LOUD = {
    *("FastAPI", "SqlRecorder", "Timeline", "SystemClock", "Runner"),
    *("create_app", "create_engine", "open_engine", "create_store", "connect", "begin"),
    *("open", "read_bytes", "read_text", "write_text", "mkdir", "print", "echo"),
    *("now", "today", "utcnow", "getenv", "from_environment", "vocabulary"),
}
# Alembic runs this one by importing it.
RUN_BY_IMPORT = "timeline.recorder.migrations.env"

# numpy comes before the watch: it sets a variable of its own for OpenBLAS as it loads.
_WATCH = """
import importlib, sys
import numpy
LOUD = {"socket.bind", "socket.connect", "sqlite3.connect", "subprocess.Popen", "os.mkdir",
        "os.remove", "os.rename", "os.putenv"}
def watch(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if event in LOUD or writes:
        print(event, args)
sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs while the module loads: not the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*child.decorator_list, child.args):
                yield from _at_import(part)
                yield part
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from _at_import(child)


def _loud(module: Module) -> Iterator[str]:
    for node in _at_import(module.tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in LOUD:
                yield f"{ast.unparse(node)} on line {node.lineno}"
        elif isinstance(node, ast.Attribute) and node.attr == "environ":
            yield f"os.environ on line {node.lineno}"


_QUIET = [m for m in sources() if m.name != RUN_BY_IMPORT]


def test_nothing_is_made_at_import() -> None:
    assert [f"{m.where}: {loud}" for m in _QUIET for loud in _loud(m)] == []


def test_importing_touches_nothing_outside() -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", _WATCH, *(m.name for m in _QUIET)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
