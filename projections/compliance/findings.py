"""Findings: what the rules come to on what is on record, at the asked clocks.

This file holds no table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.compliance.deciding import findings
from projections.compliance.recorded import evidence_at
from projections.compliance.reviews import reviews_at, waived

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from projections.compliance.finding import Finding
    from projections.compliance.reviews import Review
    from timeline.bitemporal import Clocks
    from timeline.packs import Vocabulary


def findings_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    document: str | None = None,
    wanted: Collection[str] = (),
    packs: Vocabulary | None = None,
) -> list[dict[str, Any]]:
    """Return one row for each finding, in the order of the rules, with what people decided on it.

    `document` is the document in hand, else the newest of the issuer's own; `wanted` names the
    rules, all of them without. Raises NotFound for a document not known at the clocks.
    """
    evidence = evidence_at(connection, issuer, clocks=clocks, document=document, packs=packs)
    reviews = reviews_at(connection, issuer, as_at=clocks.as_at)
    found = findings(evidence, wanted)
    return [finding_row(one, reviews.get(one.id, ())) | {"position": clocks.as_at} for one in found]


def finding_row(finding: Finding, reviews: Sequence[Review] = ()) -> dict[str, Any]:
    """Return a finding as answers show it."""
    rule, found = finding.rule, finding.found
    return {
        "finding": finding.id,
        "rule": rule.id,
        "version": rule.version,
        "title": rule.title,
        "severity": rule.severity,
        "result": found.result.value,
        "statement": found.statement,
        "document": found.document,
        "event": found.event,
        "span": found.span and {"start": found.span.start, "end": found.span.end},
        "text": found.text,
        "why": found.why,
        "because": list(found.because),
        "waived": bool(reviews) and waived(finding, reviews),
        "reviews": [_told(one) for one in reviews],
    }


def _told(review: Review) -> dict[str, Any]:
    return {
        "decision": review.decision,
        "by": review.by,
        "reason": review.reason,
        "event": review.event,
    }
