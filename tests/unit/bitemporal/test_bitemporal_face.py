"""The public face of the core: sorted, complete, and free of anything but the standard library."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from timeline import bitemporal

SOURCES = sorted(Path(bitemporal.__file__).parent.glob("*.py"))


def imported(source: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_the_exported_names_are_sorted_and_exist() -> None:
    assert bitemporal.__all__ == sorted(bitemporal.__all__)
    assert all(hasattr(bitemporal, name) for name in bitemporal.__all__)


def test_the_core_imports_only_the_standard_library_and_the_errors() -> None:
    assert len(SOURCES) == 7
    for source in SOURCES:
        for name in imported(source):
            own = name.startswith("timeline.bitemporal.") or name == "timeline.errors"
            assert own or name.split(".")[0] in sys.stdlib_module_names, (source.name, name)


def test_the_core_reads_no_clock_and_no_file() -> None:
    forbidden = {"now", "utcnow", "today", "time_ns", "open", "environ", "getenv", "print"}
    for source in SOURCES:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not used & forbidden, (source.name, used & forbidden)
