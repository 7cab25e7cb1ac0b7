"""A draft as it is stored and told: a JSON object with the keys of the item it may become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.events import read_window
from timeline.items.readers import without_nulls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.intake.draft import Draft, DraftWindow

    Item = dict[str, Any]

_TOLD = (
    *("id", "state", "kind", "span", "text", "program", "milestone", "qualifier", "type", "window"),
    *("condition", "speaker", "outcome", "result", "summary", "facts", "confidence", "why"),
    *("document", "published", "recorded_as"),
)


def drafted(draft: Draft, *, published: str) -> Item:
    """Return `draft` as an item; `published` is when its document was, in EDTF.

    Its document is still to be named.
    """
    item = {name: getattr(draft, name) for name in _TOLD if hasattr(draft, name)}
    item["kind"] = draft.kind.value
    item["span"] = {"start": draft.span.start, "end": draft.span.end}
    item["window"] = draft.window and _window(draft.window)
    item["facts"] = dict(draft.facts)
    return without_nulls(item | {"published": published})


def told(item: Mapping[str, Any], **more: Any) -> Item:
    """Return an item of a draft as answers have it: every key there, its window with its days."""
    row = dict.fromkeys(_TOLD) | dict(item) | more
    row["state"] = row["state"] or "proposed"
    row["facts"] = row["facts"] or {}
    if row["window"] is not None:
        row["window"] = _days(row["window"])
    return row


def _window(window: DraftWindow) -> Item:
    told_ = {"edtf": window.edtf, "words": window.words, "policy": window.policy}
    return {key: value for key, value in told_.items() if value is not None}


def _days(window: Mapping[str, Any]) -> Item:
    read = read_window(dict(window))
    return {
        "earliest": read.earliest and read.earliest.isoformat(),
        "latest": read.latest and read.latest.isoformat(),
        "edtf": read.edtf,
        "words": read.words,
        "policy": read.policy,
    }
