"""The commands of recording by hand: record, correct, retract, adjudicate.

A command is an item as a person writes it, held against the same schema as one of a bundle, and
read as the same event. Pure: the id and the day that a caller leaves open arrive as data.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from timeline.canonical import canonical_json
from timeline.errors import BadInput
from timeline.events import Kind
from timeline.items import event_of, joined, require_shape

if TYPE_CHECKING:
    from timeline.events import Event

    Item = dict[str, Any]

RECORDABLE = (Kind.EVENT, Kind.EXPECTATION, Kind.DOCUMENT, Kind.PROGRAM, Kind.ISSUER)
"""The kinds of item that `record` takes; the others have commands of their own."""

_TARGET = "target"
_CALLED = {"corrects": _TARGET, "retracts": _TARGET}


@dataclass(frozen=True, slots=True)
class Command:
    """One item to be recorded; `place` is what complaints call it."""

    kind: Kind
    item: Item
    place: str = ""

    @property
    def target(self) -> str | None:
        """The id of the item it speaks of, where it speaks of another one."""
        named = (self.item.get(key) for key in ("corrects", "retracts", "expectation"))
        return next((name for name in named if name is not None), None)

    @property
    def is_personal(self) -> bool:
        """Whether it names a data subject, so that its digest is not to be kept as it is."""
        changes = self.item.get("set")
        told = (self.item, changes if isinstance(changes, dict) else {})
        return any(one.get("data_subject") is not None for one in told)

    def digest(self, issuer: str | None) -> str:
        """Return what tells this request from any other: of what was said, not of defaults."""
        told = {"issuer": issuer, "kind": self.kind.value, "item": self.item}
        return hashlib.sha256(canonical_json(told)).hexdigest()

    def completed(self, **defaults: str) -> Command:
        """Return the command with `defaults` at the keys that say nothing."""
        missing = {k: v for k, v in defaults.items() if self.item.get(k) is None}
        return replace(
            self, item=missing | {k: v for k, v in self.item.items() if k not in missing}
        )

    def event(self, *, issuer: str, recorded_by: str) -> Event:
        """Return the event that records the item.

        Raises InvalidEvent where it breaks the schema, BadInput naming the key that cannot be used.
        """
        try:
            require_shape(self.kind, self.item, place="")
            return event_of(self.kind, self.item, issuer=issuer, recorded_by=recorded_by)
        except BadInput as error:
            raise self.told(error.at(joined(self.place, error.place))) from None

    def told(self, error: BadInput) -> BadInput:
        """Return `error` said of what the caller gave: of the target, not of the item's key."""
        return error.at(_CALLED[error.place]) if error.place in _CALLED else error


def record(kind: str, item: Item) -> Command:
    """Record `item` of one of the kinds RECORDABLE; raises BadInput for another."""
    if kind not in RECORDABLE:
        known = ", ".join(RECORDABLE)
        raise BadInput(f"{kind!r} is nothing to record; take one of {known}", place="kind")
    if not isinstance(item, dict):
        raise BadInput("is to be an object", place=kind)
    return Command(Kind(kind), item, place=kind)


def correct(target: str, changes: Item, *, reason: str, item: str | None = None) -> Command:
    """Set `changes` on the item `target`: we misread the source. `item` is the correction's id."""
    told = {"id": item, "corrects": target, "set": changes, "reason": _why(reason)}
    return Command(Kind.CORRECTION, told)


def retract(target: str, *, reason: str, item: str | None = None) -> Command:
    """Take the item `target` out of the record: we should not have recorded it."""
    return Command(Kind.CORRECTION, {"id": item, "retracts": target, "reason": _why(reason)})


def adjudicate(
    expectation: str,
    verdict: str,
    *,
    reason: str,
    item: str | None = None,
    disclosed: str | None = None,
) -> Command:
    """Decide on one statement; `disclosed` is when the decision became public."""
    told = {"id": item, "expectation": expectation, "verdict": verdict, "disclosed": disclosed}
    return Command(Kind.ADJUDICATION, told | {"reason": _why(reason)})


def _why(reason: str) -> str:
    if not isinstance(reason, str) or not reason.strip():
        raise BadInput("say why, for those who read it later", place="reason")
    return reason
