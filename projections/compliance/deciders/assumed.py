"""Assumptions: what a statement rests on, on record and in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_claim
from projections.compliance.days import last_day
from projections.compliance.deciders.spoken_to import spoken_to
from projections.compliance.finding import Found, absent, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead
    from timeline.events import Event

_BASIS = "compliance.basis_recorded"
_REFUTED = "compliance.assumption_refuted"


def reasonable(evidence: Evidence) -> Iterator[Found]:
    """CA-4A2: a basis is on record for each statement, and nothing had refuted it by then."""
    known = [*evidence.events, *evidence.internal]
    based = _by_claim(event for event in known if event.type == _BASIS)
    refuted = _by_claim(event for event in known if event.type == _REFUTED)
    if evidence.text is not None and not (based or refuted):
        yield _of_all(evidence.text)
        return
    for claim in evidence.claims:
        found = _basis(claim, based.get(claim.id), refuted.get(claim.id))
        yield of_claim(claim, found)


def _of_all(read: TextRead) -> Found:
    """Say of a whole document that nothing on record bears on it, and what it says itself."""
    stated = [part.id for part in read.legend.assumptions] if read.legend else []
    of = f"no basis is on record for any of {len(read.claims)} statements"
    partly = f"; the assumptions it states, {', '.join(stated)}, give part of one" if stated else ""
    return review(of + partly, *stated)


def _by_claim(events: Iterator[Event]) -> dict[object, Event]:
    return {event.facts.get("expectation"): event for event in events}


def _basis(claim: Claim, basis: Event | None, refuted: Event | None) -> Found:
    if refuted is not None and _was_by(refuted, claim):
        return failed("an assumption of it was on record as false when it was said", refuted.item)
    if basis is None:
        return review("no basis is on record", claim.id)
    if not _was_by(basis, claim):
        return review("its basis is on record, but not as of the day it was said", basis.item)
    return passed("its basis was on record when it was said", basis.item)


def _was_by(event: Event, claim: Claim) -> bool:
    last = last_day(event)
    return last is not None and last <= claim.made_on


def assumed(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-4A3-C: the factors or assumptions that a statement rests on are stated."""
    if read.legend is None or not read.legend.assumptions:
        here = (evidence.document.id,) if evidence.document else ()
        perhaps = read.has_words("assumption_words")
        yield absent("the document states no assumption", *here, perhaps=perhaps)
        return
    held = read.assumptions
    for claim in read.claims:
        told = spoken_to(held.spoken(claim), claim.id, one="assumption", many="assumptions")
        yield of_claim(claim, told)
