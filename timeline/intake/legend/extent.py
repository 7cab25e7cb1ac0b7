"""Where the legend of a document stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from timeline.intake.legend import clauses
from timeline.intake.legend.heads import heads
from timeline.intake.legend.part import PartKind
from timeline.intake.legend.units import Unit, is_listed
from timeline.intake.legend.words import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.intake.documents import Document

_LEGEND = "legend"


def extent(document: Document, flat: str) -> list[Span]:
    """Return the stretches that are legend, in order and apart.

    They are the sections so named, and sentences elsewhere that say what is forward-looking or
    that nothing will be updated, with those right behind them that go on about it.
    """
    named = [section.span for section in document.sections if section.name == _LEGEND]
    others = [s for s in document.sentences if not _within(named, s)]
    return _merged(flat, sorted([*named, *_elsewhere(flat, _paragraphs(flat, others))]))


def _within(named: list[Span], sentence: Span) -> bool:
    """Whether one of the sections, which are in order and apart, holds the sentence."""
    at = bisect_right(named, sentence.start, key=lambda span: span.start) - 1
    return at >= 0 and sentence.start < named[at].end


def _paragraphs(flat: str, sentences: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the sentences of each paragraph: line ends part them."""
    kept: list[Span] = []
    for sentence in sentences:
        if kept and ("\n" in flat[kept[-1].end : sentence.start] or sentence.start < kept[-1].end):
            yield kept
            kept = []
        kept.append(sentence)
    if kept:
        yield kept


def _elsewhere(flat: str, paragraphs: Iterable[list[Span]]) -> Iterator[Span]:
    """Yield what is legend of each paragraph: from the sentence that opens it to the last about it.

    A paragraph behind one that is legend to its end may go on with it.
    """
    inside, last = False, Span(0, 0)
    for paragraph in paragraphs:
        found = _of_paragraph(flat, paragraph, inside=inside)
        if found is None and inside and is_listed(flat, last, paragraph[0]):
            found = Span(paragraph[0].start, paragraph[-1].end)
        last = paragraph[-1]
        inside = found is not None and found.end == paragraph[-1].end
        if found is not None:
            yield found


def _of_paragraph(flat: str, paragraph: list[Span], *, inside: bool) -> Span | None:
    goes_on = inside and _continues(flat, paragraph[0])
    first = 0 if goes_on else next((n for n, s in enumerate(paragraph) if _opens(flat, s)), None)
    if first is None:
        return None
    last = max(
        n for n, s in enumerate(paragraph) if n == first or (n > first and _continues(flat, s))
    )
    return Span(paragraph[first].start, paragraph[last].end)


def _opens(flat: str, sentence: Span) -> bool:
    return (
        clauses.identification(flat, sentence) is not None
        or clauses.exchange(flat, sentence) is not None
        or (_speaks(flat, sentence) and clauses.no_update(flat, sentence) is not None)
        or (_speaks(flat, sentence) and _lists_statements(flat, sentence))
    )


def _speaks(flat: str, sentence: Span) -> bool:
    return pattern("<subject>").search(flat, sentence.start, sentence.end) is not None


def _lists_statements(flat: str, sentence: Span) -> bool:
    found = heads(flat, Unit(sentence), None)
    return any(head.kind is PartKind.ITEM for head in found)


def _continues(flat: str, sentence: Span) -> bool:
    """Whether a sentence behind one of the legend is of it as well."""
    told = "<subject>|(?:such|these|those) (?:statements|risks|factors)|<differs>.{0,40}materially"
    return (
        pattern(told).search(flat, sentence.start, sentence.end) is not None
        or clauses.no_update(flat, sentence) is not None
        or any(True for _ in clauses.cues(flat, sentence))
        or bool(heads(flat, Unit(sentence), PartKind.ITEM))
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
