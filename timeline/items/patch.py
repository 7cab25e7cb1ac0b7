"""Corrections: a merge patch (RFC 7396) on an item's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import BadInput, InvalidEvent
from timeline.items.readers import event_of
from timeline.items.shape import joined, require_shape
from timeline.items.writers import item_of, keys_of, with_required_keys

if TYPE_CHECKING:
    from timeline.events import Event

_PLACE = "set"


def patched(event: Event, changes: dict[str, Any]) -> Event:
    """Return `event` as it reads once `changes` are merged into its item.

    Raises InvalidEvent for an unknown key or the id, BadInput where the result cannot be read;
    both name the place within the correction, as `set.occurred`.
    """
    item = _merged(event, changes)
    try:
        return event_of(event.kind, item, issuer=event.issuer, recorded_by=event.recorded_by)
    except BadInput as error:
        raise error.at(joined(_PLACE, error.place)) from None


def require_correctable(event: Event, changes: dict[str, Any]) -> None:
    """Refuse `changes` that would leave an item nobody may import; raises as `patched` does.

    Asked before a correction is recorded, never when one is read: what is recorded must load.
    """
    require_shape(event.kind, _merged(event, changes), place=_PLACE)
    patched(event, changes)


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


def _merged(event: Event, changes: dict[str, Any]) -> dict[str, Any]:
    if "id" in changes:
        raise InvalidEvent("an id is never corrected; retract and record anew", place="set.id")
    unknown = sorted(set(changes) - keys_of(event.kind))
    if unknown:
        known = ", ".join(sorted(keys_of(event.kind)))
        raise InvalidEvent(
            f"{event.kind} has no {', '.join(unknown)}; it has {known}", place=_PLACE
        )
    return with_required_keys(event.kind, merge_patch(item_of(event), changes))
