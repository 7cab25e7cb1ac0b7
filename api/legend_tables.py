"""How the parts of a legend and its coverage look in tables and spreadsheets."""

from __future__ import annotations

from typing import Any

from api.tables import Layout

Row = dict[str, Any]

_SHOWN = 100


def _placed(row: Row) -> Row:
    span, text = row["span"], row["text"]
    return row | {
        "place": None if span is None else f"{span['start']}-{span['end']}",
        "text": None if text is None else _shortened(" ".join(text.split())),
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 4] + " ..."


_PLACE = ("span.start", "span.end", "text")

PARTS = Layout(
    "parts",
    (("part", "id"), ("kind", "kind"), ("where", "place"), ("text", "text")),
    ("id", "kind", "general", *_PLACE),
    shown=_placed,
)
STATEMENTS = Layout(
    "statements",
    (
        ("status", "status"),
        ("items", "items"),
        ("kind", "kind"),
        ("where", "place"),
        ("text", "text"),
        ("why", "why"),
    ),
    ("id", "status", "items", "kind", *_PLACE, "why", "differences"),
    shown=_placed,
)
REMARKS = Layout(
    "remarks",
    (("rule", "rule"), ("result", "result"), ("where", "place"), ("text", "text"), ("why", "why")),
    ("rule", "result", *_PLACE, "why", "because"),
    shown=_placed,
)
