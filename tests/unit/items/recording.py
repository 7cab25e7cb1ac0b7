"""Given, when, then: items as their authors write them, folded and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.events import Kind
from timeline.items import Item, decide, event_of, fold

if TYPE_CHECKING:
    from timeline.events import Event

FLOWN: dict[str, Any] = {
    "id": "flown",
    "type": "flight.test_reported",
    "occurred": "2031-05-14",
    "disclosed": "2031-05-20",
    "summary": "It flew.",
}
SAID: dict[str, Any] = {
    "id": "said",
    "program": "lark-9",
    "milestone": "certification",
    "window": "2032",
    "stated_on": "2031-05-20",
}


def read(kind: Kind, item: dict[str, Any], *, recorded_by: str = "ada") -> Event:
    return event_of(kind, item, issuer="larkspur", recorded_by=recorded_by)


def event(**given: Any) -> Event:
    return read(Kind.EVENT, FLOWN | given)


def correction(own: str, corrects: str = "flown", /, **changes: Any) -> Event:
    return read(Kind.CORRECTION, {"id": own, "corrects": corrects, "set": changes})


def retraction(name: str, retracts: str = "flown") -> Event:
    return read(Kind.CORRECTION, {"id": name, "retracts": retracts})


def after(*events: Event) -> Item:
    """The item after `events`, each of which was accepted when it came."""
    for number, one in enumerate(events):
        assert decide(fold(events[:number]), one) is one
    return fold(events)
