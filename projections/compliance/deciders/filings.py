"""United States filings: what is to be filed, by whom and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_document, of_event
from projections.compliance.business_days import business_days_after, trading_day_after
from projections.compliance.days import fact_day, first_day, last_day, told_on
from projections.compliance.filers import DOMESTIC, filer, not_for_foreign
from projections.compliance.finding import Found, beside, failed, passed, review
from projections.compliance.policy import FURNISHED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from projections.compliance.evidence import Evidence, Published
    from timeline.events import Event

_DAYS = 4
_RELEASE = frozenset({"news release", "news_release"})


def selective_disclosure(evidence: Evidence) -> Iterator[Found]:
    """US-FD-01: what was told to some was told to all."""
    foreign = not_for_foreign(evidence)
    told = [e for e in evidence.internal if e.type == "disclosure.selectively_disclosed"]
    if foreign is not None:
        yield foreign
    elif not told:
        yield beside("nothing is on record as told to some before all")
    for event in () if foreign else told:
        yield of_event(event, _public_after(evidence, event))


def _public_after(evidence: Evidence, event: Event) -> Found:
    about = event.facts.get("concerns")
    public = next((e for e in evidence.events if e.item == about is not None), None)
    on, last = told_on(public) if public else None, last_day(event)
    if on is None or last is None:
        return review("when it was told to all is not on record", event.item)
    if on <= (first_day(event) or last):
        return passed(f"told to all on {on}, no later than to some", event.item)
    intentional = event.facts.get("intentional")
    if intentional is None:
        told = f"told to some by {last} and to all on {on}; whether on purpose is not on record"
        return review(told, event.item)
    return _at_once(event, last, on) if intentional else _promptly(event, on)


def _at_once(event: Event, last: date, on: date) -> Found:
    """Judge what was told to some on purpose: then it is told to all at the same time."""
    if on > last:
        told = f"told to some on purpose by {last}, to all not before {on}"
        return failed(told, event.item)
    return review("on which day it was told to some is not told", event.item)


def _promptly(event: Event, on: date) -> Found:
    """Judge a slip: public within 24 hours of a senior official's learning of it.

    Or by the opening of the next day of trading, if that is later.
    """
    learned = fact_day(event, "learned")
    if learned is None:
        told = f"told to all on {on}; when a senior official learned of it is not on record"
        return review(told, event.item)
    due = trading_day_after(learned)
    if on <= learned or on < due:
        return passed(f"learned of on {learned}, told to all on {on}", event.item)
    if on == due:
        told = f"learned of on {learned}, told to all on the next trading day: the hours decide"
        return review(told, event.item)
    told = f"learned of on {learned}, told to all on {on}, after {due}, the next trading day"
    return failed(told, event.item)


def legal_proceedings(evidence: Evidence) -> Iterator[Found]:
    """US-SK-103: what is pending in court stands in the periodic report."""
    foreign = not_for_foreign(evidence)
    pending = evidence.of_type("legal.proceeding_changed")
    if foreign is not None:
        yield foreign
    elif not pending:
        yield beside("no legal proceeding is on record")
    else:
        ids = [event.item for event in pending]
        yield review("whether it is material and in the report is for a person", *ids)


def current_report(evidence: Evidence) -> Iterator[Found]:
    """US-8K-01: a current report within four business days of what triggers it."""
    foreign = not_for_foreign(evidence)
    if foreign is not None:
        yield foreign
        return
    due = evidence.vocabulary.types_that("reportable")
    wanted = [event for event in evidence.events if event.type in due]
    for event in wanted:
        yield of_event(event, _reported(evidence, event))
    if not wanted:
        yield beside("no event on record is of a kind that a current report is due for")


def _reported(evidence: Evidence, event: Event) -> Found:
    if event.occurred is None or event.occurred.latest is None:
        return review("the day it happened on is not on record", event.item)
    due = business_days_after(event.occurred.latest, _DAYS)
    first = event.occurred.earliest or event.occurred.latest
    filed = [d for d in evidence.documents if d.kind == "8-K" and d.on and d.on >= first]
    if filed and filed[0].on is not None and filed[0].on <= due:
        return passed(f"an 8-K is on record by {due}", event.item, filed[0].id)
    if filer(evidence).kind != DOMESTIC or evidence.today <= due:
        return review(f"an 8-K is due by {due} if one is", event.item)
    return review(f"no 8-K is on record by {due}; it may be filed all the same", event.item)


def furnished(evidence: Evidence) -> Iterator[Found]:
    """US-6K-01: what was released at home was furnished on Form 6-K."""
    document = evidence.document
    if document is None or document.kind not in _RELEASE:
        return
    if filer(evidence).kind == DOMESTIC:
        yield of_document(document, beside("a domestic filer files no 6-K"))
    else:
        yield of_document(document, _furnished(evidence, document))


def _furnished(evidence: Evidence, release: Published) -> Found:
    day = evidence.on
    filed = [d for d in evidence.documents if d.kind == "6-K" and d.own and d.on]
    near = [d for d in filed if d.on is not None and day <= d.on <= day + FURNISHED]
    if near:
        told = f"a 6-K is on record within {FURNISHED.days} days; whether it holds the release"
        return review(f"{told} is not", release.id, near[0].id)
    return review(f"no 6-K is on record within {FURNISHED.days} days", release.id)
