"""Heads: where in a sentence a list begins, and of what it is a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.part import PartKind
from timeline.intake.legend.words import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.legend.units import Unit

_FILLERS = r"(?:[\s,(]{0,4}<fillers>\b[\s,)]{0,4}){0,3}"
# What a list is of is told by the last of these before it.
_NOUNS = (
    r"(?P<item><subject>|\bstatements?\b)|\b(?P<risk><risky>)\b"
    r"|\b(?P<assumption><assumed>)\b|\b(?P<cue><cue_nouns>)\b"
)
_LEADS = (
    rf"(?P<include>\b(?:includ(?:es?|ing)|such as)\b{_FILLERS}"
    r"(?P<said>[\s,]{0,3}(?:our |the |any )?(?:forward[- ]looking )?<said>"
    rf"(?: made| contained)?\s<about>\b{_FILLERS})?)"
    rf"|(?P<about>\b<about>\b{_FILLERS})"
    rf"|(?P<caused>\b<caused>\b{_FILLERS})"
    r"|(?P<that>\b(?:assum(?:ed|es|ing)|assumptions?),? that\b)"
    r"|(?P<colon>:(?=\s))"
)
# How far back what governs a list is looked for, and how near an "about" has to stand to it.
_REACH = 260
_NEAR = 60
_OF = {
    "item": PartKind.ITEM,
    "risk": PartKind.RISK,
    "assumption": PartKind.ASSUMPTION,
    "cue": PartKind.CUE,
}
_RANK = {"colon": 0, "include": 1, "that": 2, "about": 3, "caused": 4}


@dataclass(frozen=True, slots=True)
class Head:
    """A list of `kind` whose items stand in `body`."""

    kind: PartKind
    body: Span


@dataclass(frozen=True, slots=True)
class _Lead:
    how: str
    kind: PartKind
    end: int


def head(flat: str, unit: Unit) -> Head | None:
    """Return where the list of a unit stands, if it has one that can be told."""
    leads = sorted(_leads(flat, unit.span), key=lambda lead: (_RANK[lead.how], lead.end))
    for lead in leads:
        body = Span(lead.end, _end(flat, lead, unit.span))
        if not _is_no_list(flat, body):
            return Head(lead.kind, body)
    return None


def _leads(flat: str, within: Span) -> Iterator[_Lead]:
    """Yield what may lead a list, each with the kind of list it would be."""
    stop = _last_lead(flat, within)
    for found in pattern(_LEADS).finditer(flat, within.start, stop):
        how = found.lastgroup if found.lastgroup != "said" else "include"
        kind = _kind(flat, within, found, str(how))
        if kind is not None and kind is not PartKind.CUE:
            yield _Lead(str(how), kind, found.end())


def _last_lead(flat: str, within: Span) -> int:
    """Return where leads are no more looked for: behind what refuses an update, or a first list."""
    refusal = pattern("<no_update>").search(flat, within.start, within.end)
    semicolon = flat.find(";", within.start, within.end)
    ends = [refusal.start() if refusal else within.end, semicolon if semicolon > 0 else within.end]
    return min(ends)


def _kind(flat: str, within: Span, lead: re.Match[str], how: str) -> PartKind | None:
    """Return what the list would be of, by what governs it."""
    if how == "that":
        return PartKind.ASSUMPTION
    since = max(within.start, lead.start() - _REACH)
    nouns = list(pattern(_NOUNS).finditer(flat, since, lead.start()))
    differs = pattern("<differs>").search(flat, since, lead.start()) is not None
    if how == "caused":
        return PartKind.RISK if differs else None
    if lead["said"]:
        return PartKind.ITEM
    if not nouns:
        return None
    return _governed(flat, nouns[-1], lead, how, differs=differs)


def _governed(
    flat: str, noun: re.Match[str], lead: re.Match[str], how: str, *, differs: bool
) -> PartKind | None:
    kind = _OF[str(noun.lastgroup)]
    if kind is PartKind.ITEM and how != "about" and differs:
        return PartKind.RISK
    if how == "about" and not _adjacent(flat, noun, lead):
        return None
    if kind is PartKind.ITEM and not _of_forward_looking(flat, noun, lead):
        return None
    return kind


def _adjacent(flat: str, noun: re.Match[str], lead: re.Match[str]) -> bool:
    between = flat[noun.end() : lead.start()]
    return len(between) <= _NEAR and not re.search(r"[,.:]", between)


def _of_forward_looking(flat: str, noun: re.Match[str], lead: re.Match[str]) -> bool:
    """Whether the statements spoken of are the forward-looking ones."""
    near = flat[max(0, noun.start() - _REACH) : lead.end() + 4 * _REACH]
    return pattern("<subject>").search(near) is not None


def _end(flat: str, lead: _Lead, within: Span) -> int:
    """Return where the list ends: with the sentence, or where it goes on about the whole list."""
    tail = pattern("<ends_list>").search(flat, lead.end, within.end)
    return tail.start() if tail else within.end


def _is_no_list(flat: str, body: Span) -> bool:
    """Whether what would be listed is a law, a paper or a word for the list itself."""
    start = re.compile(r"[\s,:;\-•*]{0,6}").match(flat, body.start, body.end)
    at = start.end() if start else body.start
    if not any(c.isalnum() for c in flat[at : body.end]):
        return True
    many = r"(?:(?:a number of|a variety of|numerous|various|many|certain|such|these|the|our|its)\s){0,2}"
    refused = rf"{many}(?:<not_an_item>\b|<laws>|<papers>)"
    return pattern(refused).match(flat, at, body.end) is not None
