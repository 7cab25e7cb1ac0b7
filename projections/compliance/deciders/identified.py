"""Identification: whether the legend's list names each statement, in law and as a product check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from projections.compliance.about import of_claim, of_place
from projections.compliance.finding import Found, absent, passed, review
from projections.compliance.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead
    from timeline.intake.legend import Covered

COVERED, NOT_COVERED = "covered", "not_covered"
_BEYOND = "it is beyond what is compared with the list"
_NO_LEGEND = "no legend is in the document"
_LETTERS = 3


def identified(_: Evidence, read: TextRead) -> Iterator[Found]:
    """US-PSLRA-05: each statement is identified as forward-looking."""
    held = read.covered()
    for claim in read.claims:
        yield of_claim(claim, _identified(read, claim, held.get(claim.id)))


def _identified(read: TextRead, claim: Claim, held: Covered | None) -> Found:
    if read.legend is None:
        return absent(_NO_LEGEND, claim.id, perhaps=read.has_words("legend_words"))
    if held is None:
        return review(_BEYOND, claim.id)
    if held.status == COVERED and not held.times:
        return passed(held.why, *held.items)
    why = "; ".join((held.why, *held.times, _cued(read, claim)))
    return review(why, *(held.items or (claim.id,)))


def _cued(read: TextRead, claim: Claim) -> str:
    """Tell whether a statement has one of the words that the legend says are such words."""
    cues = [cue.text.casefold() for cue in read.legend.cues] if read.legend else []
    if not cues:
        return "the legend lists no cue words"
    found = [cue for cue in cues if _has(claim.text or "", cue)]
    told = ", ".join(f"'{cue}'" for cue in found)
    return f"of its cue words it has {told}" if found else f"it has none of its {len(cues)} cues"


def _has(text: str, cue: str) -> bool:
    stem = cue.removesuffix("s") if len(cue) > _LETTERS else cue
    return re.search(rf"\b{re.escape(stem)}(?:s|d|ed|ing)?\b", text, re.IGNORECASE) is not None


def specifically(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-4A3-A: what is material is identified, and specifically."""
    legend, held = read.legend, read.coverage
    if legend is None or held is None:
        yield absent(_NO_LEGEND, *_ids(evidence), perhaps=read.has_words("legend_words"))
    elif not legend.items:
        parts = [part.id for part in (*legend.identifications, *legend.general)]
        why = "the legend identifies in general words alone: it has no list"
        yield absent(why, *parts, perhaps=_may_list(read))
    else:
        loose = [one.item.id for one in held.items if not one.statements]
        bare = [one.id for one in held.statements if one.status != COVERED]
        told = f"{len(bare)} of {len(held.statements)} statements map to no item of the list"
        why = f"{told}, {len(loose)} of {len(held.items)} items to no statement"
        yield review(why, *bare, *loose) if bare or loose else passed(why, *_items(read))


def covered(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-02: the list of the legend covers every statement of the body."""
    held = read.coverage
    if held is None or not held.has_list:
        yield from _all_bare(evidence, read)
        return
    bare = [one for one in held.statements if one.status == NOT_COVERED]
    of = f"{len(bare)} of {len(held.statements)} statements are not covered"
    claims = {claim.id: claim for claim in read.claims}
    for one in bare:
        yield of_claim(claims[one.id], review(f"{one.why}; {of}", one.id))
    if not bare:
        yield passed(of, *_items(read))


def _all_bare(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """Say of every statement that no list covers it, for there is none."""
    none = read.legend is None
    why = _NO_LEGEND if none else "the legend has no list"
    perhaps = read.has_words("legend_words") if none else _may_list(read)
    for claim in read.claims:
        yield of_claim(claim, absent(f"nothing covers it: {why}", claim.id, perhaps=perhaps))
    if not read.claims:
        yield absent(why, *_ids(evidence), perhaps=perhaps)


def _may_list(read: TextRead) -> bool:
    """Whether the legend has words that lead to a list."""
    spans = read.legend.spans if read.legend else ()
    return any(pattern("list_words").search(read.text, s.start, s.end) for s in spans)


def listed(_: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-03: every item of the list has its counterpart in the body."""
    items = read.coverage.items if read.coverage else ()
    bare = [one for one in items if not one.statements]
    for one in bare:
        yield of_place(one.item.span, read.text, review(one.why, one.item.id))
    if not bare:
        yield passed(f"none of {len(items)} items is without a counterpart", *_items(read))


def _items(read: TextRead) -> list[str]:
    return [part.id for part in read.legend.items] if read.legend else []


def _ids(evidence: Evidence) -> tuple[str, ...]:
    return (evidence.document.id,) if evidence.document else ()
