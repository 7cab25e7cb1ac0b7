"""Requisitioned meetings: the clocks of the Business Corporations Act of British Columbia, s.167.

The directors call the meeting and hold it within four months of receiving a valid requisition of
holders of a twentieth; without a notice within 21 days those who asked for it may call it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from projections.compliance.about import of_event
from projections.compliance.days import fact_day, first_day, last_day
from projections.compliance.finding import Found, beside, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.evidence import Evidence
    from timeline.events import Event

_NOTICE = timedelta(days=21)
_MONTHS = 4
_PERCENT = 5
_HELD_BY = ("own_pct", "controlled_pct", "holding_pct")
_BC = "CA-BC"
_RECEIVED = "governance.meeting_requisition_received"
_SETTLED = "governance.settlement_reached"
_HELD = "governance.meeting_held"
_CALLED = "governance.meeting_called"


@dataclass(frozen=True, slots=True)
class _Clocks:
    """When a requisition came in, and until when the notice and the meeting are due.

    Each is a first and a last day, for the day of receipt may be known as a range.
    """

    received: tuple[date, date]
    notice: tuple[date, date]
    meeting: tuple[date, date]

    @property
    def due(self) -> str:
        """The days by which the meeting is due, in words."""
        first, last = self.meeting
        return f"by {last}" if first == last else f"by a day from {first} to {last}"


def requisitioned_meeting(evidence: Evidence) -> Iterator[Found]:
    """CA-BC-167: notice within 21 days of a requisition, the meeting within four months."""
    requisitions = evidence.of_type(_RECEIVED)
    for event in requisitions:
        yield of_event(event, _meeting(evidence, event))
    if not requisitions:
        yield beside("no requisition is on record")


def _meeting(evidence: Evidence, event: Event) -> Found:
    jurisdiction = evidence.facts.get("jurisdiction")
    if jurisdiction not in (None, _BC):
        return beside(f"the issuer is of {jurisdiction}", evidence.sources["jurisdiction"])
    clocks = _clocks(event)
    if clocks is None:
        return review("the day it was received on is not on record", event.item)
    return (
        _settled(evidence, event, clocks)
        or _held(evidence, event, clocks)
        or _open(evidence, event, clocks)
    )


def _clocks(event: Event) -> _Clocks | None:
    last = last_day(event)
    if last is None:
        return None
    both = (first_day(event) or last, last)
    first_due, last_due = (months_after(day, _MONTHS) for day in both)
    return _Clocks(both, (both[0] + _NOTICE, both[1] + _NOTICE), (first_due, last_due))


def _settled(evidence: Evidence, event: Event, clocks: _Clocks) -> Found | None:
    settled = _first(evidence, _SETTLED, clocks)
    if settled is None:
        return None
    day = last_day(settled)
    if day is not None and day <= clocks.meeting[1]:
        return passed(f"settled or withdrawn on {day}", event.item, settled.item)
    told = f"settled or withdrawn on {day}, after the meeting was due {clocks.due}"
    return review(told, event.item, settled.item)


def _held(evidence: Evidence, event: Event, clocks: _Clocks) -> Found | None:
    """Judge a meeting that was held, None where none was or none in time."""
    held = _first(evidence, _HELD, clocks)
    day, began = (last_day(held), first_day(held)) if held is not None else (None, None)
    if held is None or day is None or (began or day) > clocks.meeting[1]:
        return None
    ids = (event.item, held.item)
    if day > clocks.meeting[0]:
        return review(f"held on {day}, due {clocks.due}: which came first is not told", *ids)
    called = _notice(evidence, clocks)
    if called is None:
        told = f"held on {day}, due {clocks.due}, but no notice by {clocks.notice[1]} is on record"
        return review(told, *ids)
    return passed(f"called in time and held on {day}, due {clocks.due}", *ids, called.item)


def _open(evidence: Evidence, event: Event, clocks: _Clocks) -> Found:
    """Judge a requisition that no settlement and no meeting in time answers."""
    if _is_small(event):
        told = f"the holder is on record with less than {_PERCENT} %, which a requisition asks for"
        return review(told, event.item)
    if evidence.today <= clocks.meeting[1]:
        return review(f"open: {_waiting(evidence, clocks)}; no settlement is on record", event.item)
    told = f"the meeting was due {clocks.due}, and by then none is on record, nor a settlement"
    if evidence.facts.get("jurisdiction") is None:
        why = "whether the issuer is of British Columbia is not on record"
        return review(f"{told}; {why}", event.item)
    return failed(told, event.item)


def _waiting(evidence: Evidence, clocks: _Clocks) -> str:
    meeting = f"the meeting is due {clocks.due}"
    if _notice(evidence, clocks) is not None:
        return f"notice was given in time, {meeting}"
    if evidence.today <= clocks.notice[1]:
        return f"notice is due by {clocks.notice[1]}, {meeting}"
    return f"no notice by {clocks.notice[1]} is on record, {meeting}"


def _notice(evidence: Evidence, clocks: _Clocks) -> Event | None:
    """Return what called the meeting within 21 days of every day it may have been received on."""
    called = _first(evidence, _CALLED, clocks)
    day = None if called is None else fact_day(called, "notice_date") or last_day(called)
    return called if day is not None and day <= clocks.notice[0] else None


def _is_small(event: Event) -> bool:
    told = [event.facts.get(name) for name in _HELD_BY]
    shares = [share for share in told if isinstance(share, int | float)]
    return bool(shares) and max(shares) < _PERCENT


def _first(evidence: Evidence, kind: str, clocks: _Clocks) -> Event | None:
    """Return the first event of that type that happened once the requisition was in."""
    came = [(last_day(event), event) for event in evidence.of_type(kind)]
    later = [(day, event) for day, event in came if day is not None and day >= clocks.received[0]]
    return min(later, key=lambda one: one[0], default=(None, None))[1]


def months_after(day: date, months: int) -> date:
    """Return the same day that many months on, or the last day of that month if it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    last = (date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
