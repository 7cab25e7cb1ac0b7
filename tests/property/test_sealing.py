"""Sealing changes no answer: whatever is recorded and corrected, it reads as if it were plain."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from timeline.events import Event, Kind
from timeline.items import Item, event_of, evolve
from timeline.packs import vocabulary
from timeline.personal import KeyRing, Sealed, Sealer

NAMES = ("pilot", "home", "legs")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=5,
)
FACTS = st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1)
PERSONAL = ("pilot", "home")
WHOSE = {"data_subject": "employee 17"}


def _nowhere() -> Any:
    raise AssertionError("no key is looked up")


def _recorded(facts: dict[str, Any], *, personal: bool) -> Event:
    item: dict[str, Any] = {"id": "flown", "type": "flight.test_reported", "facts": facts}
    marked = [name for name in PERSONAL if name in facts]
    if personal and marked:
        item |= {"personal": marked} | WHOSE
    return event_of(Kind.EVENT, item, issuer="larkspur", recorded_by="ann")


def _corrected(number: int, now: Event, facts: dict[str, Any], *, personal: bool) -> Event:
    set_: dict[str, Any] = {"facts": facts}
    if personal:
        left = {**now.facts, **facts}
        gone = [n for n, value in facts.items() if value is None]
        set_["personal"] = [n for n in PERSONAL if n in left and n not in gone]
        set_ |= WHOSE if any(n in PERSONAL for n in facts) else {}
        if any(n in PERSONAL for n in facts) and not any(n in set_["personal"] for n in facts):
            set_.pop("data_subject", None)
    told = {"id": f"c{number}", "corrects": "flown", "set": set_, "reason": "misread"}
    return event_of(Kind.CORRECTION, told, issuer="larkspur", recorded_by="ann")


def _opened(event: Event, ring: KeyRing) -> dict[str, Any]:
    opened = {}
    for name, value in event.facts.items():
        sealed = Sealed.read(value)
        key = ring.by_id(sealed.key) if sealed else None
        opened[name] = key.opened(sealed) if key and sealed else value
    return opened


@given(first=FACTS, patches=st.lists(FACTS, max_size=4))
def test_what_is_sealed_and_corrected_reads_as_if_it_were_plain(
    first: dict[str, Any], patches: list[dict[str, Any]]
) -> None:
    ring = KeyRing(_nowhere)
    sealer = Sealer(ring, vocabulary())
    plain = evolve(Item(), _recorded(first, personal=False))
    stored = evolve(Item(), sealer.sealed(_recorded(first, personal=True), Item()))
    for number, facts in enumerate(patches):
        now = plain.current
        assert now is not None
        plain = evolve(plain, _corrected(number, now, facts, personal=False))
        correction = _corrected(number, now, facts, personal=True)
        again = sealer.sealed(correction, stored)
        stored = evolve(stored, again)
        assert sealer.sealed(correction, stored) == again
    assert plain.current is not None
    assert stored.current is not None
    assert _opened(stored.current, ring) == plain.current.facts
    for name in PERSONAL:
        value = stored.current.facts.get(name)
        assert value is None or Sealed.read(value) is not None
