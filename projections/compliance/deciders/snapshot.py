"""The snapshot: what the section about the company says of each program. A product check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_place
from projections.compliance.finding import Found, beside, passed, review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.evidence import Evidence
    from projections.compliance.pieces import AboutSection
    from projections.compliance.reading import TextRead

_STAGE = "stage"
# No company has more; what is beyond is chance, or meant to take long.
_MOST = 100


def agrees(_: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-04: the section about the company tells the programs as the text before it does."""
    about = read.about
    if about is None:
        yield beside("the document has no section about the company")
        return
    programs = _programs(read, about)[:_MOST]
    for program in programs:
        yield of_place(about.span, read.text, _told(read, about, program))
    if not programs:
        yield beside("the text names no program on record")


def _programs(read: TextRead, about: AboutSection) -> list[str]:
    """Return the programs that the text outside of that section and of the legend names."""
    named = [m for m in read.mentions if m.kind == "program" and not m.span.overlaps(about.span)]
    return list(dict.fromkeys(m.id for m in named if not read.is_in_legend(m.span)))


def _told(read: TextRead, about: AboutSection, program: str) -> Found:
    pieces = [piece for piece in about.pieces if program in piece.programs]
    if not pieces:
        why = f"{program} is told of in the text, and not there by name or by what is on record"
        return review(why, program)
    there = {stage for piece in pieces for stage in piece.stages}
    here = _stages(read, about, program)
    if not here or here != there:
        told = f"in the text {_named(here)}, there {_named(there)}"
        return review(f"not one stage of {program} at both places: {told}", program)
    return passed(f"{program} is at {_named(here)} at both places", program)


def _stages(read: TextRead, about: AboutSection, program: str) -> set[str]:
    """Return the stages that the rest of the text states of a program."""
    own = [d for d in read.drafts if d.program == program and not d.span.overlaps(about.span)]
    return {str(draft.facts[_STAGE]) for draft in own if _STAGE in draft.facts}


def _named(stages: set[str]) -> str:
    return ", ".join(sorted(stages)) or "none"
