"""Events written back as the items they were recorded from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.bitemporal import OpenEnd, Window, format_instant
from timeline.events import Event, Kind, Visibility
from timeline.items.readers import OF_DRAFT, without_nulls

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    ItemBody = dict[str, Any]


def item_of(event: Event) -> ItemBody:
    """Write `event` as the item it was recorded from, without its empty keys.

    What a bundle must say even where it is null stays in, so that the item can be imported again.
    """
    told = without_nulls({"id": event.item} | _WRITERS[event.kind](event))
    return with_required_keys(event.kind, told)


def with_required_keys(kind: Kind, item: ItemBody) -> ItemBody:
    """Return `item` with null at the keys that its kind must have and may leave open."""
    return dict.fromkeys(_REQUIRED_NULLS.get(kind, ())) | item


def keys_of(kind: Kind) -> frozenset[str]:
    """Return the keys, beside `id`, that an item of this kind may have."""
    return _KEYS[kind]


def _text(when: Window | datetime | None) -> str | None:
    if when is None:
        return None
    return when.edtf if isinstance(when, Window) else format_instant(when)


def _span(event: Event) -> ItemBody | None:
    span = event.locator
    return None if span is None else {"start": span.start, "end": span.end}


def _event_item(event: Event) -> ItemBody:
    until_next = event.open_end is OpenEnd.UNTIL_NEXT
    return {
        "type": event.type,
        "type_version": None if event.type_version == 1 else event.type_version,
        "program": event.program,
        "occurred": _text(event.occurred),
        "disclosed": _text(event.disclosed),
        "valid_from": event.valid_from and format_instant(event.valid_from),
        "valid_to": event.valid_to and format_instant(event.valid_to),
        "open_end": None if until_next else event.open_end.value,
        "document": event.document,
        "locator": _span(event),
        "attributed_to": event.attributed_to,
        "reason": event.reason,
        "confidence": event.confidence and event.confidence.value,
        "visibility": None if event.visibility is Visibility.PUBLIC else event.visibility.value,
        "personal": list(event.personal) or None,
        "milestone": event.milestone,
        "qualifier": event.qualifier,
        "outcome": event.outcome and event.outcome.value,
        "result": event.result and event.result.value,
        "summary": event.summary,
        "facts": dict(event.facts),
    }


def _expectation_item(event: Event) -> ItemBody:
    return {
        "program": event.program,
        "milestone": event.milestone,
        "qualifier": event.qualifier,
        "said_by": event.attributed_to,
        "stated_on": _text(event.occurred),
        "document": event.document,
        "locator": _span(event),
        "confidence": event.confidence and event.confidence.value,
        **event.facts,
    }


def _document_item(event: Event) -> ItemBody:
    told = {"publisher": event.attributed_to, "published": _text(event.disclosed)}
    return told | dict(event.facts)


def _adjudication_item(event: Event) -> ItemBody:
    told = {"disclosed": _text(event.disclosed), "document": event.document}
    return told | {"reason": event.reason} | dict(event.facts)


def _draft_item(event: Event) -> ItemBody:
    return {"document": event.document, "span": _span(event)} | dict(event.facts)


_WRITERS: dict[Kind, Callable[[Event], ItemBody]] = {
    Kind.ISSUER: lambda e: dict(e.facts),
    Kind.PROGRAM: lambda e: dict(e.facts),
    Kind.DOCUMENT: _document_item,
    Kind.EVENT: _event_item,
    Kind.EXPECTATION: _expectation_item,
    Kind.ADJUDICATION: _adjudication_item,
    Kind.CORRECTION: lambda e: {"reason": e.reason} | dict(e.facts),
    Kind.DRAFT: _draft_item,
}

_REQUIRED_NULLS = {Kind.EXPECTATION: ("program", "window")}

_KEYS: dict[Kind, frozenset[str]] = {
    Kind.ISSUER: frozenset({"name", "aliases", "identifiers", "packs", "fiscal_year_end"}),
    Kind.PROGRAM: frozenset({"name", "aliases", "attributes"}),
    Kind.DOCUMENT: frozenset({"publisher", "published", "kind", "title", "url", "sha256"}),
    Kind.EVENT: frozenset(_event_item(Event(type="any.type", issuer="-", item="-"))),
    Kind.EXPECTATION: frozenset(
        {
            *("program", "milestone", "qualifier", "said_by", "stated_on", "document", "locator"),
            *("confidence", "window", "words", "condition", "withdraws"),
        }
    ),
    Kind.ADJUDICATION: frozenset({"disclosed", "document", "reason", "expectation", "verdict"}),
    Kind.CORRECTION: frozenset(),
    Kind.DRAFT: frozenset({"document", "span", *OF_DRAFT}),
}
