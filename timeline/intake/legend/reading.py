"""The legend of a document, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend import clauses
from timeline.intake.legend.extent import extent
from timeline.intake.legend.heads import heads, spoken_of
from timeline.intake.legend.listing import listed
from timeline.intake.legend.part import Legend, Part, PartKind
from timeline.intake.legend.units import units
from timeline.intake.legend.words import level, pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.intake.documents import Document
    from timeline.intake.legend.units import Unit
    from timeline.intake.names import Names

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
_GENERAL = "G"
# Without any of these a stretch is no legend, whatever its heading.
_TELLING = frozenset(
    {
        PartKind.IDENTIFICATION,
        PartKind.ITEM,
        PartKind.RISK,
        PartKind.ASSUMPTION,
        PartKind.NO_UPDATE,
        PartKind.EXCHANGE,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """A part before it has a number; `defines` of an item whose sentence is a definition."""

    span: Span
    kind: PartKind
    defines: bool = False


def read_legend(document: Document, *, names: Names) -> Legend | None:
    """Return the legend of `document` with its parts, or None where it has none.

    `names` are those on record: an item that names one of them is never a general one. Spans are
    in code points of `document.text`. Takes time that grows with the text alone.
    """
    flat = level(document.text)
    stretches = extent(document, flat)
    if not stretches:
        return None
    found = sorted(_found(flat, _sentences(document, stretches)))
    if not any(one.kind in _TELLING for one in found):
        return None
    general = _general(flat, found, names)
    return _legend(document.text, tuple(stretches), found, general)


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


def _found(flat: str, stretches: Iterable[list[Span]]) -> Iterator[_Found]:
    for sentences in stretches:
        spoken = None
        for unit in units(flat, sentences):
            yield from (_Found(span, kind) for kind, span in _clauses(flat, unit.span))
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


def _lists(flat: str, unit: Unit, spoken: PartKind | None) -> Iterator[_Found]:
    for head in heads(flat, unit, spoken):
        joins = head.kind is PartKind.ITEM
        defines = joins and _defines(flat, Span(unit.span.start, head.body.start))
        for span in listed(flat, head.body, unit.breaks, joins=joins):
            yield _Found(span, head.kind, defines)


def _defines(flat: str, within: Span) -> bool:
    """Whether a sentence says what is forward-looking by what is not: facts of the past."""
    return pattern(r"\b<defines>").search(flat, within.start, within.end) is not None


def _general(flat: str, found: Sequence[_Found], names: Names) -> set[Span]:
    """Return the items of a definition that name nothing, where the legend has a list as well."""
    items = [one for one in found if one.kind is PartKind.ITEM]
    if all(one.defines for one in items):
        return set()
    return {one.span for one in items if one.defines and not _names(flat, one.span, names)}


def _names(flat: str, span: Span, names: Names) -> bool:
    words = span.of(flat)
    return bool(names.mentions(words)) or any(c.isdigit() for c in words)


def _legend(
    text: str, spans: tuple[Span, ...], found: Iterable[_Found], general: set[Span]
) -> Legend:
    parts: dict[str, list[Part]] = {letter: [] for letter in (*_LETTERS.values(), _GENERAL)}
    for one in found:
        letter = _GENERAL if one.span in general else _LETTERS[one.kind]
        kept = parts[letter]
        kept.append(Part(f"{letter}{len(kept) + 1}", one.kind, one.span, one.span.of(text)))
    return Legend(
        spans,
        identifications=tuple(parts["D"]),
        items=tuple(parts["L"]),
        general=tuple(parts["G"]),
        risks=tuple(parts["R"]),
        assumptions=tuple(parts["A"]),
        no_update=tuple(parts["U"]),
        exchange=tuple(parts["X"]),
        cues=tuple(parts["C"]),
        statutes=tuple(parts["S"]),
        references=tuple(parts["P"]),
    )
