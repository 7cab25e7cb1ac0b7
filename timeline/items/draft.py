"""The steps of a draft: proposed, then edited, then accepted or rejected, and no other way.

A step is a version of the draft, like a correction: what a person edits is what the reading got
wrong. Only these steps change a draft, and they change nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import Conflict
from timeline.events import Kind

if TYPE_CHECKING:
    from timeline.events import Event

EDITED = "intake.draft_edited"
ACCEPTED = "intake.draft_accepted"
REJECTED = "intake.draft_rejected"
STEPS = (EDITED, ACCEPTED, REJECTED)
STATES = ("proposed", "accepted", "rejected")
_OPEN = STATES[0]


def state_of(draft: Event) -> str:
    """Return how far a draft has come: one of STATES."""
    return str(draft.facts.get("state", _OPEN))


def require_step(item: Event, step: Event) -> None:
    """Refuse a version that the item as it reads now cannot get; raises Conflict."""
    is_step = step.type in STEPS
    if item.kind is not Kind.DRAFT:
        if is_step:
            raise Conflict(f"{item.item!r} is no draft; correct or retract it")
        return
    if not is_step:
        raise Conflict(f"{item.item!r} is a draft: edit, accept or reject it")
    require_open(item)


def require_open(draft: Event) -> None:
    """Refuse a draft that was decided on; raises Conflict with the way out."""
    told: dict[str, Any] = dict(draft.facts)
    match state_of(draft):
        case "accepted":
            raise Conflict(
                f"the draft {draft.item!r} was accepted, and recorded as {told['recorded_as']!r};"
                " correct or retract that"
            )
        case "rejected":
            raise Conflict(
                f"the draft {draft.item!r} was rejected; record by hand what it is to say"
            )
