"""The forms an answer is told in, and which one a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection

JSON, HTML, CSV, XLSX, PARQUET = "json", "html", "csv", "xlsx", "parquet"
MEDIA = {
    JSON: "application/json",
    HTML: "text/html",
    CSV: "text/csv",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PARQUET: "application/vnd.apache.parquet",
}
TABLES = (JSON, CSV, PARQUET)


def form_of(stated: str | None, accept: str, among: Collection[str] = TABLES) -> str:
    """Return the form that is stated, else the one an Accept header likes best, else JSON.

    Raises BadInput for a stated form that is not `among` those there are.
    """
    if stated is None:
        return _liked_best(accept, among)
    if stated not in among:
        raise BadInput(f"{stated[:60]!r} is none of {', '.join(among)}", place="format")
    return stated


def _liked_best(accept: str, among: Collection[str]) -> str:
    """Return the form of the highest quality; of equal ones the first named (RFC 9110 12.5.1)."""
    best, form = 0.0, JSON
    for part in accept.split(","):
        media, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = _quality(parameters)
        named = next((name for name in among if MEDIA[name] == media), None)
        if named is not None and quality > best:
            best, form = quality, named
    return form


def _quality(parameters: list[str]) -> float:
    told = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return float(told)
    except ValueError:
        return 0.0
