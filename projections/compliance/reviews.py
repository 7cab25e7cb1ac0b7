"""Reviews: what people decided on findings, each an event of its own.

A review moves on `as_at` alone: it is there from the position that recorded it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from projections.event_index import event_index
from projections.items_in import items_in
from projections.read_model import recorded_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from projections.compliance.finding import Finding

REVIEWED = "compliance.finding_reviewed"
WAIVED = "waived"
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Review:
    """One person's decision on one finding, and the event that records it."""

    decision: str
    by: str
    reason: str | None
    event: str


def reviews_at(
    connection: Connection, issuer: str, *, as_at: int
) -> Mapping[str, Sequence[Review]]:
    """Return the reviews recorded by position `as_at`, oldest first, by the finding's id."""
    t = event_index.c
    query = select(event_index).where(
        t.issuer_id == issuer, t.type == REVIEWED, recorded_by(event_index, as_at)
    )
    rows = connection.execute(query.order_by(t.place)).mappings().all()
    items = items_in(connection, rows, as_at=as_at)
    found: dict[str, list[Review]] = defaultdict(list)
    for name in (row["item_id"] for row in rows):
        event = items.get(name)
        if event is not None:
            told = Review(event.facts["decision"], event.recorded_by, event.reason, event.item)
            found[event.facts["finding"]].append(told)
    return found


def waived(finding: Finding, reviews: Sequence[Review]) -> bool:
    """Say whether enough people waived it since it was last confirmed: one, or two where asked."""
    last = [index for index, one in enumerate(reviews) if one.decision == CONFIRMED]
    since = reviews[last[-1] + 1 :] if last else reviews
    return len({one.by for one in since}) >= (2 if finding.rule.second_person else 1)
