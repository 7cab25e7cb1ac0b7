"""The steps of a person on a draft, as the events that record them: edit, accept, reject."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from timeline.canonical import canonical_json
from timeline.errors import BadInput, InvalidEvent
from timeline.events import Event, Kind, Visibility
from timeline.intake.drafts.accepted import recorded_item
from timeline.items import (
    ACCEPTED,
    EDITED,
    REJECTED,
    event_of,
    item_of,
    joined,
    merge_patch,
    patched,
    require_shape,
    state_of,
)
from timeline.items.draft import require_open

if TYPE_CHECKING:
    from timeline.packs import Vocabulary

    Changes = dict[str, Any]

EDITABLE = (
    *("kind", "type", "program", "milestone", "qualifier", "window", "condition", "speaker"),
    *("facts", "outcome", "result", "summary"),
)
_ENDS_AS = {ACCEPTED: "accepted", REJECTED: "rejected"}
_SET = "set"
_WAY_OUT = "; edit the draft, or say it on accepting"


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done: the `type` of the step, the id of the draft, and what goes with it.

    `changes` are a merge patch on the draft; `item` is the id under which it is to be recorded.
    """

    type: str
    draft: str
    changes: Changes = field(default_factory=dict)
    reason: str | None = None
    item: str | None = None

    def digest(self, issuer: str | None) -> str:
        """Return what tells this request from any other."""
        told = [issuer, self.type, self.draft, self.changes, self.reason, self.item]
        return hashlib.sha256(canonical_json(told)).hexdigest()


def events_of(step: Step, draft: Event, *, recorded_by: str, packs: Vocabulary) -> list[Event]:
    """Return the events that do `step` on `draft`, as it reads now; none where it is done.

    Raises Conflict for a draft that was decided otherwise, BadInput for what cannot be recorded,
    naming the key of the draft or the place within `set`.
    """
    changed = _changed(step, draft)
    if _is_done(step, draft, changed):
        return []
    require_open(draft)
    made = [_step(draft, EDITED, changed, step, recorded_by)] if changed else []
    if step.type == REJECTED:
        made.append(_step(draft, REJECTED, {"state": "rejected"}, step, recorded_by))
    if step.type == ACCEPTED:
        item = _item(step, patched(draft, changed), recorded_by, packs)
        done = {"state": "accepted", "recorded_as": item.item}
        made += [item, _step(draft, ACCEPTED, done, step, recorded_by)]
    return made


def _is_done(step: Step, draft: Event, changed: Changes) -> bool:
    """Say whether the draft was decided just so before; by whom and why does not matter."""
    same = step.item in (None, draft.facts.get("recorded_as")) and not changed
    return same and _ENDS_AS.get(step.type) == state_of(draft)


def _changed(step: Step, draft: Event) -> Changes:
    """Return those of the changes that change anything."""
    unknown = [key for key in step.changes if key not in EDITABLE]
    if unknown:
        told = f"{', '.join(unknown)} cannot be edited; there are {', '.join(EDITABLE)}"
        raise InvalidEvent(told, place=_SET)
    now = item_of(draft)
    told_ = {key: _by_a_person(key, value) for key, value in step.changes.items()}
    return {k: v for k, v in told_.items() if merge_patch(now.get(k), v) != now.get(k)}


def _by_a_person(key: str, value: Any) -> Any:
    """Return a window given as EDTF alone as the patch it means: no policy has read that."""
    if key == "window" and isinstance(value, str):
        return {"edtf": value, "policy": None}
    return value


def _step(draft: Event, step_type: str, set_: Changes, step: Step, recorded_by: str) -> Event:
    facts: Changes = {"corrects": draft.item, "set": set_}
    if step_type == EDITED:
        now = item_of(draft)
        facts["was"] = {key: now.get(key) for key in set_}
    return Event(
        type=step_type,
        issuer=draft.issuer,
        item=str(uuid4()),
        kind=Kind.CORRECTION,
        visibility=Visibility.INTERNAL,
        recorded_by=recorded_by,
        reason=step.reason,
        facts=facts,
    )


def _item(step: Step, draft: Event, recorded_by: str, packs: Vocabulary) -> Event:
    try:
        kind, item = recorded_item(item_of(draft), step.item, packs)
        require_shape(kind, item, place="")
        return event_of(kind, item, issuer=draft.issuer, recorded_by=recorded_by)
    except BadInput as error:
        raise way_out(error) from None


def way_out(error: BadInput) -> BadInput:
    """Return `error`, of what is to be recorded, with what can be done about the draft."""
    place = joined("", error.place)
    return type(error)(error.message + _WAY_OUT, place=place or None)
