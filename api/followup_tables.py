"""How the compliance officer's rows look: statements that disappeared."""

from __future__ import annotations

from typing import Any

from api.tables import Layout

Row = dict[str, Any]
_SHOWN = 3


def _disappeared(row: Row) -> Row:
    """Tell the first silent documents, and how many more there are."""
    first = [f"{one['document']} ({one['published_on']})" for one in row["silent"][:_SHOWN]]
    more = len(row["silent"]) - len(first)
    told = [*first, f"and {more} more"] if more else first
    last = f"{row['last_document']} ({row['last_mentioned_on']})"
    return row | {"silent": "\n".join(told), "last_document": last}


DISAPPEARED = Layout(
    "statements that disappeared",
    (
        ("statement", "expectation"),
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("window", "window"),
        ("verdict", "verdict"),
        ("last spoken of", "last_document"),
        ("silent since then", "silent"),
    ),
    (
        *("expectation", "program", "milestone", "qualifier", "said_by", "stated_on"),
        *(f"window.{key}" for key in ("edtf", "earliest", "latest", "words")),
        *("verdict", "last_document", "last_mentioned_on", "mentions", "periodic_mentions"),
        *("silent_since", "silent", "unread", "position"),
    ),
    ("because", "overridden"),
    _disappeared,
)
