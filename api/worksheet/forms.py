"""The forms a worksheet is told in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.forms.as_csv import csv_of
from api.forms.media import CSV, HTML, JSON, XLSX
from api.worksheet.as_html import html_of
from api.worksheet.as_xlsx import xlsx_of
from api.worksheet.columns import COLUMNS

if TYPE_CHECKING:
    from api.answers import Answer

SHEETS = (JSON, HTML, CSV, XLSX)


def sheet_of(answer: Answer, form: str, issuer: str) -> bytes:
    """Return the worksheet of `issuer` in one of the forms but JSON."""
    if form == HTML:
        return html_of(answer, issuer)
    return _csv_of(answer) if form == CSV else xlsx_of(answer)


def _csv_of(answer: Answer) -> bytes:
    lines = ([column.read(row) for column in COLUMNS] for row in answer.items)
    return csv_of((column.heading for column in COLUMNS), lines)
