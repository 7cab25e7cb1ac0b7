"""Blocks: the headings, paragraphs, list items and tables a text is made of, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.intake.documents.headings import known_role, looks_like_heading
from timeline.intake.documents.lines import Line, paragraphs, wraps
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_CELLS = re.compile(r"\||\t|\S {3,}\S")
_RULED = frozenset("-=_|+: \t")
_FEWEST_CELLS = 2


class BlockKind(StrEnum):
    """What a block is, told by its lines alone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is one thing; `pieces` are what no sentence of it crosses."""

    kind: BlockKind
    span: Span
    pieces: tuple[Span, ...]
    marked: bool = False


def blocks(text: str, marked: Collection[int] = frozenset()) -> Iterator[Block]:
    """Yield the blocks of `text` in order; at `marked` stand lines known to be headings."""
    for together in paragraphs(text):
        if _is_table(together):
            yield _block(BlockKind.TABLE, [[line] for line in together])
        else:
            yield from _running(together, marked)


def _is_table(together: list[Line]) -> bool:
    rows = [line for line in together if len(_CELLS.findall(line.words.strip("| "))) > 0]
    return len(rows) >= _FEWEST_CELLS and 2 * len(rows) > len(together)


def _running(together: list[Line], marked: Collection[int]) -> Iterator[Block]:
    """Yield the headings, items and paragraphs among lines that no empty line parts."""
    kept: list[Line] = []
    longest = max(len(line.words) for line in together)
    alone = len(together) == 1 or _underlined(together)
    for place, line in enumerate(together):
        known = line.span.start in marked
        if known or _heads(line, place, alone, rest=together[place + 1 : place + 2]):
            yield from _parted(kept, longest)
            kept = []
            yield _block(BlockKind.HEADING, [[line]], marked=known)
        elif not _RULED.issuperset(line.words) or len(together) == 1:
            kept.append(line)
    yield from _parted(kept, longest)


def _underlined(together: list[Line]) -> bool:
    return len(together) > 1 and _RULED.issuperset(together[1].words)


def _heads(line: Line, place: int, alone: bool, *, rest: list[Line]) -> bool:
    """Whether a line is a heading: by its look where it stands alone, else by its words."""
    if place == 0 and alone:
        return looks_like_heading(line.words)
    if line.words.startswith("#"):
        return looks_like_heading(line.words)
    return place == 0 and bool(rest) and known_role(line.words) is not None


def _parted(kept: list[Line], longest: int) -> Iterator[Block]:
    """Yield the items of a list one by one, and the lines before them as a paragraph."""
    together: list[list[Line]] = []
    item = False
    for place, line in enumerate(kept):
        if line.is_item and together and (item or place):
            yield _block(BlockKind.ITEM if item else BlockKind.PARAGRAPH, together)
            together = []
        item = line.is_item if not together else item
        if together and wraps(together[-1][-1], line, longest):
            together[-1].append(line)
        else:
            together.append([line])
    if together:
        yield _block(BlockKind.ITEM if item else BlockKind.PARAGRAPH, together)


def _block(kind: BlockKind, pieces: list[list[Line]], *, marked: bool = False) -> Block:
    spans = tuple(Span(piece[0].span.start, piece[-1].span.end) for piece in pieces)
    return Block(kind, Span(spans[0].start, spans[-1].end), spans, marked)
