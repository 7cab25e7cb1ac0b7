"""Canada: events that are to be told at once, and clocks that the law starts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from projections.compliance.about import of_event
from projections.compliance.finding import Found, beside, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.evidence import Evidence
    from timeline.events import Event

_REPORT = timedelta(days=10)
_MONTHS = 4
_BC = "CA-BC"
_RECEIVED = "governance.meeting_requisition_received"
_SETTLED = "governance.settlement_reached"
_HELD = "governance.meeting_held"
_CALLED = "governance.meeting_called"


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
    reports = [d for d in evidence.documents if d.kind == "material change report" and d.on]
    filed = [d for d in reports if d.on is not None and d.on >= event.occurred.latest]
    if filed and filed[0].on is not None and filed[0].on <= due:
        return passed(f"reported by {due}", event.item, filed[0].id)
    if evidence.today <= due:
        return review(f"a report is due by {due}", event.item)
    return failed(f"a material change, and no report on record by {due}", event.item)


def balanced(evidence: Evidence) -> Iterator[Found]:
    """CA-BAL: what is bad is told as promptly as what is good."""
    if not evidence.internal:
        yield review("no internal feed is connected, so no delay can be told")
        return
    yield review("how long good and bad news waited is for a person to compare")


def requisitioned_meeting(evidence: Evidence) -> Iterator[Found]:
    """CA-BC-167: notice within 21 days of a requisition, the meeting within four months."""
    requisitions = evidence.of_type(_RECEIVED)
    for event in requisitions:
        yield of_event(event, _meeting(evidence, event))
    if not requisitions:
        yield beside("no requisition is on record")


def _meeting(evidence: Evidence, event: Event) -> Found:
    jurisdiction = evidence.facts.get("jurisdiction", _BC)
    if jurisdiction != _BC:
        return beside(f"the issuer is of {jurisdiction}", evidence.sources["jurisdiction"])
    settled = _after(evidence, event, _SETTLED)
    if settled is not None:
        return passed("settled or withdrawn", event.item, settled.item)
    if event.occurred is None or event.occurred.latest is None:
        return review("the day it was received on is not on record", event.item)
    first = months_after(event.occurred.earliest or event.occurred.latest, _MONTHS)
    last = months_after(event.occurred.latest, _MONTHS)
    held = _after(evidence, event, _HELD)
    return _held(evidence.today, event, held, first, last)


def _held(today: date, event: Event, held: Event | None, first: date, last: date) -> Found:
    due = f"{last}" if first == last else f"between {first} and {last}"
    on = held.occurred.latest if held and held.occurred else None
    if held is not None and on is not None and on <= first:
        return passed(f"the meeting was held on {on}, due {due}", event.item, held.item)
    if today > last and held is None:
        return failed(f"the meeting was due {due}, and none is on record", event.item)
    return review(f"open: the meeting is due {due}; no settlement is on record", event.item)


def _after(evidence: Evidence, event: Event, kind: str) -> Event | None:
    """Return the first event of that type disclosed no earlier than `event`."""
    told = evidence.of_type(kind)
    return next((e for e in told if str(e.disclosed_at) >= str(event.disclosed_at)), None)


def months_after(day: date, months: int) -> date:
    """Return the same day that many months on, or the last day of that month if it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    last = (date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
