"""What a page points at is there: files, headings, symbols, make targets."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.architecture.sources import everything
from tests.docs.pages import ROOT, Page, page, pages

_OUTSIDE = ("http://", "https://", "mailto:")
_FILE = re.compile(r"^[\w.-]+(/[\w.-]+)*/?$")
_OURS = ("timeline/", "projections/", "api/", "tests/", "scripts/", "samples/", "docs/")
# A page that names where a thing will be made, or a pattern, says so with a word in capitals.
_PATTERN = re.compile(r"[A-Z]{4}|\*")
_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


@cache
def _symbols() -> frozenset[str]:
    """Every function, method and class of the project, and names bound at the top of a file."""
    found: set[str] = set()
    for module in everything():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(node.name)
        for statement in module.tree.body:
            targets = statement.targets if isinstance(statement, ast.Assign) else ()
            found |= {t.id for t in targets if isinstance(t, ast.Name)}
    return frozenset(found)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _is_broken(at: Page, link: str) -> bool:
    if link.startswith(_OUTSIDE):
        return False
    target, _, anchor = link.partition("#")
    file = at.path.parent / target if target else at.path
    if not file.exists():
        return True
    return bool(anchor) and anchor not in map(_anchor, Page(file, file.read_text()).headings())


def test_no_relative_link_is_broken() -> None:
    assert [(p.where, link) for p in pages() for link in p.links() if _is_broken(p, link)] == []


def test_files_named_in_prose_exist() -> None:
    gone = [
        (p.where, code)
        for p in pages()
        for code in p.code()
        if code.startswith(_OURS) and _FILE.match(code) and not _PATTERN.search(code)
        if not (ROOT / code).exists() and code != "tests/golden" and code not in p.made()
    ]
    assert gone == []


def test_functions_and_classes_named_in_prose_exist() -> None:
    """`name()` is a function or method of ours; the pages of the tree below name no others."""
    called = [
        (p.where, match[1])
        for p in pages()
        for code in p.code()
        if (match := re.fullmatch(r"(?:\w+\.)*(\w+)\(\)", code))
    ]
    assert called
    assert [(where, name) for where, name in called if name not in _symbols() | _THEIRS] == []


# Of the libraries our decisions speak of.
_THEIRS = {"subscribe"}


def test_prose_names_symbols_and_never_line_numbers() -> None:
    numbered = re.compile(r"\.py:\d|\.(?:py|md|json)#L\d|\blines? \d+", re.IGNORECASE)
    assert [(p.where, m[0]) for p in pages() if (m := numbered.search(p.prose))] == []


def test_make_targets_named_anywhere_exist() -> None:
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text()))
    assert {"help", "setup", "demo", "test", "check"} <= targets
    named = {(p.where, t) for p in pages() for t in re.findall(r"(?:`|\$ )make ([a-z]+)", p.text)}
    assert named
    assert [(where, target) for where, target in sorted(named) if target not in targets] == []


def test_every_page_is_reached_from_the_list_of_pages() -> None:
    listed = page("docs/README.md").links()
    there = [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in there if name not in listed] == []
