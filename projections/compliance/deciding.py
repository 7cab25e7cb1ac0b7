"""Which function decides which rule, and the findings of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance import (
    canada_events,
    duties,
    europe,
    filings,
    safe_harbor,
    updates,
    windows_held,
)
from projections.compliance.finding import Finding, Found, beside
from projections.compliance.rule import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from projections.compliance.evidence import Evidence
    from projections.compliance.rule import Rule

    Decide = Callable[[Evidence], Iterable[Found]]

DECIDERS: Mapping[str, Decide] = {
    "US-PSLRA-01": safe_harbor.speaker,
    "US-PSLRA-02": safe_harbor.issuer_not_excluded,
    "US-PSLRA-03": safe_harbor.document_not_excluded,
    "US-PSLRA-04": safe_harbor.forward_looking,
    "US-PSLRA-08": safe_harbor.no_contrary_knowledge,
    "US-PSLRA-09": safe_harbor.approved,
    "US-PSLRA-10": safe_harbor.materiality,
    "US-PSLRA-11": safe_harbor.no_update_duty_claimed,
    "US-DUTY-CORRECT": duties.corrected,
    "US-DUTY-UPDATE": duties.updated,
    "US-THIRD-PARTY": duties.third_party,
    "US-FD-01": filings.selective_disclosure,
    "US-SK-10B": duties.basis_of_projections,
    "US-SK-103": filings.legal_proceedings,
    "US-8K-01": filings.current_report,
    "US-6K-01": filings.furnished,
    "CA-58-2": updates.discussed,
    "CA-58-3": updates.release_instead,
    "CA-58-4": updates.outlook,
    "CA-58-5": updates.withdrawn,
    "CA-71-MCR": canada_events.material_change,
    "CA-BAL": canada_events.balanced,
    "CA-BC-167": canada_events.requisitioned_meeting,
    "EU-MAR-17-1": europe.at_once,
    "EU-MAR-17-STEP": europe.steps,
    "EU-MAR-17-4B": europe.no_contradiction,
    "EU-MAR-ARCHIVE": europe.archived,
    "PC-05": windows_held.silent_slip,
    "PC-06": windows_held.window_ended,
    "PC-08": windows_held.condition_first,
}

_OF_DOCUMENT = ("document", "statement")


def findings(evidence: Evidence, wanted: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what the rules come to, in their order; all of them, or those in `wanted`.

    A rule on a document or on its statements is held against the day it came out, every other one
    against today; before or after its time in force it does not apply.
    """
    for name, decide in DECIDERS.items():
        if not wanted or name in wanted:
            rule = rules()[name]
            yield from (Finding(rule, found) for found in _found(rule, decide, evidence))


def _found(rule: Rule, decide: Decide, evidence: Evidence) -> Iterable[Found]:
    on = evidence.on if rule.about in _OF_DOCUMENT else evidence.today
    if not rule.in_force(on):
        return [beside(f"not in force on {on}: {_time(rule)}")]
    return decide(evidence)


def _time(rule: Rule) -> str:
    until = f" to {rule.in_force_to}" if rule.in_force_to else ""
    return f"in force from {rule.in_force_from}{until}"
