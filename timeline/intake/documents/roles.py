"""Roles: what a paragraph is in a release, told by its own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.intake.documents.headings import plain
from timeline.intake.documents.wording import wording

if TYPE_CHECKING:
    from timeline.intake.documents.blocks import Block

# Where the wording that opens a legend or a disclaimer is looked for, in code points.
_OPENING = 600
_MOSTLY = 0.5
_WHOLLY = 0.8
_LONG_QUOTE = 80
_SHORT = 400
_NAME_WORDS = 6
_REACHED = re.compile(
    r"\(?\b\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}\b|\+\d{1,3}[ (.\-]\d|\b[\w.+\-]{1,64}@[\w\-]{1,63}\.\w"
)
_SIGNED = re.compile(r"/s/|[\"“«]\s?[^\W\d_][\w.'’\- ]{2,60}[\"”»](?:\s|\Z)")  # noqa: RUF001
_QUOTE_MARKS = re.compile(r"[\"“”«»]")


def ends(words: str) -> bool:
    """Whether it marks the end of a release: ###, -30-."""
    return words.strip().casefold() in wording().end_marks


def opens_legend(words: str) -> bool:
    """Whether it begins the cautionary text on forward-looking statements."""
    return wording().legend.search(_levelled(words[:_OPENING])) is not None


def disclaims(words: str) -> bool:
    """Whether it is an exchange's or a regulator's disclaimer of responsibility."""
    return wording().disclaimer.search(_levelled(words[:_OPENING])) is not None


def stays_in_legend(words: str) -> bool:
    """Whether a heading inside the legend heads a part of it."""
    told = plain(words).casefold()
    return any(word in told for word in wording().headings["legend_part"])


def is_signature(words: str) -> bool:
    """Whether somebody signs: a name alone in quotes or after /s/, or "On behalf of ..."."""
    if len(words) > _SHORT:
        return False
    told = plain(words.split("\n", 1)[0]).casefold()
    if any(told.startswith(opening) for opening in wording().headings["signature"]):
        return True
    found = _SIGNED.match(words)
    return found is not None and len(found.group().split()) <= _NAME_WORDS


def reaches_somebody(block: Block, words: str) -> bool:
    """Whether it tells how to reach somebody, in short lines: telephone numbers, addresses."""
    if len(words) > 2 * _SHORT or _REACHED.search(words) is None:
        return False
    return len(block.pieces) > 1 or len(words) <= _SHORT // 2


def is_quotation(words: str) -> bool:
    """Whether it is mostly one speaker's words in quotes."""
    inside, _ = _quoted(words, open_before=False)
    share = inside / max(1, len(words))
    if share >= _MOSTLY and wording().speech.search(words) is not None:
        return True
    return share >= _WHOLLY and len(words) >= _LONG_QUOTE


def runs_on(words: str, *, open_before: bool = False) -> bool:
    """Whether a quotation that was opened is still open at the end."""
    return _quoted(words, open_before=open_before)[1]


def _quoted(words: str, *, open_before: bool) -> tuple[int, bool]:
    """Return how many code points stand in quotes, and whether one is open at the end.

    A straight quote opens where a word begins and closes where one ends, so quotes may stand in
    quotes. A paragraph that goes on with a quotation opens it anew and closes it once.
    """
    depth, inside, last = int(open_before), 0, 0
    if open_before and words[:1] in '"“«':
        depth = 0
    for mark in _QUOTE_MARKS.finditer(words):
        inside += (mark.start() - last) * (depth > 0)
        last = mark.start()
        depth = depth + 1 if _opens(words, mark.start()) else max(0, depth - 1)
    return inside + (len(words) - last) * (depth > 0), depth > 0


def _opens(words: str, at: int) -> bool:
    if words[at] != '"':
        return words[at] in "“«"
    before, behind = words[at - 1 : at], words[at + 1 : at + 2]
    begins = not before or before.isspace() or before in "([—–-"  # noqa: RUF001
    return begins and not behind.isspace()


def _levelled(words: str) -> str:
    """Return the words on one line with plain quotes and dashes, to be searched."""
    told = words.translate(_PLAIN)
    return " ".join(told.split())


_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "‑": "-", "‐": "-", "–": "-"})  # noqa: RUF001
