"""What a finding is about, said on it: a claim, a document, an event, a statement on record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Published
    from projections.compliance.finding import Found
    from timeline.events import Event
    from timeline.expectations import Judged
    from timeline.intake import Span


def of_claim(claim: Claim, found: Found) -> Found:
    """Say that it is about a statement of the document in hand."""
    return replace(found, statement=claim.id, span=claim.span, text=claim.text or claim.words)


def of_document(document: Published, found: Found) -> Found:
    """Say that it is about a document."""
    return replace(found, document=document.id)


def of_event(event: Event, found: Found) -> Found:
    """Say that it is about an event."""
    return replace(found, event=event.item, text=event.summary)


def of_statement(judged: Judged, found: Found) -> Found:
    """Say that it is about a statement on record."""
    told = judged.statement
    return replace(found, statement=told.id, document=told.document, text=told.words)


def of_place(span: Span, text: str, found: Found) -> Found:
    """Say that it is about what stands there in the document in hand."""
    return replace(found, span=span, text=span.of(text))
