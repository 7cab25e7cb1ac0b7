"""The project's pages: their prose, their fenced blocks, their tables and their links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROOT", "Block", "Page", "page", "pages"]

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block and what language it says it is."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file."""

    path: Path
    text: str

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return _FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[Block]:
        found = (Block(*match.groups()) for match in _FENCE.finditer(self.text))
        return [block for block in found if block.language == language]

    def code(self) -> list[str]:
        """Return what stands between single backticks."""
        return _CODE.findall(self.prose)

    def links(self) -> list[str]:
        return [markdown or html for markdown, html in _LINK.findall(self.prose)]

    def headings(self) -> list[str]:
        return re.findall(r"^#+ (.+)$", self.prose, re.MULTILINE)

    def made(self) -> set[str]:
        """Return the files that the page's numbered steps make or change."""
        return set(re.findall(r"^#+ \d+\. `([^`]+)`", self.prose, re.MULTILINE))

    def tables(self) -> Iterator[list[dict[str, str]]]:
        """Yield every table as rows by heading."""
        for run in re.findall(r"(?:^\|.*\|$\n?)+", self.prose, re.MULTILINE):
            head, _, *rows = [_cells(line) for line in run.strip().splitlines()]
            yield [dict(zip(head, row, strict=True)) for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def page(where: str) -> Page:
    """Return one page by its path."""
    return Page(ROOT / where, (ROOT / where).read_text())


def pages() -> list[Page]:
    """Return every page there is."""
    folders = (ROOT / "docs", ROOT / "samples", ROOT / "tests")
    found = [*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*.md"))]
    return [page(path.relative_to(ROOT).as_posix()) for path in sorted(found)]
