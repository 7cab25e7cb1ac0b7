"""United States duties on what was said before, and on what others forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_claim, of_event, of_statement
from projections.compliance.chains import said_from, unsettling
from projections.compliance.days import last_day, told_on
from projections.compliance.finding import Found, beside, failed, passed, review
from projections.compliance.policy import CORRECTION, UPDATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from timeline.events import Event
    from timeline.expectations import ChainHistory, Judged

_SEVENTH = "7th"
_MEASURES = ("fin.",)
_FORECASTS = frozenset({"projection", "third_party_forecast"})


def corrected(evidence: Evidence) -> Iterator[Found]:
    """US-DUTY-CORRECT: what was found out to have been untrue was put right in public."""
    found = [e for e in evidence.internal if e.type == "compliance.untruth_discovered"]
    for event in found:
        yield of_event(event, _corrected(evidence, event))
    if not found:
        yield beside("nothing is on record as found out to be untrue when made")


def _corrected(evidence: Evidence, discovery: Event) -> Found:
    when = last_day(discovery)
    if when is None:
        return review("when it was found out is not on record", discovery.item)
    told = _correction(evidence, discovery)
    due = when + CORRECTION
    if told is None and evidence.today > due:
        why = f"found out on {when}, no public correction in {CORRECTION.days} days"
        return failed(why, discovery.item)
    if told is None:
        return review(f"found out on {when}, and the clock runs until {due}", discovery.item)
    event, on = told
    how = f"found out on {when}, corrected in public on {on}"
    ids = (discovery.item, event.item)
    return passed(how, *ids) if on <= due else review(f"{how}, after {due}", *ids)


def _correction(evidence: Evidence, discovery: Event) -> tuple[Event, date] | None:
    """Return the first public correction of the same thing, and the day it came out."""
    about = discovery.facts.get("concerns")
    made = evidence.of_type("disclosure.correction_published")
    told = [(e, told_on(e)) for e in made if about and e.facts.get("concerns") == about]
    return next(((event, on) for event, on in told if on is not None), None)


def updated(evidence: Evidence) -> Iterator[Found]:
    """US-DUTY-UPDATE: what unsettled a live statement was followed by a public update."""
    if evidence.facts.get("circuit") == _SEVENTH:
        yield beside("the 7th circuit knows no such duty", evidence.sources["circuit"])
        return
    for chain in evidence.chains:
        for judged in chain.statements:
            event = next(_live_at(unsettling(evidence, judged), judged), None)
            recent = event is not None and evidence.is_recent(told_on(event))
            if event is not None and recent and judged is _last_before(chain, event):
                yield of_statement(judged, _updated(evidence, chain, event))


def _live_at(events: Iterator[Event], judged: Judged) -> Iterator[Event]:
    """Yield the events told while the statement's window was not over."""
    window = judged.statement.window
    for event in events:
        on = told_on(event)
        if window is None or window.latest is None or (on is not None and on <= window.latest):
            yield event


def _last_before(chain: ChainHistory, event: Event) -> Judged | None:
    on = told_on(event)
    said = [j for j in chain.statements if on is not None and j.statement.stated_on < on]
    return said[-1] if said else None


def _updated(evidence: Evidence, chain: ChainHistory, event: Event) -> Found:
    on = told_on(event)
    assert on is not None  # noqa: S101  # it unsettled, so it is public
    said = said_from(chain, on)
    if said is not None and said.statement.stated_on <= on + UPDATE:
        told = f"said anew on {said.statement.stated_on} after {event.type} of {on}"
        return passed(told, event.item, said.statement.id)
    if chain.outcome is not None and chain.outcome.place.disclosed_at.date() <= on + UPDATE:
        return passed("the outcome itself was made public", event.item, chain.outcome.id)
    waited = f"in {UPDATE.days} days" if evidence.today > on + UPDATE else "yet"
    return review(f"{event.type} of {on} bears on it, nothing said anew {waited}", event.item)


def third_party(evidence: Evidence) -> Iterator[Found]:
    """US-THIRD-PARTY: whoever repeats a forecast of others may adopt it."""
    for claim in evidence.claims:
        if not claim.own or claim.form == "third_party_forecast":
            yield of_claim(claim, _repeated(evidence, claim))


def _repeated(evidence: Evidence, claim: Claim) -> Found:
    cited = [
        event
        for event in evidence.of_type("disclosure.third_party_forecast_cited")
        if event.program == claim.target.program and event.facts.get("adopted") == "no"
    ]
    if cited and all(event.facts.get("source_document") for event in cited):
        return passed("its source is named and it is not adopted", *(e.item for e in cited))
    return review(f"repeated of {claim.speaker or 'others'}: adopted or not is not said", claim.id)


def basis_of_projections(evidence: Evidence) -> Iterator[Found]:
    """US-SK-10B: a projection of a figure rests on something on record."""
    known = [*evidence.events, *evidence.internal]
    based = {e.facts.get("expectation"): e for e in known if e.type == "compliance.basis_recorded"}
    for claim in evidence.claims:
        if not claim.target.milestone.startswith(_MEASURES) and claim.form not in _FORECASTS:
            continue
        event = based.get(claim.id)
        told = passed("its basis is recorded", event.item) if event else review("no basis recorded")
        yield of_claim(claim, told)
