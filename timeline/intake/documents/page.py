"""A page: its paragraphs, headings, list items and table rows put together as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "form",
        "fieldset",
        "center",
        "address",
        "figure",
        "figcaption",
        "body",
        "html",
        "details",
        "summary",
    ]
)
_CELLS = frozenset(("td", "th"))
_WHITE = re.compile(r"\s+")
# A row longer than this is a page laid out by a table, not a row of one.
_LONGEST_ROW = 1_000


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    kind: str


@dataclass(slots=True)
class _Row:
    """The cells of a row being read; `pieces` is what stands in each."""

    cells: list[list[_Piece]] = field(default_factory=list)


class Page:
    """Takes in the elements of a page in order, and gives its text.

    Paragraphs are parted by an empty line, rows of a table by a line end and their cells by " | ".
    """

    def __init__(self) -> None:
        self._done: list[_Piece] = []
        self._rows: list[_Row] = []
        self._words: list[str] = []
        self._kinds: list[str] = []
        self._as_is = 0
        self._item = False

    def enter(self, tag: str) -> None:
        """Begin an element."""
        if tag == "br":
            self._words.append("\n")
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in _HEADINGS:
            self._kinds.append(tag)
        elif tag == "pre":
            self._as_is += 1
        elif tag == "li":
            self._item = True
        elif tag == "tr":
            self._rows.append(_Row())
        elif tag in _CELLS and self._rows:
            self._rows[-1].cells.append([])

    def leave(self, tag: str) -> None:
        """End an element."""
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in _HEADINGS and self._kinds:
            self._kinds.pop()
        elif tag == "pre":
            self._as_is = max(0, self._as_is - 1)
        elif tag == "li":
            self._item = False
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())

    def write(self, words: str) -> None:
        """Take in running text."""
        self._words.append(words if self._as_is else _WHITE.sub(" ", words))

    def _flush(self) -> None:
        """End the paragraph that is being read, if there is one."""
        lines = [
            line if self._as_is else " ".join(line.split())
            for line in "".join(self._words).split("\n")
        ]
        self._words.clear()
        words = "\n".join(line.rstrip() for line in lines).strip("\n")
        if words.strip():
            mark, self._item = "• " if self._item else "", False
            self._put([_Piece(mark + words, "heading" if self._kinds else "paragraph")])

    def _put(self, pieces: list[_Piece]) -> None:
        into = self._rows[-1].cells[-1] if self._rows and self._rows[-1].cells else self._done
        into.extend(pieces)

    def _end_row(self, row: _Row) -> None:
        full = [cell for cell in row.cells if cell]
        plain = all(len(cell) == 1 and cell[0].kind == "paragraph" for cell in full)
        if plain and len(full) > 1 and sum(len(cell[0].words) for cell in full) <= _LONGEST_ROW:
            words = " | ".join(" ".join(cell[0].words.split()) for cell in full)
            self._put([_Piece(words, "row")])
        else:
            self._put([piece for cell in full for piece in cell])

    def text(self) -> tuple[str, frozenset[int]]:
        """Return the text, and where in it headings begin."""
        self._flush()
        parts: list[str] = []
        marked: set[int] = set()
        at, last = 0, ""
        for piece in self._done:
            between = "" if not last else "\n" if last == piece.kind == "row" else "\n\n"
            at += len(between)
            if piece.kind == "heading":
                marked.add(at)
            parts += [between, piece.words]
            at, last = at + len(piece.words), piece.kind
        return "".join(parts), frozenset(marked)
