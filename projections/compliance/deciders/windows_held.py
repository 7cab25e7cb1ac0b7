"""Product checks on windows over time: no law, but evidence for the rules that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_statement
from projections.compliance.chains import before_each
from projections.compliance.days import told_on
from projections.compliance.finding import Found, failed, passed, review
from projections.compliance.policy import GRACE
from timeline.expectations import Verdict
from timeline.expectations.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from projections.compliance.evidence import Evidence
    from timeline.events import Event
    from timeline.expectations import ChainHistory, Judged

_UNMET = frozenset({Verdict.LAPSED, Verdict.MISSED})
_REVISED = "disclosure.expectation_revised"


def silent_slip(evidence: Evidence) -> Iterator[Found]:
    """PC-05: a window that moves back is said to move."""
    for chain in evidence.chains:
        for earlier, later in before_each(chain):
            if later.relation is Relation.PUSHED_OUT and evidence.is_live(chain, later):
                yield of_statement(later, _slip(evidence, earlier, later))


def _slip(evidence: Evidence, earlier: Judged, later: Judged) -> Found:
    ids = (earlier.statement.id, later.statement.id)
    said = _revision(evidence, later)
    if said is not None:
        return passed("the move is told as a revision", *ids, said.item)
    return review("the window moves back, and nothing on record says that it does", *ids)


def _revision(evidence: Evidence, later: Judged) -> Event | None:
    """Return the event that tells the move: of the same program, in its document or on its day."""
    statement = later.statement
    for event in evidence.of_type(_REVISED):
        near = event.document == statement.document or told_on(event) == statement.stated_on
        if near and event.program == statement.target.program:
            return event
    return None


def window_ended(evidence: Evidence) -> Iterator[Found]:
    """PC-06: once a window is over, something is said."""
    for chain in evidence.chains:
        live = [j for j in chain.statements if evidence.is_live(chain, j)]
        ended = [j for j in live if j.decision.verdict in _UNMET and j.statement.window]
        last_of_each = {j.statement.window.latest: j for j in ended if j.statement.window}
        for judged in last_of_each.values():
            yield of_statement(judged, _ended(evidence, chain, judged))


def _ended(evidence: Evidence, chain: ChainHistory, judged: Judged) -> Found:
    statement = judged.statement
    last = statement.window.latest if statement.window else None
    told = _next_told(evidence, chain, judged)
    if last is None or (told is not None and told[0] <= last + GRACE):
        named = (told[1],) if told else ()
        return passed("something was said by the end of the grace", statement.id, *named)
    if evidence.today <= last + GRACE:
        days = (evidence.today - last).days
        return review(f"over for {days} days, within {GRACE.days} days of grace", statement.id)
    return failed(f"over since {last}, nothing on record for {GRACE.days} days", statement.id)


def _next_told(evidence: Evidence, chain: ChainHistory, judged: Judged) -> tuple[date, str] | None:
    """Return the day and the id of what was said first after the window's last day."""
    statement = judged.statement
    last = statement.window.latest if statement.window else None
    after = last or statement.stated_on
    said = [(j.statement.stated_on, j.statement.id) for j in chain.statements]
    about = [e for e in evidence.events if e.program == statement.target.program is not None]
    told = [(on, e.item) for e in about if (on := told_on(e)) is not None]
    return min((one for one in (*said, *told) if one[0] > after), default=None)


def condition_first(evidence: Evidence) -> Iterator[Found]:
    """PC-08: what hangs on a condition is not called missed once the condition has failed."""
    for chain in evidence.chains:
        for judged in chain.statements:
            if judged.statement.condition is not None and evidence.is_live(chain, judged):
                yield of_statement(judged, _conditional(judged))


def _conditional(judged: Judged) -> Found:
    statement, verdict = judged.statement, judged.decision.verdict
    if verdict is Verdict.CONDITION_FAILED:
        return passed("its condition failed, and it is told so", *judged.decision.because)
    if verdict in (Verdict.OPEN, Verdict.LAPSED, Verdict.MISSED):
        return review("what became of its condition is not on record", statement.id)
    return passed(f"told as {verdict.value}", *judged.decision.because)
