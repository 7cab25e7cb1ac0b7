"""How drafts, their steps and their edits look in tables and spreadsheets."""

from __future__ import annotations

import json
from typing import Any

from api.tables import Layout

Row = dict[str, Any]

_SHOWN = 100


def _draft(row: Row) -> Row:
    confidence = row["confidence"]
    return row | {
        "text": _shortened(" ".join(row["text"].split())),
        "confidence": None if confidence is None else f"{confidence:.2f}",
        "place": f"{row['span']['start']}-{row['span']['end']}",
    }


def _step(row: Row) -> Row:
    return row | {"set": _told(row["set"]), "was": _told(row["was"])}


def _edit(row: Row) -> Row:
    return row | {"was": _told(row["was"]), "is": _told(row["is"])}


def _told(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 4] + " ..."


DRAFTS = Layout(
    "drafts",
    (
        ("draft", "id"),
        ("state", "state"),
        ("kind", "kind", "type"),
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("window", "window"),
        ("sure", "confidence"),
        ("where", "place"),
        ("text", "text"),
    ),
    (
        *("issuer", "id", "state", "kind", "type", "program", "milestone", "qualifier"),
        *("window.edtf", "window.earliest", "window.latest", "window.words", "window.policy"),
        *("condition", "speaker", "outcome", "result", "summary", "facts", "confidence", "why"),
        *("span.start", "span.end", "text", "document", "published", "recorded_as"),
    ),
    (),
    _draft,
    shape="api.draft_shapes:Draft",
)
STEPS = Layout(
    "steps",
    (
        ("step", "step"),
        ("recorded by", "recorded_by"),
        ("recorded at", "recorded_at"),
        ("set", "set"),
        ("was", "was"),
        ("reason", "reason"),
    ),
    ("step", "recorded_by", "recorded_at", "set", "was", "reason", "position"),
    (),
    _step,
)
EDITS = Layout(
    "edits",
    (
        ("draft", "draft"),
        ("field", "field"),
        ("was", "was"),
        ("is", "is"),
        ("recorded by", "recorded_by"),
        ("reason", "reason"),
        ("why it was read so", "why"),
    ),
    (
        *("issuer", "draft", "field", "was", "is", "document", "kind", "text", "why"),
        *("confidence", "recorded_by", "recorded_at", "reason", "position"),
    ),
    (),
    _edit,
    shape="api.draft_shapes:Edit",
)
