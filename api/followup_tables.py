"""How the compliance officer's rows look on a terminal: what disappeared, the worksheet."""

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
    shape="api.followup_shapes:Disappeared",
)


def _worksheet(row: Row) -> Row:
    """Tell how far off the window's end is, and the events that touch more than the program."""
    near = [one for one in row["events"] if one["touches"] in ("milestone", "condition")]
    told = [f"{one['event']} ({one['disclosed_on']})" for one in near]
    rest = len(row["events"]) - len(near)
    more = [f"{rest} about the {'program' if row['program'] else 'issuer'}"] if rest else []
    return row | {"events": "\n".join(told + more), "earlier": len(row["earlier"])}


WORKSHEET = Layout(
    "statements to go through",
    (
        ("statement", "expectation"),
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("window", "window"),
        ("said before", "earlier"),
        ("verdict", "verdict"),
        ("days left", "days_left"),
        ("events in the period", "events"),
    ),
    (),
    (),
    _worksheet,
)
