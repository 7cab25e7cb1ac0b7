"""A worksheet as XLSX: real dates, a header that stays, filters, and no text that is a formula."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from api.worksheet.columns import COLUMNS
from timeline.errors import ExtraMissing

if TYPE_CHECKING:
    from api.answers import Answer
    from api.worksheet.columns import Cell

_MOST = 32_767  # characters a cell can hold
_CUT = " [cut; JSON has all of it]"
_FIRST_YEAR = 1900  # before it a spreadsheet has no dates
_STAYING = 3  # columns: program, milestone and statement
# Written into the file, so that the same worksheet is the same bytes whenever it is made.
_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no offsets
_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def xlsx_of(answer: Answer) -> bytes:
    """Return the worksheet as a workbook; its second sheet tells the clocks it holds for.

    Raises ExtraMissing where XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import (  # type: ignore[import-untyped]  # noqa: PLC0415  # optional
            Workbook,
        )
    except ImportError as error:
        raise ExtraMissing(
            "XLSX needs a package that is not installed; `pip install corporate-timeline[xlsx]`, "
            "or ask for CSV"
        ) from error
    file = io.BytesIO()
    book = Workbook(file, _AS_TEXT)
    book.set_properties({"created": _MADE_AT})
    _write_statements(book, answer)
    _write_clocks(book, answer)
    book.close()
    return file.getvalue()


def _write_statements(book: Any, answer: Answer) -> None:
    sheet = book.add_worksheet("statements")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.heading, bold)
    for line, row in enumerate(answer.items, 1):
        for number, column in enumerate(COLUMNS):
            _write(sheet, (line, number), column.read(row), wrap, day)
    sheet.freeze_panes(1, _STAYING)
    sheet.autofilter(0, 0, len(answer.items), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, at: tuple[int, int], value: Cell, text: Any, day: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, text)
    elif isinstance(value, date) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(*at, value, day)
    elif isinstance(value, int):
        sheet.write_number(*at, value, text)
    else:
        sheet.write_string(*at, _fitting(str(value)), text)


def _fitting(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - len(_CUT)] + _CUT


def _write_clocks(book: Any, answer: Answer) -> None:
    sheet = book.add_worksheet("clocks")
    sheet.set_column(0, 1, 24)
    for line, (name, value) in enumerate({**answer.asked.texts(), **answer.more}.items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, "" if value is None else str(value))
