"""The forms a worksheet is told in, and which one a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.worksheet.as_csv import csv_of
from api.worksheet.as_html import html_of
from api.worksheet.as_xlsx import xlsx_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.answers import Answer

JSON, HTML, CSV, XLSX = "json", "html", "csv", "xlsx"
MEDIA = {
    JSON: "application/json",
    HTML: "text/html",
    CSV: "text/csv",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet_of(answer: Answer, form: str, issuer: str) -> bytes:
    """Return the worksheet of `issuer` in one of the forms but JSON."""
    if form == HTML:
        return html_of(answer, issuer)
    return csv_of(answer) if form == CSV else xlsx_of(answer)


def form_of(stated: str | None, accept: str) -> str:
    """Return the form that is stated, else the one an Accept header likes best, else JSON.

    Raises BadInput for a stated form that is none.
    """
    if stated is None:
        return _liked_best(accept)
    if stated not in MEDIA:
        raise BadInput(f"{stated!r} is none of {', '.join(MEDIA)}", place="format")
    return stated


def _liked_best(accept: str) -> str:
    """Return the form of the highest quality; of equal ones the first named (RFC 9110 12.5.1)."""
    best, form = 0.0, JSON
    for part in accept.split(","):
        media, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = _quality(parameters)
        named = next((name for name, type_ in MEDIA.items() if type_ == media), None)
        if named is not None and quality > best:
            best, form = quality, named
    return form


def _quality(parameters: list[str]) -> float:
    told = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return float(told)
    except ValueError:
        return 0.0
