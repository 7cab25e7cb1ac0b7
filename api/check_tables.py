"""How findings on a draft look on a terminal and in a spreadsheet."""

from __future__ import annotations

from typing import Any

from api.tables import Layout

Row = dict[str, Any]

_SHOWN = 70


def _shown(row: Row) -> Row:
    span, text, more = row["span"], row["text"], row.get("more")
    place = None if span is None else f"{span['start']}-{span['end']}"
    return row | {
        "place": f"{place} and {more} more" if more else place,
        "text": None if text is None else _shortened(" ".join(text.split())),
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 4] + " ..."


CHECKED = Layout(
    "findings",
    (("rule", "rule"), ("result", "result"), ("where", "place"), ("text", "text"), ("why", "why")),
    (
        *("rule", "version", "title", "severity", "result", "span.start", "span.end", "text"),
        *("why", "because"),
    ),
    shown=_shown,
)
