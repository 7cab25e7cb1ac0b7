"""Clauses: a sentence cut where one thing has been said and the next begins."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.intake.reading.view import within
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.reading.grammar import Grammar
    from timeline.intake.reading.view import View

_HARD = re.compile(r";|(?<=\s)[-–—]{1,2}(?=\s)|—|(?<=[a-z]{3}):(?=\s)|[,:]\s*[\"“]|[,.!?][\"”]")  # noqa: RUF001
_TRIM = ' \t\r\n,;:–—|*•"“”'  # noqa: RUF001
_FEWEST = 3  # words of a clause
_BETWEEN_TIMES = 2  # words that must stand between two times of two statements


class Link(StrEnum):
    """How a clause hangs on the one before it."""

    NONE = "none"
    JOINED = "joined"
    SHARED = "shared"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one sentence. A `SHARED` one has its verb in the clause before it."""

    span: Span
    link: Link


def clauses(view: View, sentence: Span, grammar: Grammar) -> list[Clause]:
    """Return the clauses of a sentence, in order, then those in its brackets."""
    if grammar.is_row(view, sentence):
        return [Clause(sentence, Link.NONE)]
    told = list(_by_times(view, list(_running(view, sentence, grammar))))
    return [*told, *_asides(view, sentence, grammar)]


def _running(view: View, sentence: Span, grammar: Grammar) -> Iterator[Clause]:
    """Yield the clauses of what stands outside of brackets, those that cannot stand merged."""
    held: Clause | None = None
    for span, link in _pieces(view, sentence, grammar):
        if held is None or _stands(view, held, span, link):
            if held is not None:
                yield held
            held = Clause(span, link)
        else:
            held = Clause(Span(held.span.start, span.end), held.link)
    if held is not None:
        yield held


def _stands(view: View, before: Clause, span: Span, link: Link) -> bool:
    """Whether a piece is a clause of its own: one that shares its verb needs a time of its own.

    So does the one it shares it with: in "complete it and report in May" both are in May.
    """
    if len(view.outer[span.start : span.end].split()) < _FEWEST:
        return False
    if link is not Link.SHARED:
        return True
    return all(within(view.readings, one) for one in (before.span, span))


def _pieces(view: View, sentence: Span, grammar: Grammar) -> Iterator[tuple[Span, Link]]:
    """Yield the stretches between the places where a sentence may be cut."""
    start, link = sentence.start, Link.NONE
    for at, after, how in _cuts(view, sentence, grammar):
        piece = Span(start, at)
        if at <= start or not grammar.may_end(view, piece, how):
            continue
        yield piece, link
        start, link = after, how
    yield Span(start, sentence.end), link


def _cuts(view: View, sentence: Span, grammar: Grammar) -> list[tuple[int, int, Link]]:
    """Return where a clause may end, where the next one then begins, and how it hangs on."""
    hard = (
        (match.start(), match.end(), Link.NONE)
        for match in _HARD.finditer(view.outer, sentence.start, sentence.end)
    )
    return sorted([*hard, *grammar.joints(view, sentence)])


def _by_times(view: View, told: list[Clause]) -> Iterator[Clause]:
    """Yield clauses, one with several times cut behind each but the last."""
    for clause in told:
        start, link = clause.span.start, clause.link
        for at in _behind_times(view, clause.span):
            yield Clause(Span(start, at), link)
            start, link = at, Link.SHARED
        yield Clause(Span(start, clause.span.end), link)


# What is compared with another time is one thing said.
_JOINT = re.compile(
    r",? ?\b(?:and|then|followed by|or)\b|,(?!\s{0,3}(?:compared|versus|up|down|from|than)\b)"
)


def _behind_times(view: View, span: Span) -> Iterator[int]:
    """Yield the places between two times of a clause where a joint word or a comma stands."""
    times = [reading.span for reading in within(view.readings, span)]
    for before, after in itertools.pairwise(times):
        joint = _JOINT.search(view.outer, before.end, after.start)
        if joint is None:
            continue
        words = view.outer[joint.end() : after.start].split()
        if len(words) >= _BETWEEN_TIMES:
            yield joint.start()


def _asides(view: View, sentence: Span, grammar: Grammar) -> Iterator[Clause]:
    """Yield what stands in brackets and says something."""
    for aside in view.asides_in(sentence):
        inside = Span(aside.start + 1, aside.end - 1)
        if len(inside.of(view.masked).split()) >= _FEWEST and grammar.has_verb(view.masked, inside):
            yield Clause(inside, Link.ASIDE)


def trimmed(text: str, span: Span, leading: int = 0) -> Span:
    """Return `span` without the signs around it, from `leading` code points on."""
    words = text[span.start + leading : span.end]
    start = span.start + leading + len(words) - len(words.lstrip(_TRIM))
    end = span.start + leading + len(words.rstrip(_TRIM))
    return Span(start, max(start, end))
