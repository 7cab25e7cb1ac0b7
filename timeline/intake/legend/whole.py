"""A document read whole: its legend, its statements, and the one held against the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.coverage import coverage
from timeline.intake.legend.matter import Ground
from timeline.intake.legend.reading import read_legend
from timeline.intake.legend.remarks import remarks
from timeline.intake.names import names_guessed
from timeline.intake.reading import read_drafts

if TYPE_CHECKING:
    from datetime import date

    from timeline.intake.documents import Document
    from timeline.intake.draft import Draft
    from timeline.intake.legend.coverage import Coverage
    from timeline.intake.legend.part import Legend
    from timeline.intake.legend.remarks import Remark
    from timeline.intake.names import Names
    from timeline.packs import Vocabulary


@dataclass(frozen=True, slots=True)
class Whole:
    """What a document says and what its legend says of it; both None where there is no legend."""

    drafts: tuple[Draft, ...]
    legend: Legend | None
    coverage: Coverage | None

    def remarks(self) -> list[Remark]:
        """Return the remarks on it."""
        return remarks(self.legend, self.coverage)


def read_whole(
    document: Document,
    *,
    published_on: date,
    vocabulary: Vocabulary,
    names: Names | None = None,
    fiscal_year_end: tuple[int, int] | None = None,
) -> Whole:
    """Read the statements and the legend of `document`, and hold them against each other.

    The arguments are those of `read_drafts`; without `names` those of programs are guessed.
    """
    named = names_guessed(document.text) if names is None else names
    legend = read_legend(document, names=named)
    drafts = read_drafts(
        document,
        published_on=published_on,
        names=named,
        vocabulary=vocabulary,
        fiscal_year_end=fiscal_year_end,
    )
    if legend is None:
        return Whole(drafts, None, None)
    ground = Ground(
        document,
        names=named,
        vocabulary=vocabulary,
        published_on=published_on,
        fiscal_year_end=fiscal_year_end,
    )
    return Whole(drafts, legend, coverage(drafts, legend, ground))
