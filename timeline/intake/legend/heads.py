"""Heads: where in a sentence a list begins, and of what it is a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from timeline.intake.legend.part import PartKind
from timeline.intake.legend.words import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.legend.units import Unit

_FILLERS = r"(?:[\s,(]{0,4}<fillers>\b[\s,)]{0,4}){0,3}"
# What a list is of is told by the last of these before it; "they" by the sentence before.
_NOUNS = (
    r"(?P<item><subject>|\bstatements?\b)|\b(?P<risk><risky>)\b"
    r"|\b(?P<assumption><assumed>)\b|\b(?P<cue><cue_nouns>)\b|\b(?P<they>they|these|those)\b"
)
_LEADS = (
    rf"(?P<include>\b<leads>\b{_FILLERS}"
    r"(?P<said>[\s,]{0,3}(?:our |the |any )?(?:forward[- ]looking )?<said>"
    rf"(?: made| contained)?\s(?:<about>|on)\b{_FILLERS})?)"
    rf"|(?P<that>\b<assumed>\b{_FILLERS}[\s,]{{0,3}}(?:including )?that\b)"
    rf"|(?P<about>\b(?:<about>|(?<=\bstatements )on)\b{_FILLERS})"
    rf"|(?P<caused>\b<caused>\b{_FILLERS})"
    r"|(?P<colon>:(?=\s))"
)
# How far back what governs a list is looked for, and how near an "about" has to stand to it.
_REACH = 260
_NEAR = 60
# A head stands near the beginning of its sentence: no more leads than these are looked at.
_MOST_LEADS = 40
_OF = {
    "item": PartKind.ITEM,
    "risk": PartKind.RISK,
    "assumption": PartKind.ASSUMPTION,
    "cue": PartKind.CUE,
}
_MANY = (
    r"(?:(?:a number of|a variety of|numerous|various|many|certain|such|these|the|our|its)\s){0,2}"
)
_RANK = {"colon": 0, "include": 1, "that": 2, "about": 3, "caused": 4}


@dataclass(frozen=True, slots=True)
class Head:
    """A list of `kind` whose items stand in `body`."""

    kind: PartKind
    body: Span


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The sentence that is looked at, in the level text, and what the one before it spoke of."""

    flat: str
    span: Span
    spoken: PartKind | None

    def back(self, at: int) -> int:
        """Return how far back from `at` is looked."""
        return max(self.span.start, at - _REACH)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What may lead a list: how it does, of what, from where on it is spoken of, where it ends."""

    how: str
    kind: PartKind
    since: int
    end: int


def heads(flat: str, unit: Unit, spoken: PartKind | None) -> list[Head]:
    """Return the lists of a unit, one of a kind at most, in order.

    `spoken` is what the sentence before spoke of: "they" mean that.
    """
    sentence = _Sentence(flat, unit.span, spoken)
    kept: list[_Lead] = []
    for lead in _best(sentence):
        if kept and _goes_over(flat, kept[-1], lead):
            kept.append(lead)
        elif not kept or _RANK[lead.how] < _RANK[kept[-1].how]:
            kept = [lead]
    ends = [_clause(flat, later, lead) for lead, later in pairwise(kept)]
    bodies = zip(kept, [*ends, unit.span.end], strict=False)
    return [Head(lead.kind, Span(lead.end, _end(flat, lead, end))) for lead, end in bodies]


def spoken_of(flat: str, unit: Unit) -> PartKind | None:
    """Return what a unit spoke of last, for the one behind it."""
    end = min(unit.span.end, unit.span.start + 4 * _REACH)
    found = [str(n.lastgroup) for n in pattern(_NOUNS).finditer(flat, unit.span.start, end)]
    named = [name for name in found if name in _OF and name != "cue"]
    return _OF[named[-1]] if named else None


def _best(sentence: _Sentence) -> list[_Lead]:
    """Return the surest lead of each kind, in the order of the text."""
    best: dict[PartKind, _Lead] = {}
    for lead in sorted(_leads(sentence), key=lambda lead: (_RANK[lead.how], lead.end)):
        body = Span(lead.end, sentence.span.end)
        if lead.kind not in best and not _is_no_list(sentence.flat, body):
            best[lead.kind] = lead
    return sorted(best.values(), key=lambda lead: lead.end)


def _goes_over(flat: str, before: _Lead, lead: _Lead) -> bool:
    """Whether a sentence goes over from one list to another: "... and are subject to risks ..."."""
    if lead.since <= before.end:
        return False
    between = flat[max(before.end, lead.since - _REACH) : lead.since]
    return pattern(r"\b<goes_over>\b[^,;]{0,60}\Z").search(between) is not None


def _clause(flat: str, lead: _Lead, before: _Lead) -> int:
    """Return where the clause of `lead` begins, behind the list that `before` leads."""
    marks = [flat.rfind(mark, before.end, lead.since) for mark in (",", ";", " and ")]
    return max(marks[0], marks[1]) if max(marks[:2]) > 0 else max(marks[2], before.end)


def _leads(sentence: _Sentence) -> Iterator[_Lead]:
    """Yield what may lead a list, each with the kind of list it would be."""
    stop = _last_lead(sentence.flat, sentence.span)
    every = pattern(_LEADS).finditer(sentence.flat, sentence.span.start, stop)
    for found in islice(every, _MOST_LEADS):
        how = "include" if found["said"] else str(found.lastgroup)
        noun = _governor(sentence, found)
        kind = _kind(sentence, found, how, noun)
        if kind is not None and kind is not PartKind.CUE:
            yield _Lead(how, kind, found.start() if noun is None else noun.start(), found.end())


def _last_lead(flat: str, within: Span) -> int:
    """Return where leads are no more looked for: behind what refuses an update, or a first list."""
    refusal = pattern("<no_update>").search(flat, within.start, within.end)
    semicolon = flat.find(";", within.start, within.end)
    ends = [refusal.start() if refusal else within.end, semicolon if semicolon > 0 else within.end]
    return min(ends)


def _governor(sentence: _Sentence, lead: re.Match[str]) -> re.Match[str] | None:
    """Return the last noun before a lead that tells what it lists."""
    since = sentence.back(lead.start())
    nouns = list(pattern(_NOUNS).finditer(sentence.flat, since, lead.start()))
    return nouns[-1] if nouns else None


def _kind(
    sentence: _Sentence, lead: re.Match[str], how: str, noun: re.Match[str] | None
) -> PartKind | None:
    """Return what the list would be of; `noun` governs it."""
    if how == "that":
        return PartKind.ASSUMPTION
    if how == "caused":
        return PartKind.RISK if _differs(sentence, lead) else None
    if lead["said"] and (noun is None or noun.lastgroup != "cue"):
        return PartKind.ITEM
    return None if noun is None else _governed(sentence, noun, lead, how)


def _differs(sentence: _Sentence, lead: re.Match[str]) -> bool:
    """Whether results that may differ are spoken of before a lead."""
    since = sentence.back(lead.start())
    return pattern("<differs>").search(sentence.flat, since, lead.start()) is not None


def _governed(
    sentence: _Sentence, noun: re.Match[str], lead: re.Match[str], how: str
) -> PartKind | None:
    near = _adjacent(sentence.flat, noun, lead)
    if noun.lastgroup == "they":
        return sentence.spoken if near else None
    if how == "about" and not near:
        return None
    kind = _OF[str(noun.lastgroup)]
    if kind is PartKind.ITEM and how != "about" and _differs(sentence, lead):
        return PartKind.RISK
    if kind is PartKind.ITEM and not _of_forward_looking(sentence, noun, lead):
        return None
    return kind


def _adjacent(flat: str, noun: re.Match[str], lead: re.Match[str]) -> bool:
    between = flat[noun.end() : lead.start()]
    return len(between) <= _NEAR and not re.search(r"[,.:]", between)


def _of_forward_looking(sentence: _Sentence, noun: re.Match[str], lead: re.Match[str]) -> bool:
    """Whether the statements spoken of are the forward-looking ones."""
    if sentence.spoken is PartKind.ITEM:
        return True
    near = sentence.flat[max(0, noun.start() - _REACH) : lead.end() + 4 * _REACH]
    return pattern(r"<subject>|\bforward[- ]looking\b").search(near) is not None


def _end(flat: str, lead: _Lead, end: int) -> int:
    """Return where the list ends: with the sentence, or where it goes on about the whole list."""
    tail = pattern("<ends_list>").search(flat, lead.end, end)
    return tail.start() if tail else max(end, lead.end)


def _is_no_list(flat: str, body: Span) -> bool:
    """Whether what would be listed is a law, a paper or a word for the list itself."""
    start = re.compile(r"[\s,:;\-•*]{0,6}").match(flat, body.start, body.end)
    at = start.end() if start else body.start
    if not any(c.isalnum() for c in flat[at : min(body.end, at + _REACH)]):
        return True
    return (
        pattern(rf"{_MANY}(?:<not_an_item>\b|<laws>|<papers>)").match(flat, at, body.end)
        is not None
    )
