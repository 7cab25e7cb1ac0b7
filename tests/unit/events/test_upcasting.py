"""Old shapes are brought up one step at a time; newer ones pass through untouched."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from timeline.commands import stored
from timeline.events import Event, from_payload, to_payload
from timeline.events.upcasting import UPCASTERS, upcast

if TYPE_CHECKING:
    import pytest

    from timeline.events.upcasting import Upcaster

TYPE = "flight.test_reported"
ENVELOPE = {"envelope": 1, "issuer": "larkspur", "item": "e", "recorded_by": "ada"}


def _with_trail(step: str) -> Upcaster:
    def upcaster(body: dict[str, Any]) -> dict[str, Any]:
        facts = body["facts"]
        return body | {"facts": facts | {"trail": [*facts.get("trail", []), step]}}

    return upcaster


STEPS: dict[tuple[str, int], Upcaster] = {
    (TYPE, 2): _with_trail("2 to 3"),
    (TYPE, 1): _with_trail("1 to 2"),
    ("flight.other", 3): _with_trail("another type's"),
}


def test_steps_run_in_order_from_the_stored_version() -> None:
    stored = json.dumps(ENVELOPE | {"facts": {}}).encode()
    oldest = from_payload(f"{TYPE}@1", stored, STEPS)
    assert (oldest.type_version, oldest.facts) == (3, {"trail": ["1 to 2", "2 to 3"]})
    older = from_payload(f"{TYPE}@2", stored, STEPS)
    assert (older.type_version, older.facts) == (3, {"trail": ["2 to 3"]})


def test_the_newest_and_newer_versions_take_no_step() -> None:
    for version in (3, 4, 7):
        body = ENVELOPE | {"facts": {"only": "here"}}
        assert upcast(TYPE, version, body, STEPS) == (body, version)


def test_a_newer_version_is_written_back_byte_for_byte() -> None:
    stored = (
        b'{"envelope":1,"facts":{"new":{"deep":[{}]}},"issuer":"i","item":"e","recorded_by":"a"}'
    )
    read = from_payload(f"{TYPE}@7", stored, STEPS)
    assert (read.type_version, to_payload(read)) == (7, stored)


def test_what_an_older_version_says_is_not_taken_for_what_will_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = Event(type=TYPE, type_version=2, issuer="larkspur", item="e")
    monkeypatch.setitem(UPCASTERS, (TYPE, 2), STEPS[TYPE, 2])
    assert stored(older, uuid4(), 1).source is None
    newest = replace(older, type_version=3)
    assert stored(newest, uuid4(), 1).source is newest


def test_what_comes_in_is_not_changed_by_a_step() -> None:
    body = ENVELOPE | {"facts": {}}
    upcast(TYPE, 1, body, STEPS)
    assert body == ENVELOPE | {"facts": {}}


def test_every_real_step_leads_to_a_next_version_of_its_own_type() -> None:
    for event_type, version in UPCASTERS:
        assert (event_type, version - 1) in UPCASTERS or version == 1
