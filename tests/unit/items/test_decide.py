"""Given what is recorded of an item, when one more comes, then it is appended, known or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.items.recording import FLOWN, SAID, after, correction, event, read, retraction
from timeline.errors import Conflict, ItemExists, NotFound
from timeline.events import Event, Kind
from timeline.items import CORRECTED, RETRACTED, Item, decide, fold, target_of

NOTHING = Item()


def test_given_nothing_when_an_event_comes_then_it_is_appended() -> None:
    assert decide(NOTHING, event()) == event()


def test_given_an_event_when_it_comes_again_then_nothing_is() -> None:
    assert decide(after(event()), event()) is None


@pytest.mark.parametrize("keep", [{"facts": {}}, {"program": None}, {"personal": []}])
def test_keys_that_say_nothing_are_no_other_content(keep: dict[str, Any]) -> None:
    assert decide(after(event()), event(**keep)) is None


def test_who_recorded_it_is_no_other_content() -> None:
    again = read(Kind.EVENT, FLOWN, recorded_by="grace")
    assert decide(after(event()), again) is None


@pytest.mark.parametrize(
    "given",
    [
        {"summary": "It landed."},
        {"occurred": "2031-05-14?"},
        {"facts": {"wind": 3}},
        {"type_version": 2},
        {"visibility": "internal"},
        {"type": "flight.other"},
    ],
)
def test_the_same_id_with_other_content_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ItemExists, match="'flown' is recorded with other content"):
        decide(after(event()), event(**given))


@pytest.mark.parametrize(("one", "other"), [(0, False), (1, True), (1, 1.0), ("", None), ([], {})])
def test_values_of_other_types_are_other_content(one: Any, other: Any) -> None:
    with pytest.raises(ItemExists):
        decide(after(event(facts={"value": one})), event(facts={"value": other}))


def test_an_id_taken_by_another_kind_is_refused() -> None:
    document = read(Kind.DOCUMENT, {"id": "flown"})
    with pytest.raises(ItemExists, match="kind event"):
        decide(after(event()), document)


def test_a_correction_may_not_take_the_id_of_what_it_corrects() -> None:
    with pytest.raises(ItemExists, match="kind event"):
        decide(after(event()), correction("flown", summary="x"))


@pytest.mark.parametrize(
    "made", [correction("lark-9", "lark-9", name="Lark 9"), retraction("lark-9", "lark-9")]
)
def test_a_correction_may_not_take_the_id_of_the_program_it_corrects(made: Event) -> None:
    program = read(Kind.PROGRAM, {"id": "lark-9", "name": "Lark 8"})
    with pytest.raises(ItemExists, match="'lark-9' is taken"):
        decide(after(program), made)


@pytest.mark.parametrize("made", [correction("c1", summary="x"), retraction("c1")])
def test_given_nothing_a_correction_finds_nothing(made: Event) -> None:
    with pytest.raises(NotFound, match="'flown'") as told:
        decide(NOTHING, made)
    assert told.value.place == ("corrects" if made.type == CORRECTED else "retracts")


@pytest.mark.parametrize("made", [correction("c2", summary="x"), retraction("c2")])
def test_given_a_retraction_when_another_change_comes_then_it_conflicts(made: Event) -> None:
    with pytest.raises(Conflict, match="was retracted"):
        decide(after(event(), retraction("c1")), made)


@pytest.mark.parametrize("made", [correction("c1", summary="x"), retraction("c1")])
def test_given_a_change_when_it_comes_again_then_nothing_is(made: Event) -> None:
    item = after(event(), made)
    assert decide(item, made) is None
    assert decide(item, replace(made, recorded_by="grace")) is None


def test_a_corrections_id_with_other_content_is_refused() -> None:
    item = after(event(), correction("c1", summary="x"))
    with pytest.raises(ItemExists):
        decide(item, correction("c1", summary="y"))
    with pytest.raises(ItemExists):
        decide(item, retraction("c1"))


def test_given_changes_when_the_item_comes_as_first_recorded_then_nothing_is() -> None:
    changes = correction("c1", summary="x"), retraction("c2")
    assert decide(after(event(), *changes), event()) is None


def test_an_item_as_a_correction_left_it_is_other_content() -> None:
    with pytest.raises(ItemExists):
        decide(after(event(), correction("c1", summary="x")), event(summary="x"))


def test_the_type_of_a_correction_does_not_make_a_correction_of_an_event() -> None:
    for name in (CORRECTED, RETRACTED):
        named_so = event(type=name, facts={"retracts": "other", "corrects": "other"})
        item = after(named_so)
        assert item.current == item.recorded == named_so


def test_a_change_says_what_it_speaks_of() -> None:
    assert target_of(correction("c1", "e1", summary="x")) == "e1"
    assert target_of(retraction("c1", "e2")) == "e2"


def test_the_versions_of_an_item_are_counted() -> None:
    assert fold([]).version == 0
    assert after(event(), correction("c1", summary="x")).version == 2


LARKSPUR = {"id": "larkspur", "name": "Larkspur", "aliases": ["L"], "packs": ["core"]}
LARK_9 = {"id": "lark-9", "name": "Lark 9", "attributes": {"seats": 9}}


@pytest.mark.parametrize(("kind", "whole"), [(Kind.ISSUER, LARKSPUR), (Kind.PROGRAM, LARK_9)])
def test_a_later_bundle_may_name_an_issuer_or_program_by_part_of_its_keys(
    kind: Kind, whole: dict[str, Any]
) -> None:
    recorded = after(read(kind, whole))
    for key, value in whole.items():
        assert decide(recorded, read(kind, {"id": whole["id"], key: value})) is None
        assert decide(recorded, read(kind, whole | ({key: None} if key != "id" else {}))) is None


@pytest.mark.parametrize(
    ("kind", "whole", "given"),
    [
        (Kind.ISSUER, LARKSPUR, {"name": "Larkspur Inc."}),
        (Kind.ISSUER, LARKSPUR, {"aliases": ["L", "M"]}),
        (Kind.ISSUER, LARKSPUR, {"identifiers": {"LEI": "5"}}),
        (Kind.ISSUER, LARKSPUR, {"packs": ["biotech"]}),
        (Kind.PROGRAM, LARK_9, {"attributes": {"seats": 9.0}}),
        (Kind.PROGRAM, LARK_9, {"aliases": ["L9"]}),
    ],
)
def test_what_it_says_of_them_must_be_what_is_recorded(
    kind: Kind, whole: dict[str, Any], given: dict[str, Any]
) -> None:
    with pytest.raises(ItemExists):
        decide(after(read(kind, whole)), read(kind, {"id": whole["id"], **given}))


def test_an_issuer_may_be_named_as_recorded_and_as_corrected_but_not_half_and_half() -> None:
    mended = correction("c1", "larkspur", name="Larkspur Aviation", aliases=["LA"])
    item = after(read(Kind.ISSUER, LARKSPUR), mended)
    for named in (LARKSPUR, {"id": "larkspur", "name": "Larkspur Aviation", "aliases": ["LA"]}):
        assert decide(item, read(Kind.ISSUER, named)) is None
    mixed = {"id": "larkspur", "name": "Larkspur Aviation", "aliases": ["L"]}
    with pytest.raises(ItemExists):
        decide(item, read(Kind.ISSUER, mixed))


def test_other_kinds_are_not_named_by_a_part_of_their_keys() -> None:
    whole = read(Kind.EXPECTATION, SAID | {"words": "in 2032"})
    with pytest.raises(ItemExists):
        decide(after(whole), read(Kind.EXPECTATION, SAID))
    document = read(Kind.DOCUMENT, {"id": "d", "title": "It flew"})
    with pytest.raises(ItemExists):
        decide(after(document), read(Kind.DOCUMENT, {"id": "d"}))
