"""What kind of filer the issuer is: as a fact says, else as the forms on record show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from projections.compliance.finding import Found, beside
from projections.compliance.policy import REPORTING

if TYPE_CHECKING:
    from projections.compliance.evidence import Evidence, Published

FOREIGN = "foreign_private_issuer"
DOMESTIC = "domestic"
_FORMS = {
    FOREIGN: frozenset({"20-F", "6-K", "40-F"}),
    DOMESTIC: frozenset({"10-K", "10-Q", "8-K"}),
}


class Filer(NamedTuple):
    """The kind of filer, None where nothing on record tells, and the items that say so."""

    kind: str | None
    because: tuple[str, ...] = ()


def filer(evidence: Evidence) -> Filer:
    """Return what the fact `filer_status` says, else what the newest of its own forms shows."""
    stated = evidence.facts.get("filer_status")
    if stated is not None:
        return Filer(stated, (evidence.sources["filer_status"],))
    newest = _newest_form(evidence)
    if newest is None:
        return Filer(None)
    kind = next(kind for kind, forms in _FORMS.items() if newest.kind in forms)
    return Filer(kind, (newest.id,))


def reporting(evidence: Evidence) -> Filer:
    """Return the filer if it reports: a fact says so, or a form of it is recent enough."""
    if evidence.facts.get("reporting_status") is False:
        return Filer(None, (evidence.sources["reporting_status"],))
    newest = _newest_form(evidence)
    recent = newest is not None and newest.on is not None and evidence.on - newest.on <= REPORTING
    return filer(evidence) if recent or evidence.facts.get("reporting_status") else Filer(None)


def not_for_foreign(evidence: Evidence) -> Found | None:
    """Return that a rule does not speak to a foreign private issuer, if the issuer is one."""
    told = filer(evidence)
    if told.kind != FOREIGN:
        return None
    return beside("a foreign private issuer is not held to it", *told.because)


def _newest_form(evidence: Evidence) -> Published | None:
    forms = _FORMS[FOREIGN] | _FORMS[DOMESTIC]
    filed = (one for one in evidence.documents if one.own and one.kind in forms)
    dated = [one for one in filed if one.on is not None and one.on <= evidence.on]
    return max(dated, key=lambda one: str(one.on), default=None)
