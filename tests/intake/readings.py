"""Readings: what some reader of a document handed in, as `timeline extract --json` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Found:
    """One draft: an event or an expectation, where it stands, and what was read from it."""

    kind: str
    span: Span
    program: str | None
    latest: date | None
    words: str | None
    covered: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All drafts of one document; `list_items` of its cautionary text, None where not read."""

    drafts: tuple[Found, ...]
    list_items: tuple[Span, ...] | None = None

    def of_kind(self, kind: str) -> tuple[Found, ...]:
        return tuple(draft for draft in self.drafts if draft.kind == kind)


def reading_of(data: Any) -> Reading:
    """Read a list of drafts, or an object with `drafts` and, if read, `list_items` with spans."""
    whole = data if isinstance(data, dict) else {"drafts": data}
    items = whole.get("list_items")
    return Reading(
        tuple(_found(draft) for draft in whole["drafts"]),
        None if items is None else tuple(_span(item["span"]) for item in items),
    )


def _found(draft: Mapping[str, Any]) -> Found:
    window = draft.get("window") or {}
    latest = window.get("latest")
    return Found(
        draft["kind"],
        _span(draft["span"]),
        draft.get("program"),
        date.fromisoformat(latest) if latest else None,
        window.get("words"),
        draft.get("covered"),
    )


def _span(span: Mapping[str, int]) -> Span:
    return Span(span["start"], span["end"])
