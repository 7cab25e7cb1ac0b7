"""The report of scores: a table by release with their sum, and what was missed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.intake.scoring import Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.table import Table

    from tests.intake.scoring import Measure

COLUMNS = (
    "dated",
    "substantive",
    "events",
    "expectation precision",
    "event precision",
    "windows",
    "programs",
    "event days",
    "traps",
    "list items",
    "coverage",
)
SHOWN = 110


def table(scores: Mapping[str, Mapping[str, Measure]]) -> Table:
    """Return a row a release and one for all of them."""
    from rich.table import Table  # noqa: PLC0415 - a thing of the terminal

    shown = Table(title="strict of all, (lenient) where it differs")
    shown.add_column("release")
    for column in COLUMNS:
        shown.add_column(column, justify="right")
    for name, measures in scores.items():
        shown.add_row(name, *(_cell(measures.get(column)) for column in COLUMNS))
    shown.add_section()
    shown.add_row("all", *(written(total(scores.values(), column)) for column in COLUMNS))
    return shown


def total(scores: Iterable[Mapping[str, Measure]], column: str) -> Share | None:
    """Add up one measure over all documents that have it."""
    shares = [measures[column].share for measures in scores if column in measures]
    return sum(shares, start=Share(0, 0, 0)) if shares else None


def written(share: Share | None) -> str:
    """Write a share: 7/9 78%, or 7(8)/9 78(89)%."""
    if share is None or not share.of:
        return "-"
    strict, lenient = (round(100 * n / share.of) for n in (share.strict, share.lenient))
    if share.strict == share.lenient:
        return f"{share.strict}/{share.of} {strict}%"
    return f"{share.strict}({share.lenient})/{share.of} {strict}({lenient})%"


def miss_lines(name: str, measures: Mapping[str, Measure], text: str) -> Iterator[str]:
    """Yield a line for everything missed, wrong or taken in one document."""
    for column in COLUMNS:
        for miss in measures[column].misses if column in measures else ():
            words = " ".join(miss.span.of(text).split())
            yield f"{name}: {column}: {miss.note}: {words[:SHOWN]!r} at {miss.span.start}"


def as_json(measures: Mapping[str, Measure]) -> dict[str, dict[str, int]]:
    """Return the shares of one document for machines."""
    return {
        column: {"strict": m.share.strict, "lenient": m.share.lenient, "of": m.share.of}
        for column, m in measures.items()
    }


def _cell(measure: Measure | None) -> str:
    return written(measure.share if measure else None)
