"""What people are shown of the findings on a draft, and how it looks in a table."""

from __future__ import annotations

from typing import Any

from api.tables import Layout

Row = dict[str, Any]

_SHOWN = 70
# What people are shown besides what is no pass: windows that are kept.
_TOLD_THOUGH_KEPT = "PC-10"
# What is not listed is told one by one.
_ONE_BY_ONE = ("PC-02",)
_QUIET = ("pass", "not_applicable")


def together(rows: list[Row]) -> list[list[Row]]:
    """Return what people are shown: what is no pass, the same said of many together."""
    told: dict[tuple[str, ...], list[Row]] = {}
    for number, row in enumerate(filter(is_told, rows)):
        same = (row["rule"], row["result"], row["why"])
        key = (*same, str(number)) if row["rule"] in _ONE_BY_ONE else same
        told.setdefault(key, []).append(row)
    return list(told.values())


def is_told(row: Row) -> bool:
    """Whether people are shown it: it is no pass, or a window that is kept."""
    return row["result"] not in _QUIET or bool(
        row["rule"] == _TOLD_THOUGH_KEPT and row["result"] == "pass"
    )


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
