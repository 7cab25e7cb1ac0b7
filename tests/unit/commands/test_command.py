"""Given what somebody asks, when it is read as a command, then it is an event, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from timeline.commands import RECORDABLE, Command, adjudicate, correct, record, retract
from timeline.errors import BadInput, InvalidDate, InvalidEvent
from timeline.events import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

FLOWN: dict[str, Any] = {
    "id": "flown",
    "type": "flight.test_reported",
    "occurred": "2031-05-14",
    "disclosed": "2031-05-20",
}
SAID: dict[str, Any] = {
    "id": "said",
    "program": None,
    "milestone": "certification",
    "window": "2032",
    "stated_on": "2031-05-20",
}


def refused(command: Command) -> BadInput:
    with pytest.raises(BadInput) as told:
        command.event(issuer="larkspur", recorded_by="ada")
    return told.value


def test_given_an_item_when_it_is_recorded_then_it_is_the_event_of_an_import() -> None:
    event = record("event", FLOWN).event(issuer="larkspur", recorded_by="ada")
    assert (event.kind, event.item, event.recorded_by) == (Kind.EVENT, "flown", "ada")
    said = record("expectation", SAID).event(issuer="larkspur", recorded_by="ada")
    assert (said.kind, said.milestone) == (Kind.EXPECTATION, "certification")


@pytest.mark.parametrize("kind", ["adjudication", "correction", "Event", "", "x"])
def test_given_another_kind_when_it_is_recorded_then_the_kinds_are_named(kind: str) -> None:
    with pytest.raises(BadInput, match="event, expectation, document, program, issuer") as told:
        record(kind, FLOWN)
    assert told.value.place == "kind"


@pytest.mark.parametrize("item", [None, [], "flown", 1])
def test_given_no_object_when_it_is_recorded_then_it_is_refused(item: Any) -> None:
    with pytest.raises(BadInput, match="event: is to be an object"):
        record("event", item)


@pytest.mark.parametrize(
    ("given", "error", "place"),
    [
        ({"occurred": None}, InvalidEvent, "event.occurred"),
        ({"occurred": "soon"}, InvalidDate, "event.occurred"),
        ({"occured": "2031"}, InvalidEvent, "event.occured"),
        ({"type": "Flight"}, InvalidEvent, "event.type"),
        ({"locator": {"start": 3, "end": 3}}, InvalidEvent, "event.locator"),
        ({"outcome": "reached"}, InvalidEvent, "event.milestone"),
        ({"id": "a\x7fb"}, InvalidEvent, "event.id"),
    ],
)
def test_given_a_bad_key_when_it_is_recorded_then_its_place_is_named(
    given: dict[str, Any], error: type[BadInput], place: str
) -> None:
    told = refused(record("event", FLOWN | given))
    assert type(told) is error
    assert told.place == place


def test_given_a_change_when_it_is_read_then_it_says_what_and_why() -> None:
    mended = correct("flown", {"summary": "It flew."}, reason="misread", item="c1")
    event = mended.event(issuer="larkspur", recorded_by="ada")
    assert event.facts == {"corrects": "flown", "set": {"summary": "It flew."}}
    assert (event.item, event.reason) == ("c1", "misread")
    gone = retract("flown", reason="twice", item="c2").event(issuer="larkspur", recorded_by="ada")
    assert gone.facts == {"retracts": "flown"}
    decided = adjudicate("said", "moot", reason="sold", item="a1", disclosed="2031-06")
    event = decided.event(issuer="larkspur", recorded_by="ada")
    assert event.facts == {"expectation": "said", "verdict": "moot"}
    assert event.occurred is not None
    assert event.occurred.edtf == "2031-06"


@pytest.mark.parametrize("reason", ["", " ", "\n", None, 1])
def test_given_no_reason_when_something_is_taken_back_then_it_is_refused(reason: Any) -> None:
    makers: list[Callable[[], Command]] = [
        lambda: correct("flown", {"summary": "x"}, reason=reason),
        lambda: retract("flown", reason=reason),
        lambda: adjudicate("said", "moot", reason=reason),
    ]
    for make in makers:
        with pytest.raises(BadInput, match="say why") as told:
            make()
        assert told.value.place == "reason"


@pytest.mark.parametrize(
    ("command", "place"),
    [
        (correct("", {"summary": "x"}, reason="r", item="c"), "target"),
        (correct("f" * 201, {"summary": "x"}, reason="r", item="c"), "target"),
        (retract("", reason="r", item="c"), "target"),
        (correct("flown", {}, reason="r", item="c"), "set"),
        (retract("flown", reason="r", item=""), "id"),
        (adjudicate("said", "late", reason="r", item="a", disclosed="2031"), "verdict"),
        (adjudicate("said", "moot", reason="r", item="a", disclosed="soon"), "disclosed"),
        (adjudicate("", "moot", reason="r", item="a", disclosed="2031"), "expectation"),
    ],
)
def test_given_a_bad_change_when_it_is_read_then_its_place_is_named(
    command: Command, place: str
) -> None:
    assert refused(command).place == place


def test_what_is_left_open_is_filled_in_and_nothing_else_is() -> None:
    open_ = adjudicate("said", "moot", reason="sold")
    filled = open_.completed(id="new", disclosed="2031-06-01")
    assert (filled.item["id"], filled.item["disclosed"]) == ("new", "2031-06-01")
    assert filled.completed(id="newer").item["id"] == "new"
    assert record("event", {k: v for k, v in FLOWN.items() if k != "id"}).completed(
        id="e"
    ).item == (FLOWN | {"id": "e"})


def test_a_digest_is_of_what_was_said() -> None:
    digest = retract("flown", reason="twice").digest("larkspur")
    assert digest == retract("flown", reason="twice").digest("larkspur")
    others = [
        retract("flown", reason="twice").digest("lark"),
        retract("flown", reason="twice").digest(None),
        retract("flown", reason="thrice").digest("larkspur"),
        retract("flown", reason="twice", item="c").digest("larkspur"),
        correct("flown", {"summary": "x"}, reason="twice").digest("larkspur"),
        record("event", FLOWN).digest("larkspur"),
        record("event", FLOWN | {"facts": {"n": 1}}).digest("larkspur"),
        record("event", FLOWN | {"facts": {"n": 1.0}}).digest("larkspur"),
        record("event", FLOWN | {"facts": {"n": True}}).digest("larkspur"),
        record("document", FLOWN).digest("larkspur"),
    ]
    assert len({digest, *others}) == len(others) + 1


def test_what_a_command_speaks_of() -> None:
    assert correct("flown", {"summary": "x"}, reason="r").target == "flown"
    assert retract("flown", reason="r").target == "flown"
    assert adjudicate("said", "moot", reason="r").target == "said"
    assert record("event", FLOWN).target is None


def test_what_can_be_recorded_has_its_word_on_the_command_line() -> None:
    from api.cli.recording import _KINDS  # noqa: PLC0415  # a copy, so that --help loads nothing

    assert tuple(kind.value for kind in RECORDABLE) == _KINDS
