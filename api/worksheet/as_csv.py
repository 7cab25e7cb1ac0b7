"""A worksheet as CSV, of which no cell becomes a formula when a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING

from api.worksheet.columns import COLUMNS

if TYPE_CHECKING:
    from api.answers import Answer
    from api.worksheet.columns import Cell

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


def csv_of(answer: Answer) -> bytes:
    """Return the worksheet as CSV in UTF-8: a header, then a line for each statement.

    A text that could begin a formula has an apostrophe before it; days and numbers are as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.heading for column in COLUMNS)
    writer.writerows([_cell(column.read(row)) for column in COLUMNS] for row in answer.items)
    return text.getvalue().encode()


def _cell(value: Cell) -> str | int:
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
