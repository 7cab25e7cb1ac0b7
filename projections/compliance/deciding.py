"""Which function decides which rule, and the findings of all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from projections.compliance.about import of_document
from projections.compliance.days import last_day
from projections.compliance.deciders import (
    approvals,
    assumed,
    canada_events,
    cautioned,
    duties,
    europe,
    filings,
    held_against,
    identified,
    legend_kept,
    one_window,
    outlooks,
    pointers,
    requisitions,
    safe_harbor,
    snapshot,
    updates,
    whose_year,
    windows_held,
)
from projections.compliance.finding import Finding, Found, beside, review
from projections.compliance.rule import rules, version_on, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead
    from projections.compliance.rule import Rule

    Decide = Callable[[Evidence], Iterable[Found]]
    DecideOnText = Callable[[Evidence, TextRead], Iterable[Found]]

DECIDERS: Mapping[str, Decide] = {
    "US-PSLRA-01": safe_harbor.speaker,
    "US-PSLRA-02": safe_harbor.issuer_not_excluded,
    "US-PSLRA-03": safe_harbor.document_not_excluded,
    "US-PSLRA-04": safe_harbor.forward_looking,
    "US-PSLRA-08": safe_harbor.no_contrary_knowledge,
    "US-PSLRA-09": approvals.approved,
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
    "CA-4A2": assumed.reasonable,
    "CA-58-2": updates.discussed,
    "CA-58-3": updates.release_instead,
    "CA-58-4": updates.outlook,
    "CA-58-5": updates.withdrawn,
    "CA-71-MCR": canada_events.material_change,
    "CA-BAL": canada_events.balanced,
    "CA-BC-167": requisitions.requisitioned_meeting,
    "EU-MAR-17-1": europe.at_once,
    "EU-MAR-17-STEP": europe.steps,
    "EU-MAR-17-4B": europe.no_contradiction,
    "EU-MAR-ARCHIVE": europe.archived,
    "PC-01": one_window.one_window,
    "PC-05": windows_held.silent_slip,
    "PC-06": windows_held.window_ended,
    "PC-08": windows_held.condition_first,
}

TEXT_DECIDERS: Mapping[str, DecideOnText] = {
    "US-PSLRA-05": identified.identified,
    "US-PSLRA-06": cautioned.accompanied,
    "US-PSLRA-07": cautioned.meaningful,
    "CA-4A3-A": identified.specifically,
    "CA-4A3-B": cautioned.cautioned,
    "CA-4A3-C": assumed.assumed,
    "CA-4A3-D": legend_kept.not_disclaimed,
    "CA-4B2": outlooks.supported,
    "CA-4B3": outlooks.dated_and_purposed,
    "CA-OSA-1384-9": legend_kept.proximate,
    "PC-02": identified.covered,
    "PC-03": identified.listed,
    "PC-04": snapshot.agrees,
    "PC-07": pointers.resolved,
    "PC-09": whose_year.told,
    "PC-10": held_against.windows,
    "PC-11": held_against.dropped,
    "PC-12": held_against.settled,
}
"""Those that read the words of the document in hand."""

OLDER: Mapping[tuple[str, int], Decide] = {("EU-MAR-17-4B", 1): europe.not_misleading}
"""Those that decide a version of a rule that came before the newest."""

OF_A_DRAFT = ("PC-10", "PC-11", "PC-12")
"""Those that are asked of a draft alone: what is published stands in public itself."""

OF_STATEMENTS = frozenset(
    {"US-PSLRA-05", "US-PSLRA-06", "US-PSLRA-07", "CA-4A2", "CA-4A3-A", "CA-4A3-B", "CA-4A3-C"}
    | {"CA-4A3-D", "CA-OSA-1384-9", "PC-02", "PC-03", "PC-09"}
)
"""Those with nothing to say of a text that says nothing of the future."""

_OF_DOCUMENT = ("document", "statement")


def findings(evidence: Evidence, wanted: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what the rules come to, in their order; all of them, or those in `wanted`.

    A rule on a document or on its statements is held against the day that came out, one on events
    against the day of each, every other one against today; of several versions the one in force
    then decides, and before or after all of them the rule does not apply.
    """
    for name, rule in rules().items():
        if wanted and name not in wanted:
            continue
        if rule.about == "event":
            yield from _by_event(name, evidence)
        else:
            on = evidence.on if rule.about in _OF_DOCUMENT else evidence.today
            yield from _on(name, evidence, on)


def _on(name: str, evidence: Evidence, on: date) -> Iterator[Finding]:
    rule = version_on(name, on)
    if rule is None:
        yield Finding(rules()[name], _out_of_force(name, on))
    else:
        yield from (Finding(rule, found) for found in _found(rule, evidence))


def _by_event(name: str, evidence: Evidence) -> Iterator[Finding]:
    """Yield what each version comes to on the events of its time; today where it is on none."""
    days = {event.item: last_day(event) for event in (*evidence.events, *evidence.internal)}
    if all(rule.in_force_from and rule.in_force_from > evidence.today for rule in versions()[name]):
        yield Finding(rules()[name], _out_of_force(name, evidence.today))
        return
    for rule in versions()[name]:
        for found in _found(rule, evidence):
            on = days.get(found.event or "") or evidence.today
            held = version_on(name, on)
            if held is rule:
                yield Finding(rule, found)
            elif held is None and rule is rules()[name]:
                told = _out_of_force(name, on)
                yield Finding(rule, replace(told, event=found.event, text=found.text))


def _found(rule: Rule, evidence: Evidence) -> Iterable[Found]:
    if rule.id in DECIDERS:
        if evidence.text and rule.id in OF_STATEMENTS and not _says_anything(evidence.text):
            return [_NOTHING_SAID]
        return OLDER.get((rule.id, rule.version), DECIDERS[rule.id])(evidence)
    if evidence.text is None:
        return [_unread(rule, evidence)]
    if rule.id in OF_STATEMENTS and not _says_anything(evidence.text):
        return [_NOTHING_SAID]
    return TEXT_DECIDERS[rule.id](evidence, evidence.text)


_NOTHING_SAID = beside("no statement about the future was read in it")


def _says_anything(read: TextRead) -> bool:
    """Whether it makes a statement about the future, in its body or in the list of its legend."""
    return bool(read.claims) or bool(read.legend and read.legend.items)


def _unread(rule: Rule, evidence: Evidence) -> Found:
    """Say that the words themselves would have to be read."""
    if rule.id in OF_A_DRAFT:
        return beside("it is asked of a draft: `timeline check` asks it")
    found = review("the text is not at hand; `timeline check` reads one")
    return of_document(evidence.document, found) if evidence.document else found


def _out_of_force(name: str, on: date) -> Found:
    return beside(f"not in force on {on}: {', '.join(map(_time, versions()[name]))}")


def _time(rule: Rule) -> str:
    until = f" to {rule.in_force_to}" if rule.in_force_to else ""
    return f"in force from {rule.in_force_from}{until}"
