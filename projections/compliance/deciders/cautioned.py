"""Cautions: whether risks are named beside the statements, and risks that speak to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_claim, of_place
from projections.compliance.deciders.spoken_to import spoken_to
from projections.compliance.finding import Found, absent, passed, review
from projections.compliance.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead
    from timeline.intake.legend import BodyRisk, Legend, Part


def accompanied(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """US-PSLRA-06: cautionary language is in the same document."""
    legend = read.legend
    here = (evidence.document.id,) if evidence.document else ()
    if legend is None:
        why = "no cautionary text is in the document, nor a pointer to one"
        yield absent(why, *here, perhaps=read.has_words("legend_words"))
    elif legend.risks:
        yield passed("risks are named in the same document", *_ids(legend.risks))
    elif legend.references:
        told = "no risk is named here; other documents are referred to"
        yield review(told, *_ids(legend.references))
    else:
        why = "the legend names no risk, and no document that does"
        yield absent(why, *here, perhaps=read.has_words("risk_words"))


def meaningful(_: Evidence, read: TextRead) -> Iterator[Found]:
    """US-PSLRA-07: a risk that is not boilerplate speaks to each statement."""
    risks = read.risks
    for claim in read.claims:
        told = spoken_to(risks.spoken(claim), claim.id, one="risk factor", many="risks")
        yield of_claim(claim, told)
    for one in _unnamed(read):
        why = f"the body names a risk that the risk factors leave out: {one.why}"
        yield of_place(one.span, read.text, review(why, *one.factors))


def _unnamed(read: TextRead) -> list[BodyRisk]:
    """Return the risks of the body that no risk factor names, or only by a word of chance."""
    risks = read.coverage.body_risks if read.coverage else ()
    return [one for one in risks if not one.factors or one.loosely]


def cautioned(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-4A3-B: it is said that results may vary, and which material factors may cause that."""
    legend = read.legend
    if legend is None or not (legend.risks or _says_so(legend, read)):
        here = (evidence.document.id,) if evidence.document else ()
        why = "nothing in the document says that results may vary"
        yield absent(why, *here, perhaps=read.has_words("risk_words"))
    elif not legend.risks:
        yield review("no risk factor is named here", *_ids(legend.references))
    else:
        yield _factors(read, _ids(legend.risks))


def _says_so(legend: Legend, read: TextRead) -> bool:
    return any(pattern("varies").search(read.text, s.start, s.end) for s in legend.spans)


def _factors(read: TextRead, risks: Sequence[str]) -> Found:
    held = read.risks
    bare = [one.id for one in read.claims if not held.spoken(one).in_particular]
    left = _unnamed(read)
    of = f"{len(bare)} of {len(read.claims)} statements have generic risks or none"
    why = f"{of}; {len(left)} risks of the body are not among the factors"
    return review(why, *bare) if bare or left else passed(why, *risks)


def _ids(parts: Sequence[Part]) -> list[str]:
    return [part.id for part in parts]
