"""What an accepted draft is recorded as: an event or expectation, as a bundle would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import InvalidEvent
from timeline.events import Kind, read_window
from timeline.items.readers import without_nulls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.packs import Vocabulary

    Item = dict[str, Any]

_SHORT = {Kind.EVENT: "ev", Kind.EXPECTATION: "ex"}


def recorded_item(draft: Item, item: str | None, packs: Vocabulary) -> tuple[Kind, Item]:
    """Return the kind and the item that `draft`, an item itself, is recorded as.

    Its id is `item`, or made of the draft's. Raises InvalidEvent naming the key of the draft that
    has to be said first.
    """
    kind = Kind(draft["kind"])
    body = _expectation(draft) if kind is Kind.EXPECTATION else _event(draft, packs)
    named = {"id": item or f"{_SHORT[kind]}-{draft['id']}"}
    where = {"document": draft["document"], "locator": draft["span"]}
    return kind, named | body | where


def _expectation(draft: Item) -> Item:
    if not draft.get("milestone"):
        raise InvalidEvent("the draft names none; say which is meant", place="milestone")
    window, condition = draft.get("window") or {}, draft.get("condition")
    return {
        "program": draft.get("program"),
        "milestone": draft["milestone"],
        "qualifier": draft.get("qualifier"),
        "said_by": draft.get("speaker"),
        "stated_on": draft["published"],
        "window": window.get("edtf"),
        "words": window.get("words"),
        "condition": {"text": condition} if isinstance(condition, str) else condition,
    }


def _event(draft: Item, packs: Vocabulary) -> Item:
    own = ("program", "milestone", "qualifier", "result", "summary", "facts")
    return without_nulls(
        {
            "type": draft["type"],
            "occurred": _occurred(draft),
            "disclosed": draft["published"],
            "attributed_to": draft.get("speaker"),
            "outcome": draft.get("outcome") or _outcome(draft, packs),
            **{name: draft.get(name) for name in own},
        }
    )


def _occurred(draft: Item) -> str:
    """Return when it happened; where the words name no time, some day up to its publication."""
    if draft.get("window"):
        return str(draft["window"]["edtf"])
    last = read_window(draft["published"]).latest
    return f"../{last}"


def _outcome(draft: Item, packs: Vocabulary) -> str | None:
    """Return what the packs say that such an event does to its milestone."""
    milestone = packs.milestones.get(draft.get("milestone") or "", {})
    facts = draft.get("facts") or {}
    for outcome, patterns in (("reached", "satisfied_by"), ("failed", "failed_by")):
        if _fits(draft["type"], facts, milestone.get(patterns, ())):
            return outcome
    return None


def _fits(event_type: str, facts: Mapping[str, Any], patterns: Iterable[str]) -> bool:
    """Say whether an event is meant by one of `patterns`: a type, or `type[fact=value]`."""
    for pattern in patterns:
        name, _, wanted = pattern.rstrip("]").partition("[")
        fact, _, value = wanted.partition("=")
        if name == event_type and (not wanted or str(facts.get(fact)) == value):
            return True
    return False
