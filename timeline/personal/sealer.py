"""Events made fit to be stored: what is personal in them sealed, as event -> event.

The data subject is named by the caller and never in the log, where it would outlive its erasure:
there stands the random id of its key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.errors import Conflict, InvalidEvent
from timeline.events import Kind, Unsealed, scope_of
from timeline.items import CORRECTED, fold, merge_patch
from timeline.personal.sealed import PREFIX, Sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.events import Event
    from timeline.items import Item
    from timeline.packs import Vocabulary
    from timeline.personal.ring import KeyRing

    Facts = Mapping[str, Any]

ERASED = "personal.erased"
_WHOSE = "data_subject"


class _Before(NamedTuple):
    """What an event is held against: the item as it read before it, and itself if recorded."""

    current: Event | None
    same: Event | None

    @classmethod
    def of(cls, item: Item, event: Event) -> _Before:
        name = event.item, scope_of(event.kind)
        for at, seen in enumerate(item.seen):
            if (seen.item, scope_of(seen.kind)) == name:
                return cls(fold(item.seen[:at]).current, seen)
        return cls(item.current, None)


@dataclass(slots=True)
class Sealer:
    """Seals with the keys of `ring`; `packs` say which facts are read by their value."""

    ring: KeyRing
    packs: Vocabulary

    def load(self, pairs: Iterable[tuple[Event, Item | None]]) -> None:
        """Look up the keys that `sealed` will ask for, of events with their items, all at once."""
        subjects: set[tuple[str, str]] = set()
        ids: set[str] = set()
        for event, item in pairs:
            subject = data_subject_of(event)
            if subject is not None:
                subjects.add((event.issuer, subject))
            for seen in () if item is None else item.seen:
                ids |= {sealed.key for sealed in _all_sealed(seen)}
        self.ring.load(subjects, ids)

    def sealed(self, event: Event, item: Item) -> Event:
        """Return `event` as it is to be stored, as the next version of `item`.

        An event that is recorded already is sealed as it was then, so that the two can be compared;
        where its key is erased, its personal facts count as they stand. Raises InvalidEvent naming
        the place of what cannot be sealed, Conflict for a correction of an erasure.
        """
        if event.kind is Kind.CORRECTION:
            return self._correction(event, item)
        if event.type == ERASED:
            raise InvalidEvent("is recorded by an erasure alone: `timeline erase`", place="type")
        return self._event(event, item) if event.personal else event

    def _event(self, event: Event, item: Item) -> Event:
        same = _Before.of(item, event).same
        if same is None:
            self._require_sealable(event.type, event.facts, event.personal, "personal")
        facts = dict(event.facts)
        for name in event.personal:
            given = facts[name]
            whose = given.data_subject if isinstance(given, Unsealed) else None
            value = given.value if isinstance(given, Unsealed) else given
            stands = None if same is None else same.facts.get(name)
            facts[name] = self._value(value, whose, (event, event.item, name), same, stands)
        return replace(event, facts=facts)

    def _correction(self, event: Event, item: Item) -> Event:
        if item.recorded is not None and item.recorded.type == ERASED:
            raise Conflict("an erasure is never corrected or taken back: what it erased is gone")
        changes: dict[str, Any] = event.facts.get("set", {})
        before = _Before.of(item, event)
        current = before.current
        if event.type != CORRECTED or current is None or current.kind is not Kind.EVENT:
            return event
        if changes.get("type") == ERASED:
            raise InvalidEvent("is recorded by an erasure alone", place="set.type")
        if not (current.personal or changes.get("personal") or _WHOSE in changes):
            return event
        set_ = {key: value for key, value in changes.items() if key != _WHOSE}
        if _readable(changes):
            set_ |= self._changed_facts(event, before, current, changes)
        return replace(event, facts={**event.facts, "set": set_})

    def _changed_facts(
        self, event: Event, before: _Before, current: Event, changes: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the facts that a correction sets, what is personal among them sealed."""
        facts, whose = changes.get("facts") or {}, changes.get(_WHOSE)
        names = changes["personal"] or () if "personal" in changes else current.personal
        if before.same is None:
            event_type, told = changes.get("type") or current.type, {**current.facts, **facts}
            self._require_sealable(event_type, told, names, "set.personal")
            _require_marked(current, facts, names)
        sealed = {}
        for name in facts:
            if name in names:
                value = merge_patch(self._known(current.facts.get(name)), facts[name])
                stands = None if before.same is None else _facts_of(before.same).get(name)
                place = event, current.item, name
                sealed[name] = self._value(value, whose, place, before.same, stands)
        if whose is not None and not sealed:
            raise InvalidEvent(
                "goes with a personal fact that is set; set one", place=f"set.{_WHOSE}"
            )
        return {"facts": {**facts, **sealed}} if sealed else {}

    def _value(
        self,
        value: Any,
        whose: str | None,
        place: tuple[Event, str, str],
        same: Event | None,
        stands: Any,
    ) -> Any:
        """Return `value` sealed; as it `stands` where that is in the clear, or unreadable."""
        event, item, fact = place
        recorded = Sealed.read(stands)
        if same is not None and recorded is None:
            return value
        if recorded is not None and self.ring.by_id(recorded.key) is None:
            return stands
        if value is None:  # that nothing holds says nothing of anybody
            return None
        if whose is None:
            key = "set.data_subject" if event.kind is Kind.CORRECTION else _WHOSE
            raise InvalidEvent(f"say whose the personal fact {fact!r} is", place=key)
        return self.ring.of(event.issuer, whose).seal(value, item=item, fact=fact)

    def _known(self, value: Any) -> Any:
        """Return what a recorded value says, None where it is erased."""
        sealed = Sealed.read(value)
        if sealed is None:
            return value
        key = self.ring.by_id(sealed.key)
        try:
            return None if key is None else key.opened(sealed)
        except ValueError:  # it was altered in the log, which is not for a correction to find
            return None

    def _require_sealable(
        self, event_type: str, facts: Facts, names: Iterable[str], place: str
    ) -> None:
        """Refuse to seal what a pack reads: sealed it would name, count or decide nothing."""
        read = self.packs.reads(event_type, facts)
        for name in names:
            if name in read:
                raise InvalidEvent(
                    f"{name!r} {read[name]}, so it cannot be sealed; record a pseudonym there and"
                    " keep who it is elsewhere",
                    place=place,
                )


