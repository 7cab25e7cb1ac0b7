"""Where the legend of a document stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.intake.legend import clauses
from timeline.intake.legend.words import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.intake.documents import Document

_LEGEND = "legend"
_GAP = re.compile(r"\s*\Z")


def extent(document: Document, flat: str) -> list[Span]:
    """Return the stretches that are legend, in order and apart.

    They are the sections so named, and sentences elsewhere that say what is forward-looking or
    that nothing will be updated, with those right behind them that go on about it.
    """
    named = [section.span for section in document.sections if section.name == _LEGEND]
    found = (s for s in document.sentences if not any(n.holds(s) for n in named))
    return _merged(flat, sorted([*named, *_elsewhere(flat, found)]))


def _elsewhere(flat: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences that are legend by what they say."""
    inside = False
    for sentence in sentences:
        inside = _opens(flat, sentence) or (inside and _continues(flat, sentence))
        if inside:
            yield sentence


def _opens(flat: str, sentence: Span) -> bool:
    return (
        clauses.identification(flat, sentence) is not None
        or clauses.exchange(flat, sentence) is not None
        or (_speaks(flat, sentence) and clauses.no_update(flat, sentence) is not None)
    )


def _speaks(flat: str, sentence: Span) -> bool:
    return pattern("<subject>").search(flat, sentence.start, sentence.end) is not None


def _continues(flat: str, sentence: Span) -> bool:
    """Whether a sentence behind one of the legend is of it as well."""
    told = "<subject>|(?:such|these|those) (?:statements|risks|factors)|<differs>.{0,40}materially"
    return (
        pattern(told).search(flat, sentence.start, sentence.end) is not None
        or clauses.no_update(flat, sentence) is not None
        or any(True for _ in clauses.cues(flat, sentence))
    )


def _merged(flat: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans with those put together that only white space parts."""
    merged: list[Span] = []
    for span in spans:
        if merged and (span.start < merged[-1].end or flat[merged[-1].end : span.start].isspace()):
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged
