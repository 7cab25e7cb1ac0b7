"""Heads: where in a sentence a list begins, and of what it is a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.part import PartKind
from timeline.intake.legend.words import pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    rf"|(?P<about>\b<about>\b{_FILLERS})"
    rf"|(?P<caused>\b<caused>\b{_FILLERS})"
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
    """What may lead a list: how it does, of what, from where on it is spoken of, where it ends."""

    how: str
    kind: PartKind
    since: int
    end: int


def heads(flat: str, unit: Unit, spoken: PartKind | None) -> list[Head]:
    """Return the lists of a unit, one of a kind at most, in order.

    `spoken` is what the sentence before spoke of: "they" mean that.
    """
    kept: list[_Lead] = []
    for lead in _best(flat, _leads(flat, unit.span, spoken), unit.span):
        if kept and _goes_over(flat, kept[-1], lead):
            kept.append(lead)
        elif not kept or _RANK[lead.how] < _RANK[kept[-1].how]:
            kept = [lead]
    ends = [_clause(flat, later, lead) for lead, later in zip(kept, kept[1:], strict=False)]
    bodies = zip(kept, [*ends, unit.span.end], strict=False)
    return [Head(lead.kind, Span(lead.end, _end(flat, lead, end))) for lead, end in bodies]


def spoken_of(flat: str, unit: Unit) -> PartKind | None:
    """Return what a unit spoke of last, for the one behind it."""
    span = unit.span
    near = Span(span.start, min(span.end, span.start + 4 * _REACH))
    found = [str(n.lastgroup) for n in pattern(_NOUNS).finditer(flat, near.start, near.end)]
    named = [name for name in found if name in _OF and name != "cue"]
    return _OF[named[-1]] if named else None


def _best(flat: str, leads: Iterable[_Lead], within: Span) -> list[_Lead]:
    """Return the surest lead of each kind, in the order of the text."""
    best: dict[PartKind, _Lead] = {}
    for lead in sorted(leads, key=lambda lead: (_RANK[lead.how], lead.end)):
        if lead.kind not in best and not _is_no_list(flat, Span(lead.end, within.end)):
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


def _leads(flat: str, within: Span, spoken: PartKind | None) -> Iterator[_Lead]:
    """Yield what may lead a list, each with the kind of list it would be."""
    stop = _last_lead(flat, within)
    for found in pattern(_LEADS).finditer(flat, within.start, stop):
        how = "include" if found["said"] else str(found.lastgroup)
        governor = _governor(flat, within, found)
        kind, since = _kind(flat, within, found, how, governor, spoken)
        if kind is not None and kind is not PartKind.CUE:
            yield _Lead(how, kind, since, found.end())


def _last_lead(flat: str, within: Span) -> int:
    """Return where leads are no more looked for: behind what refuses an update, or a first list."""
    refusal = pattern("<no_update>").search(flat, within.start, within.end)
    semicolon = flat.find(";", within.start, within.end)
    return min(refusal.start() if refusal else within.end, semicolon if semicolon > 0 else within.end)


def _governor(flat: str, within: Span, lead: re.Match[str]) -> re.Match[str] | None:
    """Return the last noun before a lead that tells what it lists."""
    since = max(within.start, lead.start() - _REACH)
    found = None
    for found in pattern(_NOUNS).finditer(flat, since, lead.start()):
        pass
    return found


def _kind(
    flat: str,
    within: Span,
    lead: re.Match[str],
    how: str,
    governor: re.Match[str] | None,
    spoken: PartKind | None,
) -> tuple[PartKind | None, int]:
    """Return what the list would be of, and from where on that is spoken of."""
    since = governor.start() if governor else lead.start()
    if how == "that":
        return PartKind.ASSUMPTION, lead.start()
    differs = pattern("<differs>").search(flat, max(within.start, lead.start() - _REACH), lead.start())
    if how == "caused":
        return (PartKind.RISK if differs else None), since
    if lead["said"] and not (governor and governor.lastgroup == "cue"):
        return PartKind.ITEM, since
    if governor is None:
        return None, since
    return _governed(flat, governor, lead, how, spoken, differs=differs is not None), since


def _governed(
    flat: str,
    noun: re.Match[str],
    lead: re.Match[str],
    how: str,
    spoken: PartKind | None,
    *,
    differs: bool,
) -> PartKind | None:
    if how == "about" and not _adjacent(flat, noun, lead):
        return None
    if noun.lastgroup == "they":
        return spoken if _adjacent(flat, noun, lead) else None
    kind = _OF[str(noun.lastgroup)]
    if kind is PartKind.ITEM and how != "about" and differs:
        return PartKind.RISK
    if kind is PartKind.ITEM and not _of_forward_looking(flat, noun, lead, spoken):
        return None
    return kind


def _adjacent(flat: str, noun: re.Match[str], lead: re.Match[str]) -> bool:
    between = flat[noun.end() : lead.start()]
    return len(between) <= _NEAR and not re.search(r"[,.:]", between)


def _of_forward_looking(
    flat: str, noun: re.Match[str], lead: re.Match[str], spoken: PartKind | None
) -> bool:
    """Whether the statements spoken of are the forward-looking ones."""
    if spoken is PartKind.ITEM:
        return True
    near = flat[max(0, noun.start() - _REACH) : lead.end() + 4 * _REACH]
    return pattern("<subject>").search(near) is not None


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
    many = r"(?:(?:a number of|a variety of|numerous|various|many|certain|such|these|the|our|its)\s){0,2}"
    refused = rf"{many}(?:<not_an_item>\b|<laws>|<papers>)"
    return pattern(refused).match(flat, at, body.end) is not None
