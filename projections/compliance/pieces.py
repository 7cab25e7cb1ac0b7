"""The section about the company taken apart: of which programs each piece speaks, at which stage.

Loads all of the reading, so it is imported where a text is read and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.stems import stems
from timeline.intake.reading.lexicon import lexicon
from timeline.intake.reading.view import view, within
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.intake.documents import Document, Section
    from timeline.intake.names import Mention
    from timeline.intake.reading.finder import Finder
    from timeline.intake.reading.lexicon import Spoken
    from timeline.packs import Vocabulary

_ABOUT = "about"
_CUT = re.compile(r"[;.:\n]|,|\band\b(?![^(]{0,200}\))")
_FEW = 2
_BEGINNING = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between two commas or stops: the programs it speaks of, the stages it names."""

    span: Span
    programs: frozenset[str]
    stages: frozenset[str]


@dataclass(frozen=True, slots=True)
class AboutSection:
    """The section about the company and its pieces."""

    span: Span
    pieces: tuple[Piece, ...]


def about_section(
    document: Document,
    mentions: Sequence[Mention],
    described: Mapping[str, Sequence[str]],
    vocabulary: Vocabulary,
) -> AboutSection | None:
    """Return the section about the company, None where there is none.

    A piece speaks of a program by name, or by two words, or most, of what `described` has of it.
    """
    about = next((one for one in document.sections if one.name == _ABOUT), None)
    if about is None:
        return None
    finder = lexicon(vocabulary.cues).cues.get("stage")
    masked = view(document.text, mentions, ()).masked
    known = {name: [_topics(told) for told in texts] for name, texts in described.items()}
    pieces = [
        Piece(
            span,
            frozenset(_spoken_of(span.of(document.text), span, mentions, known)),
            frozenset(_stages(finder, masked, span)) if finder else _NONE,
        )
        for span in _pieces(document.text, about)
    ]
    return AboutSection(about.span, tuple(pieces))


_NONE: frozenset[str] = frozenset()


def _pieces(text: str, about: Section) -> Iterator[Span]:
    start = about.span.start
    for cut in _CUT.finditer(text, about.span.start, about.span.end):
        yield Span(start, cut.start())
        start = cut.end()
    yield Span(start, about.span.end)


def _stages(finder: Finder[Spoken], masked: str, span: Span) -> Iterator[str]:
    """Yield the stages that are named there; of two readings of one place the longer one."""
    found = sorted(finder.finds(masked, span), key=lambda one: (one.span.start, -len(one.span)))
    end = span.start
    for one in found:
        if one.span.start >= end:
            yield one.key.cue.name
            end = one.span.end


def _spoken_of(
    words: str,
    span: Span,
    mentions: Sequence[Mention],
    known: Mapping[str, Sequence[frozenset[str]]],
) -> Iterator[str]:
    yield from (one.id for one in within(mentions, span) if one.kind == "program")
    said = _topics(words)
    for program, told in known.items():
        if any(_shares(said, one) for one in told):
            yield program


def _topics(words: str) -> frozenset[str]:
    """Return the beginnings of its words, so that "neurology" and "neurological" are one."""
    return frozenset(stem[:_BEGINNING] for stem in stems(words))


def _shares(said: frozenset[str], told: frozenset[str]) -> bool:
    shared = said & told
    return len(shared) >= _FEW or 2 * len(shared) > len(told)
