"""The legend as a whole: what it says of updates, and how far from the statements it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_claim, of_place
from projections.compliance.finding import Found, absent, beside, passed, review
from projections.compliance.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead
    from timeline.intake import Span

_OUTSIDE = frozenset({"financial statements", "prospectus"})


def not_disclaimed(_: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-4A3-D: no blanket refusal to update."""
    parts = read.legend.no_update if read.legend else ()
    for part in parts:
        sentence = read.sentence_at(part.span.start) or part.span
        found = _carved(read.text, sentence, part.id)
        yield of_place(part.span, read.text, found)
    if not parts:
        yield review("no clause says how what was said is kept up to date")


def _carved(text: str, sentence: Span, part: str) -> Found:
    if pattern("carve_out").search(text, sentence.start, sentence.end):
        return passed("it leaves room for what the law asks for", part)
    if pattern("updates").search(text, sentence.start, sentence.end):
        return passed("it says that it updates", part)
    return review("a refusal to update without room for what the law asks for", part)


def proximate(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-OSA-1384-9: cautions and assumptions stand near what they speak of, or are pointed to."""
    document, legend = evidence.document, read.legend
    here = (document.id,) if document else ()
    dated = next((claim for claim in read.claims if claim.is_dated), None)
    first = dated or next(iter(read.claims), None)
    if document is not None and document.kind in _OUTSIDE:
        yield beside(f"{document.kind} is outside of this defence")
    elif legend is None or not (legend.risks and legend.assumptions):
        yield _missing(read, here)
    elif first is None:
        yield beside("the document makes no statement")
    else:
        yield of_claim(first, _near(read, first, legend.spans[0]))


def _missing(read: TextRead, here: tuple[str, ...]) -> Found:
    if read.legend is None or not read.legend.risks:
        perhaps = read.has_words("risk_words")
        return absent("the document states no cautions", *here, perhaps=perhaps)
    perhaps = read.has_words("assumption_words")
    return absent("the document states no assumptions", *here, perhaps=perhaps)


def _near(read: TextRead, first: Claim, legend: Span) -> Found:
    pointer = _pointer(read)
    if pointer is not None:
        told = f"the body points to the legend ('{pointer}'); no basis is on record"
        return review(told, first.id)
    if first.span is None or first.span.start > legend.start:
        return review("the legend comes first; no basis is on record", first.id)
    away = legend.start - first.span.end
    kind = "first dated statement" if first.is_dated else "first statement"
    return review(
        f"the legend begins {away} characters after the {kind}, and the body never points to it",
        first.id,
    )


def _pointer(read: TextRead) -> str | None:
    """Return the words of the body that point to the legend."""
    for section in read.body:
        found = pattern("pointer").search(read.text, section.span.start, section.span.end)
        if found is not None:
            return " ".join(found[0].split())
    return None
