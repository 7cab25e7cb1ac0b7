r"""Wordings: how a cue is written, and where in a text it is found, in linear time.

    expect* to            words one after the other; `*` is any ending
    is|are on_track       one of several; `_` is a space or a hyphen within one
    pre-clinical          written with a hyphen, a space or in one
    successfully? met     a word that may be missing
    received .. approval  up to 40 code points between; `...` up to 240
    {talks} <money>       a class of words of the lexicon; something that was masked
    <number> <ed>         a number in digits; any word in -ed

Words match in any case unless they are written with a capital: `NDA` is not `nda`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.intake.span import Span

# What stands masked in a text, each by a code point of the private use area.
MASKS = {
    "program": "\ue000",
    "party": "\ue001",
    "issuer": "\ue002",
    "when": "\ue003",
    "money": "\ue004",
}
NUMBER, ED = "<number>", "<ed>"
# What a word looks like, where any word of that look will do.
_SHAPES = {NUMBER: r"\d[\d,]*+(?:\.\d++)?%?", ED: r"[a-z]{2,18}ed(?!\w)"}
_GAPS = {"..": 40, "...": 240}
_MASKED = "".join(MASKS.values())
_START = rf"(?<![\w{_MASKED}])"
_END = r"(?!\w)"
_BETWEEN = rf"[^\w{_MASKED}.;|!?]{{1,400}}+"
_MOST = 64  # of one segment in one clause: no clause says a thing more often and means it


@dataclass(frozen=True, slots=True)
class Segment:
    """Words without a gap, as one regex that never looks back, at most `gap` after the last."""

    pattern: str
    gap: int

    @property
    def regex(self) -> re.Pattern[str]:
        """The regex, compiled when it is first asked for: most are of words a text has not."""
        return _compiled(self.pattern)


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled wording: its segments in order, and the words one of which begins it."""

    segments: tuple[Segment, ...]
    first: tuple[str, ...]

    def finds(self, text: str, within: Span, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield where it stands: the start of its first segment and the end of its last.

        `starts` are the places of all words of `within` that are among `first`, in order.
        """
        found = _begun(self.segments[0], text, within, starts)
        for segment in self.segments[1:]:
            if not found:
                return
            found = _joined(found, _places(segment, text, within), segment.gap)
        yield from found


def _begun(
    segment: Segment, text: str, within: Span, starts: Iterable[int]
) -> list[tuple[int, int]]:
    """Return where a segment stands, each place behind the one before, that begins in `starts`."""
    places: list[tuple[int, int]] = []
    behind = within.start
    for start in starts:
        match = segment.regex.match(text, start, within.end) if start >= behind else None
        if match is not None:
            places.append(match.span())
            behind = match.end()
    return places[:_MOST]


def _places(segment: Segment, text: str, within: Span) -> list[tuple[int, int]]:
    matches = segment.regex.finditer(text, within.start, within.end)
    return [match.span() for match in islice(matches, _MOST)]


def _joined(
    before: list[tuple[int, int]], after: list[tuple[int, int]], gap: int
) -> list[tuple[int, int]]:
    """Join each later place to the nearest earlier one that is not too far from it."""
    joined, nearest = [], 0
    for start, end in after:
        while nearest + 1 < len(before) and before[nearest + 1][1] <= start:
            nearest += 1
        first, last = before[nearest]
        if 0 <= start - last <= gap:
            joined.append((first, end))
    return joined


def compile_wording(words: str, classes: Mapping[str, tuple[str, ...]]) -> Wording:
    """Compile one wording; a class that is not in `classes` raises KeyError."""
    segments: list[Segment] = []
    gap = 0
    for part, is_gap in _parts(words):
        if is_gap:
            gap = _GAPS[part]
        else:
            segments.append(Segment(_segment(part.split(), classes), gap))
    return Wording(tuple(segments), _first(words, classes))


def _parts(words: str) -> Iterator[tuple[str, bool]]:
    """Yield runs of words, and the gaps between them."""
    run: list[str] = []
    for word in words.split():
        if word in _GAPS:
            yield " ".join(run), False
            yield word, True
            run = []
        else:
            run.append(word)
    yield " ".join(run), False


def _segment(words: list[str], classes: Mapping[str, tuple[str, ...]]) -> str:
    told = ""
    for number, word in enumerate(words):
        one = _one(word.removesuffix("?"), classes)
        between = _BETWEEN if number < len(words) - 1 else ""
        told += f"(?:{one}{between})?" if word.endswith("?") else f"{one}{between}"
    return _START + told


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _one(word: str, classes: Mapping[str, tuple[str, ...]]) -> str:
    return f"(?:{'|'.join(_regex(alternative) for alternative in alternatives(word, classes))})"


def alternatives(word: str, classes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the single alternatives of one place in a wording, classes opened."""
    for part in word.split("|"):
        if part.startswith("{"):
            for told in classes[part.strip("{}")]:
                yield from alternatives(told.replace(" ", "_"), classes)
        else:
            yield part


@cache
def _regex(alternative: str) -> str:
    if alternative in _SHAPES:
        return _SHAPES[alternative]
    if alternative.startswith("<"):
        return f"{MASKS[alternative.strip('<>')]}++"
    stem = alternative.removesuffix("*")
    told = re.escape(stem).replace("_", r"[\s-]{1,3}+").replace(r"\-", r"[\s-]{0,2}+")
    told = told.replace("'", "['\N{RIGHT SINGLE QUOTATION MARK}]")
    told = told if stem != stem.lower() else f"(?i:{told})"
    return told + (r"\w*+" if alternative.endswith("*") else _END)


def _first(words: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words it may begin with, in small letters; endings as `*`."""
    leading: list[str] = []
    for word in words.split():
        leading += map(_head, alternatives(word.removesuffix("?"), classes))
        if not word.endswith("?"):
            break
    return tuple(set(leading))


def _head(alternative: str) -> str:
    """Return the part of an alternative that is one token of a text, `*` where it goes on."""
    if alternative.startswith("<"):
        return MASKS.get(alternative.strip("<>"), alternative)
    head = re.split(r"[^\w*]", alternative.replace("_", " "), maxsplit=1)[0].lower()
    whole = head == alternative.lower()
    return head if whole or "-" not in alternative else f"{head.rstrip('*')}*"