def data_subject_of(event: Event) -> str | None:
    """Return whose personal facts the caller says `event` sets; None once they are sealed.

    Raises InvalidEvent where a correction names nobody by name.
    """
    if event.kind is not Kind.CORRECTION:
        given = (event.facts.get(name) for name in event.personal)
        return next((one.data_subject for one in given if isinstance(one, Unsealed)), None)
    changes = event.facts.get("set")
    whose = changes.get(_WHOSE) if isinstance(changes, dict) else None
    if whose is not None and not (isinstance(whose, str) and whose):
        raise InvalidEvent("is to be text that names somebody", place=f"set.{_WHOSE}")
    return whose


def _readable(changes: dict[str, Any]) -> bool:
    """Say whether facts and marks have their shape; where not, the decision says what is wrong."""
    facts, names = changes.get("facts"), changes.get("personal")
    return (facts is None or isinstance(facts, dict)) and (
        names is None or (isinstance(names, list) and all(isinstance(n, str) for n in names))
    )


def _require_marked(current: Event, facts: Facts, names: Iterable[str]) -> None:
    """Refuse to mark what the log has in the clear, and to unmark what stays sealed."""
    for name, value in current.facts.items():
        clear = value is not None and Sealed.read(value) is None
        if clear and name in names and name not in current.personal:
            raise InvalidEvent(
                f"{name!r} is recorded in the clear, and stays so in the log; retract the item and"
                " record it anew under another id",
                place="set.personal",
            )
        if not clear and value is not None and name not in names and name not in facts:
            raise InvalidEvent(
                f"{name!r} is sealed; leave it in, or take the fact out as well",
                place="set.personal",
            )


def _facts_of(event: Event) -> Facts:
    """Return the facts of an event, or those that a correction sets."""
    if event.kind is not Kind.CORRECTION:
        return event.facts
    return (event.facts.get("set") or {}).get("facts") or {}


def _all_sealed(event: Event) -> Iterator[Sealed]:
    for value in _facts_of(event).values():
        if isinstance(value, str) and value.startswith(PREFIX):
            sealed = Sealed.read(value)
            if sealed is not None:
                yield sealed
