"""Approval: whether an executive officer approved what was released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_document
from projections.compliance.days import first_day, last_day
from projections.compliance.finding import Found, failed, passed, review
from projections.compliance.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.evidence import Evidence, Published
    from timeline.events import Event

_APPROVED = "disclosure.statement_approved"
_CHANGED = "governance.board_changed"
_HASH = "content_sha256"


def approved(evidence: Evidence) -> Iterator[Found]:
    """US-PSLRA-09: an executive officer approved what was released."""
    document = evidence.document
    if document is not None:
        yield of_document(document, _approved(evidence, document))


def _approved(evidence: Evidence, document: Published) -> Found:
    known = [*evidence.events, *evidence.internal]
    made = [event for event in known if event.type == _APPROVED]
    wanted = [event for event in made if event.facts.get("doc_id") == document.id]
    if not wanted:
        return review("no approval is on record", document.id)
    if document.sha256 is None:
        ids = [event.item for event in wanted]
        return review("the hash of what was released is not on record", *ids)
    same = [event for event in wanted if event.facts.get(_HASH) == document.sha256]
    if not same:
        why = "what was released is not what the approval is of: the hashes differ"
        return failed(why, document.id, *(event.item for event in wanted))
    ends = [_by(evidence, event) for event in same]
    return next((one for one in ends if one.result == "pass"), ends[-1])


def _by(evidence: Evidence, approval: Event) -> Found:
    """Judge an approval of the very words: whether it came in time, and of whom."""
    last, approver = last_day(approval), approval.facts.get("approver")
    if last is None or last > evidence.on:
        return review("the approval may be later than the release", approval.item)
    replaced = _replaced(evidence, approval)
    if replaced is not None:
        told = f"{approver} had been replaced by the day of the approval"
        return failed(told, approval.item, replaced.item)
    role = str(approval.facts.get("role") or "")
    if approver is None or not pattern("executive_roles").search(role):
        told = f"approval by {approver or 'nobody named'}, {role or 'of no role on record'}"
        return review(f"{told}: whether an executive officer is open", approval.item)
    return passed(f"approval by {approver}, {role}, by {last}", approval.item)


def _replaced(evidence: Evidence, approval: Event) -> Event | None:
    """Return what replaced the approver before, unless an office was given to them after that."""
    approver, day = approval.facts.get("approver"), first_day(approval)
    if approver is None or day is None:
        return None
    changes = [(last_day(e), e) for e in (*evidence.of_type(_CHANGED), *evidence.internal)]
    before = [(on, event) for on, event in changes if on is not None and on < day]
    for _, event in sorted(before, key=lambda one: one[0], reverse=True):
        if event.facts.get("person") == approver:
            return None
        if event.facts.get("replaces") == approver:
            return event
    return None
