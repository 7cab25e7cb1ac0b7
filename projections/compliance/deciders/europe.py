"""European Union: Regulation (EU) 596/2014, article 17, and what amends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_event
from projections.compliance.days import last_day
from projections.compliance.finding import Found, beside, failed, passed, review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from projections.compliance.evidence import Evidence
    from timeline.events import Event
    from timeline.expectations import ChainHistory, Judged

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


def not_misleading(evidence: Evidence) -> Iterator[Found]:
    """EU-MAR-17-4B, version 1: holding it back is not likely to mislead the public."""
    yield from _held_back(evidence, _misleads)


def no_contradiction(evidence: Evidence) -> Iterator[Found]:
    """EU-MAR-17-4B, version 2: what is held back does not contradict what was last announced."""
    yield from _held_back(evidence, _contradicts)


def _held_back(
    evidence: Evidence, judged: Callable[[Event, tuple[str, ...]], Found]
) -> Iterator[Found]:
    """Judge every delay, by what stood in public on the day of the delay."""
    delays = _delays(evidence)
    yield from _admitted(evidence, delays)
    for event in delays if _is_admitted(evidence) else ():
        same = _stood(evidence, event)
        none = passed("nothing stood in public on that milestone", event.item)
        yield of_event(event, judged(event, same) if same else none)


def _misleads(delay: Event, same: tuple[str, ...]) -> Found:
    why = "something stood in public on that milestone: whether the delay misled is for a person"
    return review(why, delay.item, *same)


def _contradicts(delay: Event, same: tuple[str, ...]) -> Found:
    if delay.milestone is None:
        why = "something stood in public on that program; of which milestone it is is not on record"
        return review(why, delay.item, *same)
    if delay.outcome == "failed":
        return failed("it had failed inside, and in public it was to come", delay.item, *same)
    return review("something stood in public on that milestone", delay.item, *same)


def _stood(evidence: Evidence, delay: Event) -> tuple[str, ...]:
    """Return what the public was last told by the day of the delay, and had not seen end."""
    day = last_day(delay) or evidence.today
    near = [chain for chain in evidence.chains if _is_on(chain, delay)]
    last = [_last_said(chain, day) for chain in near if not _was_over(chain, day)]
    return tuple(j.statement.id for j in last if j and not j.statement.only_withdraws)


def _is_on(chain: ChainHistory, delay: Event) -> bool:
    milestone = delay.milestone in (None, chain.target.milestone)
    return chain.target.program == delay.program and milestone


def _last_said(chain: ChainHistory, day: date) -> Judged | None:
    return next((j for j in reversed(chain.statements) if j.statement.stated_on <= day), None)


def _was_over(chain: ChainHistory, day: date) -> bool:
    return chain.outcome is not None and chain.outcome.place.disclosed_at.date() <= day


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
