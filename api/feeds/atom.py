"""The latest of an issuer as a feed (Atom, RFC 4287)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from api.feeds.entry import about
from api.feeds.plain import address, one_line, plain, uuid_of
from api.pages.words import day_told, verdict_told, window_told
from api.templating import templates_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from api.answers import Answer

    Row = dict[str, Any]

MEDIA = "application/atom+xml"


def feed_of(answer: Answer, *, base: str, source: str) -> bytes:
    """Return the latest as a feed; `base` begins the addresses in it, `source` is its own."""
    issuer, name = answer.more["issuer"], answer.more["name"]
    entries = [_entry(row, issuer, base) for row in answer.items]
    text = _template().render(
        id=uuid_of("latest", issuer),
        title=one_line(f"{name}: what was said and what came"),
        updated=max((row["updated_at"] for row in answer.items), default=answer.more["begun_at"]),
        source=source,
        page=base + address("issuers", issuer),
        entries=entries,
    )
    return text.encode()


def _entry(row: Row, issuer: str, base: str) -> Row:
    asked = urlencode({"event": row["event"], "issuer": issuer})
    return {
        "id": uuid_of("item", issuer, row["event"]),
        "title": one_line(_title(row)),
        "text": "\n".join(_lines(row)),
        "published": row["published_at"],
        "updated": row["updated_at"],
        "page": f"{base}/audit?{asked}",
        "kind": row["kind"],
        "type": row["type"],
    }


def _title(row: Row) -> str:
    if row["kind"] == "expectation":
        return f"{about(row)}: {_expected(row)}"
    if row["kind"] == "adjudication":
        return f"Decided on {row['expectation']}: {verdict_told(row['verdict'])}"
    told = row["summary"] or row["label"] or row["type"]
    return f"{row['program_name']}: {told}" if row["program_name"] else str(told)


def _expected(row: Row) -> str:
    if row["withdraws"] and row["window"] is None:
        return "withdrawn"
    return f"expected {window_told(row['window'])}"


def _lines(row: Row) -> Iterator[str]:
    if row["words"]:
        yield f"\N{LEFT DOUBLE QUOTATION MARK}{row['words']}\N{RIGHT DOUBLE QUOTATION MARK}"
    if row["said_by"]:
        yield f"Said by {row['said_by']}."
    if row["kind"] == "event" and row["occurred"]:
        yield f"Happened {day_told(row['occurred'])}."
    if row["outcome"]:
        result = f", {row['result']}" if row["result"] else ""
        yield f"{about(row)}: {row['outcome']}{result}."
    if row["reason"]:
        yield f"Because: {row['reason']}"
    if row["document"]:
        yield f"Document: {row['document']}"


@cache
def _template() -> Template:
    return templates_of(Path(__file__).parent / "templates", finalize=_fit).get_template("feed.xml")


def _fit(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value
