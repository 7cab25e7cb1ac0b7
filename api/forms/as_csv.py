"""CSV of which no cell becomes a formula when a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING

from api.tables import cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.tables import Layout, Row

    Cell = str | int | float | date | None

# The full-width ones too: some spreadsheets read them as the plain ones.
_BEGINS_FORMULA = (
    *("=", "+", "-", "@"),
    *("\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}"),
    *("\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}"),
)
# Where a spreadsheet that separates by something else than commas would begin a cell.
_CELL_WITHIN = re.compile(
    r"([;\t\r\n] {0,8})(?=[" + "".join(map(re.escape, _BEGINS_FORMULA)) + "])"
)


def csv_of_rows(rows: Iterable[Row], layout: Layout, *, explain: bool = False) -> bytes:
    """Return `rows` as CSV: a header of dotted paths, then a line a row; empty means null."""
    paths = layout.paths(explain=explain)
    return csv_of(paths, ([cell(row, path) for path in paths] for row in rows))


def csv_of(headings: Iterable[str], lines: Iterable[Iterable[Cell]]) -> bytes:
    """Return a header and `lines` as CSV (RFC 4180) in UTF-8.

    A text that could begin a formula has an apostrophe before it; days and numbers are as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_written(value) for value in line] for line in lines)
    return text.getvalue().encode()


def _written(value: Cell) -> str | float:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else value


def guarded(text: str) -> str:
    """Return `text` with an apostrophe wherever a spreadsheet could read on as a formula.

    That is at its beginning, and behind a semicolon, a tab or a line break within it: where those
    separate cells or lines, quotes do not help.
    """
    begins = text.startswith(("\t", "\r")) or text.lstrip().startswith(_BEGINS_FORMULA)
    within = _CELL_WITHIN.sub(r"\1'", text)
    return f"'{within}" if begins else within
