"""Where sentences end. A sentence never crosses the stretch of text it is looked for in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.intake.documents.wording import wording
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Looked for at the first mark of a run alone, so that a run of a million dots is looked at once.
_MARK = re.compile(r"""(?<![.!?…])[.!?…]++(?:[ \u00a0\u202f]»)?["'”’»)\]*_]*+(?=\s)""")  # noqa: RUF001
_WORD = re.compile(r"[\w.\-&'’]{1,24}\Z")  # noqa: RUF001
_NEXT = re.compile(r"""["'“‘«(\[*_ \u00a0]*+([^\W_]?)([\w\-]*)""")  # noqa: RUF001
# How far back the word before a mark is read, and how far forward the one after it.
_REACH = 24
# No sentence is longer; what runs on without an end, as a list on one line does, is cut at a space.
LONGEST = 4_000


def sentences(text: str, within: Span) -> Iterator[Span]:
    """Yield the sentences of `within` in order, without the white space around them."""
    start = within.start
    for mark in _MARK.finditer(text, within.start, within.end):
        if _ends(text, start, mark, within.end):
            yield from _trimmed(text, start, mark.end())
            start = mark.end()
    yield from _trimmed(text, start, within.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    for since, until in _short(text, start, end):
        words = text[since:until]
        kept = words.strip()
        if kept:
            at = since + len(words) - len(words.lstrip())
            yield Span(at, at + len(kept))


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `start`..`end` in parts of at most LONGEST, cut at a space where there is one."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Whether the sentence from `start` ends at `mark`: told by the words around it."""
    follows = text[mark.end() : min(mark.end() + 4 * _REACH, end)].lstrip()
    opened = _NEXT.match(follows)
    if not follows or opened is None:
        return False
    first, rest = opened.groups()
    if first.islower():
        return False
    return text[mark.start()] != "." or _full_stop(_before(text, start, mark), first, rest)


def _before(text: str, start: int, mark: re.Match[str]) -> tuple[str, bool]:
    """Return the word before the mark, lower case, and whether it is all there is before it."""
    since = max(start, mark.start() - _REACH)
    found = _WORD.search(text[since : mark.start()])
    if found is None:
        return "", False
    alone = not text[start : min(since + found.start(), start + _REACH)].strip(" \t\r\n(")
    return found.group(), alone


def _full_stop(before: tuple[str, bool], first: str, rest: str) -> bool:
    word, alone = before
    if alone and _counts(word):
        return False
    told, known = wording(), word.lower().lstrip("'’-")  # noqa: RUF001
    if known in told.never_last:
        return False
    if known in told.before_a_number and first.isdigit():
        return False
    if known in told.may_be_last or (len(word) == 1 and word.isupper()):
        return (first + rest).lower() in told.starters
    return True


def _counts(word: str) -> bool:
    """Whether it is the number of a list's item: 1. or a. or iv."""
    return word.isdigit() or len(word) == 1 or set(word.lower()) <= set("ivx")
