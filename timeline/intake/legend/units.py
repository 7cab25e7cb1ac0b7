"""Units: the sentences of a legend, a list taken together with its bullets or lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What begins an item that stands on a line of its own.
BULLET = re.compile(
    r"(?:[-•◦▪■●‣\u2043∙·*+]|\(?(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)])\s{1,8}", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:[:;]|[;,] (?:and|or)|and/or)\Z", re.IGNORECASE)
# "H.R. 3" is one thing, whatever the stops in it.
_INITIALS = re.compile(r"\b[A-Z]\.[A-Z]\.\Z")
_STOPS = re.compile(r"[.!?][\"')\]]{0,3}\Z")
# As much of an end as is looked at.
_TAIL = 8
_SHORTEST_HEAD = 20


@dataclass(slots=True)
class Unit:
    """One sentence, or the head of a list with the lines of the list; they begin at `breaks`."""

    span: Span
    breaks: tuple[int, ...] = ()


def units(flat: str, sentences: Iterable[Span]) -> Iterator[Unit]:
    """Yield the units in the order of the sentences, which do not overlap."""
    kept: list[Span] = []
    for sentence in sentences:
        if kept and not _goes_on(flat, kept, sentence):
            yield _unit(flat, kept)
            kept = []
        kept.append(sentence)
    if kept:
        yield _unit(flat, kept)


def is_listed(flat: str, last: Span, following: Span) -> bool:
    """Whether `following`, in a paragraph of its own, is more of the list that `last` is of."""
    if _GOES_ON.search(flat[max(last.start, last.end - _TAIL) : last.end]):
        return True
    lines = (BULLET.match(flat, span.start, span.end) for span in (last, following))
    return all(line is not None for line in lines)


def _unit(flat: str, kept: list[Span]) -> Unit:
    lines = (b.start for a, b in pairwise(kept) if not _one_thing(flat, a, b))
    return Unit(Span(kept[0].start, kept[-1].end), tuple(lines))


def _goes_on(flat: str, kept: list[Span], following: Span) -> bool:
    """Whether `following` is one more line of the list that `kept` heads."""
    last = kept[-1]
    end = flat[max(last.start, last.end - _TAIL) : last.end]
    if _one_thing(flat, last, following):
        return True
    if _GOES_ON.search(end) and (len(kept) > 1 or len(last) >= _SHORTEST_HEAD):
        return True
    if not _heads(flat, kept[0]):
        return False
    if BULLET.match(flat, following.start, following.end):
        return True
    return len(kept) > 1 and not _STOPS.search(end) and not _bulleted(flat, kept)


def _one_thing(flat: str, last: Span, following: Span) -> bool:
    """Whether a sentence was taken to end at initials, and does not."""
    end = flat[max(last.start, last.end - _TAIL) : last.end]
    return _INITIALS.search(end) is not None and not flat[following.start].isupper()


def _heads(flat: str, head: Span) -> bool:
    return flat[head.start : head.end].endswith(":")


def _bulleted(flat: str, kept: list[Span]) -> bool:
    return any(BULLET.match(flat, span.start, span.end) for span in kept[1:2])
