"""Reading legends, as a Python library: a document's cautionary text, and what it covers.

with Timeline("sqlite:///timeline.db") as timeline:
found = timeline.legend(text, "migenix", published="2008-07-08")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.extracting import Extracting
from api.extraction import as_bytes, guessed
from timeline.packs import all_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from timeline.intake.names import Names
    from timeline.packs import Vocabulary

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LegendFound:
    """The legend of a document and its coverage, both None where it has none, and the remarks.

    `digest` is that of the document's words; spans are in code points of its text.
    """

    issuer: str
    published: str
    digest: str
    warnings: list[str]
    legend: Row | None
    coverage: Row | None
    remarks: list[Row]

    def body(self) -> Row:
        """Return the answer as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


class ReadingLegends(Extracting):
    """What an open store does with the cautionary text of a document."""

    def legend(
        self,
        data: bytes | str,
        issuer: str,
        *,
        published: str,
        name: str | None = None,
        fiscal_year_end: str | None = None,
    ) -> LegendFound:
        """Read a document's legend and hold it against the document; nothing is recorded.

        The arguments are those of `extract`, and it raises as that does.
        """
        known = self._on_record(issuer, must_be=False)
        return _found(
            as_bytes(data),
            known.issuer,
            published=published,
            vocabulary=self.vocabulary,
            names=known.names,
            name=name,
            fiscal_year_end=fiscal_year_end or known.fiscal_year_end,
            warnings=known.warnings,
        )


def legend(
    data: bytes | str,
    issuer: str,
    *,
    published: str,
    name: str | None = None,
    fiscal_year_end: str | None = None,
    packs: Iterable[Path | str] = (),
) -> LegendFound:
    """Read a legend where there is no store, so that nothing is on record of `issuer`.

    The arguments are those of `Timeline.legend`, and it raises as that does.
    """
    return _found(
        as_bytes(data),
        issuer,
        published=published,
        vocabulary=all_vocabulary(packs),
        names=None,
        name=name,
        fiscal_year_end=fiscal_year_end,
        warnings=[guessed(issuer)],
    )


def _found(
    data: bytes,
    issuer: str,
    *,
    published: str,
    vocabulary: Vocabulary,
    names: Names | None,
    name: str | None,
    fiscal_year_end: str | None,
    warnings: list[str],
) -> LegendFound:
    from timeline.intake.documents import read_document  # noqa: PLC0415  # loads all of reading
    from timeline.intake.drafts.proposing import month_and_day, published_by  # noqa: PLC0415
    from timeline.intake.legend.told import (  # noqa: PLC0415
        told_coverage,
        told_legend,
        told_remarks,
    )
    from timeline.intake.legend.whole import read_whole  # noqa: PLC0415

    published_on, year_end = published_by(published), month_and_day(fiscal_year_end)
    document = read_document(data, name=name or "")
    whole = read_whole(
        document,
        published_on=published_on,
        vocabulary=vocabulary,
        names=names,
        fiscal_year_end=year_end,
    )
    return LegendFound(
        issuer=issuer,
        published=published,
        digest=document.digest,
        warnings=warnings,
        legend=told_legend(whole.legend),
        coverage=told_coverage(whole.coverage),
        remarks=told_remarks(whole.remarks()),
    )
