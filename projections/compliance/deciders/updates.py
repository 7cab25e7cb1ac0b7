"""Canada: what was said before, held up in the next periodic report. NI 51-102, section 5.8."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from projections.compliance.about import of_document, of_statement
from projections.compliance.chains import unsettling
from projections.compliance.days import told_on
from projections.compliance.finding import Found, beside, passed, review
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from projections.compliance.evidence import Evidence, Published
    from timeline.events import Event
    from timeline.expectations import ChainHistory, Judged

_REPORTS = "financing.results_reported"
_RESTATED = 2


def periodic(evidence: Evidence) -> list[Published]:
    """Return the issuer's periodic documents, oldest first.

    They are so by their kind or title, as packs tell, or by an event that reports results in them.
    """
    reporting = {event.document for event in evidence.of_type(_REPORTS)}
    own = [one for one in evidence.documents if one.own and one.on is not None]
    is_periodic = evidence.vocabulary.is_periodic
    wanted = [d for d in own if d.id in reporting or is_periodic(d.kind, d.title)]
    return sorted(wanted, key=lambda one: str(one.on))


def discussed(evidence: Evidence) -> Iterator[Found]:
    """CA-58-2: the periodic report speaks of what unsettled earlier statements."""
    reports = periodic(evidence)
    if not reports or reports[-1].on is None:
        yield beside("no periodic report is on record")
        return
    report, day = reports[-1], reports[-1].on
    since = max((one.on for one in reports if one.on and one.on < day), default=None)
    found = [of_document(report, one) for one in _touched(evidence, report, since, day)]
    yield from found or [of_document(report, beside("no event of the period bears on a statement"))]


def _touched(
    evidence: Evidence, report: Published, since: date | None, day: date
) -> Iterator[Found]:
    for chain in evidence.chains:
        earlier = [j for j in chain.statements if j.statement.stated_on < day]
        open_then = bool(earlier) and not _settled(chain, since)
        events = _in_period(evidence, earlier[-1], since, day) if open_then else []
        if events:
            yield of_statement(earlier[-1], _discussed(chain, report, events, day))


def _settled(chain: ChainHistory, since: date | None) -> bool:
    """Say whether the outcome was public before the period began."""
    if chain.outcome is None or since is None:
        return False
    return chain.outcome.place.disclosed_at.date() <= since


def _in_period(evidence: Evidence, judged: Judged, since: date | None, day: date) -> list[Event]:
    told = ((event, told_on(event)) for event in unsettling(evidence, judged))
    return [e for e, on in told if on is not None and on <= day and (since is None or on > since)]


def _discussed(chain: ChainHistory, report: Published, events: list[Event], day: date) -> Found:
    said = [j.statement for j in chain.statements]
    told = [s.id for s in said if s.document == report.id or s.stated_on == day]
    ids = [event.item for event in events]
    milestone = f"{chain.target.milestone} of {chain.target.program}"
    if told:
        return passed(f"{milestone} is spoken of in the report", *ids, *told)
    return review(f"{milestone} is not on record as spoken of in the report", *ids)


def release_instead(evidence: Evidence) -> Iterator[Found]:
    """CA-58-3: a news release before the report says it instead."""
    waiting = [one for one in discussed(evidence) if one.result == "needs_review"]
    if not waiting:
        yield beside("the report itself says it, or nothing needs saying")
    for one in waiting:
        report = next(d for d in evidence.documents if d.id == one.document)
        told = replace(_released(evidence, report, one), statement=one.statement, text=one.text)
        yield of_document(report, told)


def _released(evidence: Evidence, report: Published, waiting: Found) -> Found:
    events = [event for event in evidence.events if event.item in waiting.because]
    ids = {event.document for event in events}
    own = [d for d in evidence.documents if d.own and d.id in ids and d.on and report.on]
    before = [d.id for d in own if d.on is not None and report.on is not None and d.on < report.on]
    if before:
        told = "an own release before the report told it; whether the report names it is not known"
        return review(told, *before)
    return review("no own release before the report is on record", *waiting.because)


def outlook(evidence: Evidence) -> Iterator[Found]:
    """CA-58-4: actual figures beside the outlook given before."""
    figures = [j for j in evidence.judged if j.statement.target.milestone.startswith("fin.outlook")]
    own = [j for j in figures if evidence.is_own(j.statement.said_by)]
    if not own:
        yield beside("the issuer gave no outlook on record")
    for judged in own:
        yield of_statement(
            judged, review("no threshold of materiality is set", judged.statement.id)
        )


def withdrawn(evidence: Evidence) -> Iterator[Found]:
    """CA-58-5: what is given up is said, not dropped."""
    reports = periodic(evidence)
    for chain in evidence.chains:
        last = chain.statements[-1] if chain.statements else None
        if last is None:
            continue
        if last.decision.verdict is Verdict.WITHDRAWN and evidence.is_live(chain, last):
            yield of_statement(last, passed("withdrawn in so many words", *last.decision.because))
        elif chain.standing is not None:
            yield from _dropped(chain, chain.standing, reports)


def _dropped(chain: ChainHistory, standing: Judged, reports: list[Published]) -> Iterator[Found]:
    """Yield that it stands unsaid: told in two periodic reports or more, and not in the next."""
    said_in = {judged.statement.document for judged in chain.statements}
    told = [one for one in reports if one.id in said_in]
    later = [one for one in reports if told and str(one.on) > str(told[-1].on)]
    if len(told) >= _RESTATED and later:
        why = f"said in {len(told)} periodic reports, not on record as said in the next"
        yield of_statement(standing, review(why, told[-1].id, later[0].id))
