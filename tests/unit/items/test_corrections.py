"""A correction merges into the item's own keys, and is refused where the item would not read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.items.recording import SAID, after, correction, event, read, retraction
from timeline.errors import BadInput, InvalidDate, InvalidEvent
from timeline.events import Event, Kind
from timeline.items import Item, decide, fold, item_of, patched


def current(item: Item) -> Event:
    assert item.current is not None
    return item.current


def test_what_is_set_is_changed_and_the_rest_is_kept() -> None:
    before = event(facts={"wind": 3, "crew": {"pilot": "A", "second": "B"}}, program="lark-9")
    changes = {"occurred": "2031-05-13?", "facts": {"wind": 4, "crew": {"second": None}}}
    changed = patched(before, changes)
    expected = item_of(before) | {"occurred": "2031-05-13?"}
    expected["facts"] = {"wind": 4, "crew": {"pilot": "A"}}
    assert item_of(changed) == expected
    assert before == event(
        facts={"wind": 3, "crew": {"pilot": "A", "second": "B"}}, program="lark-9"
    )


def test_null_takes_a_key_away() -> None:
    assert patched(event(), {"summary": None}) == event(summary=None)


def test_whoever_recorded_the_item_stays_named() -> None:
    assert patched(event(), {"summary": "It landed."}).recorded_by == "ada"


def test_a_later_correction_works_on_what_an_earlier_one_left() -> None:
    first = correction("c1", summary="It landed.", occurred="2031-05-13")
    second = correction("c2", summary=None)
    item = after(event(), first, second)
    assert current(item) == event(summary=None, occurred="2031-05-13")
    assert item.recorded == event()


def test_a_nested_null_of_the_item_outlives_a_correction_beside_it() -> None:
    said = read(Kind.EXPECTATION, SAID | {"condition": {"milestone": "m", "program": None}})
    assert patched(said, {"words": "maybe"}).facts["condition"] == {
        "milestone": "m",
        "program": None,
    }


def test_a_statement_may_lose_its_window_and_its_program() -> None:
    item = after(read(Kind.EXPECTATION, SAID), correction("c1", "said", window=None, program=None))
    assert item_of(current(item)) == SAID | {"window": None, "program": None}


def test_the_type_of_an_event_can_be_corrected_with_what_it_implies() -> None:
    item = after(event(), correction("c1", type="milestone.failed", milestone="m"))
    assert current(item) == event(type="milestone.failed", milestone="m", outcome="failed")


def test_the_names_of_a_program_and_an_issuer_can_be_corrected() -> None:
    program = read(Kind.PROGRAM, {"id": "lark-9", "name": "Lark 8"})
    item = after(program, correction("c1", "lark-9", name="Lark 9", aliases=["L9"]))
    assert item_of(current(item)) == {"id": "lark-9", "name": "Lark 9", "aliases": ["L9"]}


@pytest.mark.parametrize(
    ("changes", "error", "place"),
    [
        ({"id": "other"}, InvalidEvent, "set.id"),
        ({"said_by": "a person"}, InvalidEvent, "set"),
        ({"position": 3}, InvalidEvent, "set"),
        ({"occurred": "soon"}, InvalidDate, "set.occurred"),
        ({"disclosed": "2031-05/.."}, InvalidDate, "set.disclosed"),
        ({"valid_to": "2031-05-14"}, BadInput, "set.valid_to"),
        ({"outcome": "reached"}, InvalidEvent, "set.milestone"),
        ({"personal": ["pilot"]}, InvalidEvent, "set.personal"),
    ],
)
def test_a_patch_that_cannot_be_is_refused_with_its_place(
    changes: dict[str, Any], error: type[BadInput], place: str
) -> None:
    with pytest.raises(error) as told:
        patched(event(), changes)
    assert told.value.place == place


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"occurred": 2031}, "set.occurred"),
        ({"occurred": None}, "set.occurred"),
        ({"type": None}, "set.type"),
        ({"type": "Flight"}, "set.type"),
        ({"facts": 3}, "set.facts"),
        ({"summary": ["It", "flew"]}, "set.summary"),
        ({"program": ""}, "set.program"),
        ({"locator": {"start": 3}}, "set.locator.end"),
        ({"locator": {"start": 3, "end": 4, "page": 1}}, "set.locator.page"),
        ({"personal": [1]}, "set.personal[0]"),
        ({"outcome": "met"}, "set.outcome"),
    ],
)
def test_a_correction_that_breaks_the_shape_of_its_item_is_not_recorded(
    changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidEvent) as told:
        decide(fold([event()]), correction("c1", **changes))
    assert told.value.place == place


def test_an_unknown_key_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InvalidEvent, match=r"event has no said_by; it has attributed_to, conf"):
        patched(event(), {"said_by": "a person"})


def test_a_retraction_leaves_nothing() -> None:
    item = after(event(), correction("c1", summary="It landed."), retraction("c2"))
    assert item.current is None
    assert item.recorded == event()
    assert item.version == 3
