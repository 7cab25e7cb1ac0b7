"""How findings look on a terminal and in a spreadsheet."""

from __future__ import annotations

from typing import Any

from api.tables import Layout

Row = dict[str, Any]


def _shown(row: Row) -> Row:
    about = row["statement"] or row["event"] or row["document"]
    result = f"{row['result']} (waived)" if row["waived"] else row["result"]
    return row | {"about": about, "result": result}


FINDINGS = Layout(
    "findings",
    (
        ("rule", "rule"),
        ("result", "result"),
        ("about", "about"),
        ("why", "why"),
        ("because", "because"),
        ("finding", "finding"),
    ),
    (
        *("finding", "rule", "version", "title", "severity", "result", "statement", "document"),
        *("event", "span.start", "span.end", "text", "why", "because", "waived", "position"),
    ),
    shown=_shown,
    shape="api.finding_shapes:Found",
)
