"""Canada: what is to be told at once, the bad as promptly as the good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from projections.compliance.about import of_event
from projections.compliance.finding import Found, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.evidence import Evidence
    from timeline.events import Event

_REPORT = timedelta(days=10)
_REPORT_KIND = "material change report"


def material_change(evidence: Evidence) -> Iterator[Found]:
    """CA-71-MCR: a material change is released at once and reported within ten days."""
    wanted = evidence.document.id if evidence.document else None
    often = evidence.vocabulary.types_that("often_material")
    for event in evidence.events:
        flag = event.facts.get("material_change")
        if event.document == wanted and (flag is not None or event.type in often):
            yield of_event(event, _change(evidence, event, flag))


def _change(evidence: Evidence, event: Event, flag: object) -> Found:
    if flag is None:
        return review(f"whether {event.type} is a material change is undecided", event.item)
    if flag is False:
        return passed("decided not to be a material change", event.item)
    if event.occurred is None or event.occurred.latest is None:
        return review("the day of the change is not on record", event.item)
    due = event.occurred.latest + _REPORT
    first = event.occurred.earliest or event.occurred.latest
    reports = [d for d in evidence.documents if d.kind == _REPORT_KIND and d.own]
    filed = next((d for d in reports if d.on is not None and first <= d.on <= due), None)
    if filed is not None:
        return passed(f"reported on {filed.on}, due by {due}", event.item, filed.id)
    if evidence.today <= due:
        return review(f"a report is due by {due}", event.item)
    return failed(f"a material change, and no report on record by {due}", event.item)


def balanced(evidence: Evidence) -> Iterator[Found]:
    """CA-BAL: what is bad is told as promptly as what is good."""
    if not evidence.internal:
        yield review("no internal feed is connected, so no delay can be told")
        return
    yield review("how long good and bad news waited is for a person to compare")
