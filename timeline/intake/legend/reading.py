"""The legend of a document, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.legend import clauses
from timeline.intake.legend.extent import extent
from timeline.intake.legend.heads import heads, spoken_of
from timeline.intake.legend.listing import listed
from timeline.intake.legend.part import Legend, Part, PartKind
from timeline.intake.legend.units import units
from timeline.intake.legend.words import level
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.intake.documents import Document
    from timeline.intake.legend.units import Unit

_LETTERS = {
    PartKind.IDENTIFICATION: "D",
    PartKind.ITEM: "L",
    PartKind.RISK: "R",
    PartKind.ASSUMPTION: "A",
    PartKind.NO_UPDATE: "U",
    PartKind.EXCHANGE: "X",
    PartKind.CUE: "C",
    PartKind.STATUTE: "S",
    PartKind.REFERENCE: "P",
}


def read_legend(document: Document) -> Legend | None:
    """Return the legend of `document` with its parts, or None where it has none.

    Spans are in code points of `document.text`. Takes time that grows with the text alone.
    """
    flat = level(document.text)
    stretches = extent(document, flat)
    if not stretches:
        return None
    found = sorted(_found(flat, _sentences(document, stretches)), key=lambda one: (one[1], one[0]))
    return _legend(document.text, tuple(stretches), found)


def _sentences(document: Document, stretches: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the sentences of each stretch."""
    waiting = iter(document.sentences)
    sentence = next(waiting, None)
    for stretch in stretches:
        within: list[Span] = []
        while sentence is not None and sentence.start < stretch.end:
            if sentence.start >= stretch.start:
                within.append(Span(sentence.start, min(sentence.end, stretch.end)))
            sentence = next(waiting, None)
        yield within


def _found(flat: str, stretches: Iterable[list[Span]]) -> Iterator[tuple[PartKind, Span]]:
    for sentences in stretches:
        spoken = None
        for unit in units(flat, sentences):
            yield from _clauses(flat, unit.span)
            yield from _lists(flat, unit, spoken)
            spoken = spoken_of(flat, unit) or spoken


def _clauses(flat: str, within: Span) -> Iterator[tuple[PartKind, Span]]:
    one: dict[PartKind, Callable[[str, Span], Span | None]] = {
        PartKind.IDENTIFICATION: clauses.identification,
        PartKind.NO_UPDATE: clauses.no_update,
        PartKind.EXCHANGE: clauses.exchange,
    }
    many: dict[PartKind, Callable[[str, Span], Iterator[Span]]] = {
        PartKind.CUE: clauses.cues,
        PartKind.STATUTE: clauses.statutes,
        PartKind.REFERENCE: clauses.references,
    }
    for kind, read in one.items():
        span = read(flat, within)
        if span is not None:
            yield kind, span
    for kind, every in many.items():
        yield from ((kind, span) for span in every(flat, within))


def _lists(flat: str, unit: Unit, spoken: PartKind | None) -> Iterator[tuple[PartKind, Span]]:
    for head in heads(flat, unit, spoken):
        joins = head.kind is PartKind.ITEM
        for span in listed(flat, head.body, unit.breaks, joins=joins):
            yield head.kind, span


def _legend(text: str, spans: tuple[Span, ...], found: Iterable[tuple[PartKind, Span]]) -> Legend:
    parts: dict[PartKind, list[Part]] = {kind: [] for kind in PartKind}
    for kind, span in found:
        number = len(parts[kind]) + 1
        parts[kind].append(Part(f"{_LETTERS[kind]}{number}", kind, span, span.of(text)))
    return Legend(
        spans,
        identifications=tuple(parts[PartKind.IDENTIFICATION]),
        items=tuple(parts[PartKind.ITEM]),
        risks=tuple(parts[PartKind.RISK]),
        assumptions=tuple(parts[PartKind.ASSUMPTION]),
        no_update=tuple(parts[PartKind.NO_UPDATE]),
        exchange=tuple(parts[PartKind.EXCHANGE]),
        cues=tuple(parts[PartKind.CUE]),
        statutes=tuple(parts[PartKind.STATUTE]),
        references=tuple(parts[PartKind.REFERENCE]),
    )
