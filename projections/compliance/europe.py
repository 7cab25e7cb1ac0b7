"""European Union: Regulation (EU) 596/2014, article 17, and what amends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_event
from projections.compliance.finding import Found, beside, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.evidence import Evidence
    from timeline.events import Event

_DELAYED = "compliance.disclosure_delayed"


def at_once(evidence: Evidence) -> Iterator[Found]:
    """EU-MAR-17-1: inside information is public as soon as possible."""
    inside = _inside(evidence)
    yield from _admitted(evidence, inside)
    delays = {event.facts.get("concerns") for event in _delays(evidence)}
    for event in inside if _is_admitted(evidence) else ():
        yield of_event(event, _told(event, delays))


def _told(event: Event, delays: set[object]) -> Found:
    if event.item in delays:
        return passed("a delay is on record", event.item)
    on = event.disclosed_at.date() if event.disclosed_at else None
    if on is None or event.occurred is None or event.occurred.earliest is None:
        return review("when it arose or was told is not on record", event.item)
    if on <= event.occurred.earliest:
        return passed("told on the day it arose", event.item)
    return review(f"told on {on}, no delay is on record", event.item)


def steps(evidence: Evidence) -> Iterator[Found]:
    """EU-MAR-17-STEP: of a process in steps the last is told when it comes."""
    final = [event for event in _inside(evidence) if event.facts.get("final_step")]
    yield from _admitted(evidence, final)
    for event in final if _is_admitted(evidence) else ():
        yield of_event(event, review("whether the moment was the final one is for a person"))


def no_contradiction(evidence: Evidence) -> Iterator[Found]:
    """EU-MAR-17-4B: what is held back does not contradict what was last said in public."""
    delays = _delays(evidence)
    yield from _admitted(evidence, delays)
    for event in delays if _is_admitted(evidence) else ():
        yield of_event(event, _contradicts(evidence, event))


def _contradicts(evidence: Evidence, delay: Event) -> Found:
    same = [
        standing.statement.id
        for chain, standing in evidence.standing
        if (chain.target.program, chain.target.milestone) == (delay.program, delay.milestone)
    ]
    if not same:
        return passed("nothing stands in public on that milestone", delay.item)
    if delay.outcome == "failed":
        return failed("it has failed inside, and in public it is still to come", delay.item, *same)
    return review("something stands in public on that milestone", delay.item, *same)


def archived(evidence: Evidence) -> Iterator[Found]:
    """EU-MAR-ARCHIVE: what was published stays on the website for five years."""
    inside = _inside(evidence)
    yield from _admitted(evidence, inside)
    for event in inside if _is_admitted(evidence) else ():
        yield of_event(event, review("no check of the website is on record", event.item))


def _admitted(evidence: Evidence, about: list[Event]) -> Iterator[Found]:
    """Yield that the rule does not speak, where the issuer is not admitted or has nothing to it."""
    if not _is_admitted(evidence):
        yield beside("no admission to trading in the European Union is on record")
    elif not about:
        yield beside("nothing of the kind is on record")


def _is_admitted(evidence: Evidence) -> bool:
    return bool(evidence.facts.get("eu_admission"))


def _inside(evidence: Evidence) -> list[Event]:
    return [event for event in evidence.events if event.facts.get("inside_information")]


def _delays(evidence: Evidence) -> list[Event]:
    return [event for event in evidence.internal if event.type == _DELAYED]
