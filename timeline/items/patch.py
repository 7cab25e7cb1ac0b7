"""Corrections: a merge patch (RFC 7396) on an item's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import InvalidEvent
from timeline.items.readers import event_of
from timeline.items.writers import item_of, keys_of

if TYPE_CHECKING:
    from timeline.events import Event


def patched(event: Event, changes: dict[str, Any]) -> Event:
    """Return `event` as it reads once `changes` are merged into its item.

    Raises InvalidEvent for an unknown key or the id, BadInput where the result cannot be read.
    """
    if "id" in changes:
        raise InvalidEvent("an id is never corrected; retract and record anew", place="set.id")
    unknown = sorted(set(changes) - keys_of(event.kind))
    if unknown:
        known = ", ".join(sorted(keys_of(event.kind)))
        raise InvalidEvent(f"{event.kind} has no {', '.join(unknown)}; it has {known}", place="set")
    item = merge_patch(item_of(event), changes)
    return event_of(event.kind, item, issuer=event.issuer, recorded_by=event.recorded_by)


def merge_patch(target: Any, patch: Any) -> Any:
    """Apply a JSON merge patch: RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged
