"""The project's Python files, read but never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PACKAGES", "ROOT", "Module", "everything", "sources"]

ROOT = Path(__file__).parents[2]
PACKAGES = ("timeline", "projections", "api")


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its dotted name and its syntax."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        return len(self.path.read_text().splitlines())

    def imports(self) -> Iterator[str]:
        """Yield the dotted name of all it imports, for types and inside functions too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from self._from(node)

    def _from(self, node: ast.ImportFrom) -> Iterator[str]:
        base = node.module or ""
        if node.level:
            here = self.name.split(".")
            above = here[: len(here) - node.level + self.is_package]
            base = ".".join([*above, base] if base else above)
        # `from timeline import recorder` imports timeline.recorder: name the part, too.
        yield from (f"{base}.{alias.name}" for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def sources() -> tuple[Module, ...]:
    """Return every module of the three packages."""
    return tuple(module for package in PACKAGES for module in _under(package))


@cache
def everything() -> tuple[Module, ...]:
    """Return those, the tests, the benchmarks and the scripts."""
    beside = ("tests", "benchmarks", "scripts")
    return sources() + tuple(module for folder in beside for module in _under(folder))


def _under(folder: str) -> Iterator[Module]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield Module(name, path, ast.parse(path.read_text()))
