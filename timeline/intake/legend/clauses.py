"""Clauses of a legend that are told by their own words: what identifies, refuses, disclaims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.intake.legend.listing import trim
from timeline.intake.legend.words import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTIFIES = (
    r"\b(?:<identifies>(?:[\s,\"']{1,3}<hedges>\b){0,5}[\s,]{0,3}[\"']?<subject>|<looks_ahead>"
    r"|<spoken>\b[^.;]{0,400}?\b(?:are|is|be|constitutes?)\b(?:[\s,]{1,3}<hedges>\b){0,3}\s"
    r"[\"']?forward[- ]looking(?!\s(?!within\b|under\b|as\b)\w)[\"']?)"
)
# The words of a heading before the sentence: "Safe Harbor Statement:" or "Cautionary Note -".
_HEADING = re.compile(r"[^.;:\n]{0,110}?(?::|\s-{1,2})\s{1,4}(?=[A-Z\"])")
_JOIN = re.compile(r"(?:,?\s(?:and|but)\s|;\s)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"'] ?([A-Za-z][A-Za-z \-]{0,30}?),? ?[\"'](?![A-Za-z])")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z\-]{1,20}(?: be)?")
_NO_CUE = r"<subject>|and|or|the|negative"
_LONGEST_REACH = 400


def identification(flat: str, within: Span) -> Span | None:
    """Return the clause of a sentence that says what is forward-looking, if it has one."""
    found = pattern(_IDENTIFIES).search(flat, within.start, within.end)
    if found is None:
        return None
    start = _without_heading(flat, within)
    before = flat[max(start, found.start() - _LONGEST_REACH) : found.end()]
    if pattern("<no_identification>").search(before):
        return None
    cut = pattern("<ends_identification>").search(flat, found.end(), within.end)
    return trim(flat, Span(start, cut.start() if cut else within.end))


def _without_heading(flat: str, within: Span) -> int:
    heading = _HEADING.match(flat, within.start, within.end)
    return heading.end() if heading else within.start


def no_update(flat: str, within: Span) -> Span | None:
    """Return the clause that refuses to update, from its subject on; if the sentence has one."""
    found = pattern("<no_update>").search(flat, within.start, within.end)
    if found is None:
        return None
    return trim(flat, Span(_subject(flat, within, found.start()), within.end))


def _subject(flat: str, within: Span, at: int) -> int:
    """Return where the clause begins whose verb stands at `at`: behind a joining word, if any."""
    since = max(within.start, at - _LONGEST_REACH)
    joins = list(_JOIN.finditer(flat, since, at))
    if not joins or "," in flat[joins[-1].end() : at]:
        return within.start
    before = flat[since : joins[-1].start()]
    return joins[-1].end() if pattern(r"\b<clause_verbs>\b").search(before) else within.start


def exchange(flat: str, within: Span) -> Span | None:
    """Return the sentence in which an exchange or a regulator declines to answer for the text."""
    found = pattern("<exchange>").search(flat, within.start, within.end)
    return trim(flat, within) if found else None


def cues(flat: str, within: Span) -> Iterator[Span]:
    """Yield the words a sentence lists as telling forward-looking statements, without quotes."""
    start = _cue_lead(flat, within)
    if start is None:
        return
    quoted = [found.span(1) for found in _QUOTED.finditer(flat, start, within.end)]
    quoted = [ends for ends in quoted if not pattern(_NO_CUE).fullmatch(flat, *ends)]
    yield from (
        Span(*ends) for ends in (quoted if len(quoted) > 1 else _plain_cues(flat, start, within))
    )


def _cue_lead(flat: str, within: Span) -> int | None:
    noun = pattern(r"\b<cue_nouns>\b").search(flat, within.start, within.end)
    if noun is None or not pattern("<tells>").search(flat, within.start, within.end):
        return None
    return noun.end()


def _plain_cues(flat: str, start: int, within: Span) -> Iterator[tuple[int, int]]:
    """Yield words that are listed without quotes: may, will, expect and similar words."""
    lead = pattern(r"\b(?:such as|like|including)\s").search(flat, start, within.end)
    if lead is None:
        return
    ends = pattern(r"\b<cue_ends>\b|[.;]").search(flat, lead.end(), within.end)
    stop = ends.start() if ends else within.end
    for found in _PLAIN.finditer(flat, lead.end(), stop):
        if not pattern(_NO_CUE).fullmatch(found[0]):
            yield found.span()


def statutes(flat: str, within: Span) -> Iterator[Span]:
    """Yield the laws that are named."""
    yield from _named("<laws>", flat, within)


def references(flat: str, within: Span) -> Iterator[Span]:
    """Yield the other documents, and the places that keep them, that are named."""
    yield from _named("<papers>", flat, within)


def _named(names: str, flat: str, within: Span) -> Iterator[Span]:
    for found in pattern(rf"(?<!\w){names}").finditer(flat, within.start, within.end):
        yield trim(flat, Span(*found.span()))
