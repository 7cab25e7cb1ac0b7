"""The United States safe harbor for forward-looking statements, 15 U.S.C. 78u-5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_claim, of_document
from projections.compliance.days import last_day
from projections.compliance.filers import reporting
from projections.compliance.finding import Found, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from timeline.events import Event

_FLAGS = ("disqualified", "blank_check", "penny_stock", "roll_up", "going_private")
_SHUT_OUT = frozenset({"financial statements", "tender offer", "SC 13D", "SC 13D/A", "SC 13G"})
_MIXED = frozenset({"prospectus", "S-1", "S-1/A", "F-1"})
_FORWARD = frozenset(
    {"dated_milestone", "event_relative", "plan", "intention", "projection", "commitment"}
    | {"contingent_economics", "third_party_forecast", "prediction"}
)


def speaker(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-01: who speaks, and whether the issuer reports."""
    status = reporting(evidence)
    for claim in evidence.claims:
        yield of_claim(claim, _speaker(evidence, claim, status.kind, status.because))


def _speaker(
    evidence: Evidence, claim: Claim, status: str | None, because: tuple[str, ...]
) -> Found:
    if evidence.facts.get("reporting_status") is False:
        return failed("the issuer had no reporting status on that day", *because)
    if not claim.own:
        return review(f"the plan or forecast is of {claim.speaker or 'somebody else'}", claim.id)
    if status is None:
        return review("no reporting status is on record for that day")
    return passed("the issuer reports, and it or a person for it speaks", *because)


def issuer_not_excluded(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-02: none of the five kinds of issuer that are shut out."""
    told = {flag: evidence.facts.get(flag) for flag in _FLAGS}
    out = [flag for flag, value in told.items() if value is True]
    unknown = [flag for flag, value in told.items() if value is None]
    if out:
        yield failed(f"on record: {', '.join(out)}", *(evidence.sources[flag] for flag in out))
    elif unknown:
        yield review(f"not on record: {', '.join(unknown)}")
    else:
        yield passed("none of the five holds", *(evidence.sources[flag] for flag in _FLAGS))


def document_not_excluded(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-03: the document is none of the kinds that are shut out."""
    document = evidence.document
    if document is None:
        return
    if document.kind in _SHUT_OUT:
        found = failed(f"{document.kind} is shut out", document.id)
    elif not document.kind or document.kind in _MIXED:
        found = review(f"whether {document.kind or 'a document of no kind'} is shut out is open")
    else:
        found = passed(f"{document.kind} is not shut out", document.id)
    yield of_document(document, found)


def forward_looking(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-04: the words speak of the future and not of what is."""
    for claim in evidence.claims:
        yield of_claim(claim, _form(claim))


def _form(claim: Claim) -> Found:
    if claim.form in _FORWARD or (claim.form is None and claim.is_dated):
        return passed(f"{claim.form or 'a statement with a window'} speaks of the future", claim.id)
    if claim.form is None:
        return review("no kind of statement is on record, nor a window", claim.id)
    return review(f"{claim.form} mixes what is with what will be", claim.id)


def no_contrary_knowledge(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-08: nothing known inside when it was said speaks against it."""
    if not evidence.internal:
        yield review("no internal feed is connected, so nothing can be said")
        return
    for claim in evidence.claims:
        contrary = [event for event in evidence.internal if _contradicts(event, claim)]
        yield of_claim(claim, _known(contrary, claim))


def _contradicts(event: Event, claim: Claim) -> bool:
    about = (event.program, event.milestone) == (claim.target.program, claim.target.milestone)
    last = last_day(event)
    return about and event.outcome == "failed" and last is not None and last <= claim.made_on


def _known(contrary: list[Event], claim: Claim) -> Found:
    ids = [event.item for event in contrary]
    if any(claim.speaker in event.facts.get("acknowledged_by", ()) for event in contrary):
        return failed("the speaker had acknowledged that it had failed", *ids)
    if contrary:
        return review("known inside to have failed; whether the speaker knew is not proven", *ids)
    return passed("nothing recorded inside by then speaks against it", claim.id)


def materiality(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-10: somebody decided whether it matters."""
    known = [*evidence.events, *evidence.internal]
    assessed = {
        event.facts.get("expectation"): event
        for event in known
        if event.type == "compliance.materiality_assessed"
    }
    for claim in evidence.claims:
        event = assessed.get(claim.id)
        if event is not None:
            yield of_claim(claim, passed("assessed", event.item))
        elif claim.is_dated or claim.form == "contingent_economics":
            yield of_claim(claim, review("nobody has recorded whether it is material", claim.id))


def no_update_duty_claimed(_: Evidence) -> Iterator[Found]:
    """US-PSLRA-11: what this program reports never calls a missed window a breach of the Act."""
    yield passed("late is told as time, never as a breach; the Act sets no duty to update")
