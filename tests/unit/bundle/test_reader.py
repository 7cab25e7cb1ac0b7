"""A bundle file is read whole, or every fault in it is named with its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.bundle.files import FLOWN, HEAD, SAID, SMALL, refused
from timeline.bundle import Bundle, bundle_of, parse_bundle, read_bundle
from timeline.errors import BadInput, InvalidBundle, InvalidDate, InvalidEvent
from timeline.events import Kind

if TYPE_CHECKING:
    from pathlib import Path


def events_refused(bundle: Bundle) -> BadInput:
    with pytest.raises(BadInput) as told:
        bundle.events(recorded_by="ada")
    return told.value


def test_the_least_bundle_is_an_issuer() -> None:
    bundle = bundle_of(HEAD)
    (only,) = bundle.events(recorded_by="ada")
    assert (only[0], only[1].kind, only[1].item) == ("issuer", Kind.ISSUER, "larkspur")
    assert (only[1].recorded_by, only[1].facts) == ("ada", {})


def test_sections_come_in_the_order_of_the_format_and_items_in_their_own() -> None:
    second = FLOWN | {"id": "a-later-one"}
    body = {"corrections": [{"id": "c", "retracts": "flown"}], "events": [FLOWN, second]}
    read = bundle_of(HEAD | body | {"programs": [{"id": "p"}]}).events(recorded_by="ada")
    assert [place for place, _ in read] == [
        "issuer",
        "programs[0]",
        "events[0]",
        "events[1]",
        "corrections[0]",
    ]
    assert [event.item for _, event in read][2:4] == ["flown", "a-later-one"]


def test_packs_join_what_is_said_of_the_issuer() -> None:
    ((_, issuer),) = bundle_of(HEAD | {"packs": ["core"]}).events(recorded_by="ada")
    assert issuer.facts == {"packs": ["core"]}
    ((_, issuer),) = bundle_of(HEAD | {"packs": None}).events(recorded_by="ada")
    assert issuer.facts == {}


@pytest.mark.parametrize("section", ["programs", "documents", "events", "expectations"])
def test_a_section_may_be_absent_null_or_empty(section: str) -> None:
    assert bundle_of(HEAD | {section: None}) == bundle_of(HEAD | {section: []}) == bundle_of(HEAD)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"events": [FLOWN, FLOWN | {"id": "x", "occurred": None}]}, "events[1].occurred: null"),
        ({"events": [{"id": "x"} | {"type": "a.b"}] * 1}, "events[0].occurred: is required"),
        ({"events": [FLOWN | {"ocurred": "2031"}]}, "events[0].ocurred: no such key is known here"),
        ({"expectations": [SAID | {"window": 2032}]}, "expectations[0].window: 2032 is not"),
        ({"issuer": {"name": "L"}}, "issuer.id: is required"),
        ({"issuer": None}, "issuer: null is not"),
        ({"isuer": {}}, "isuer: no such key is known here"),
        ({"format": "timeline-bundle/2"}, 'format: "timeline-bundle/1" was expected'),
        ({"events": {"flown": FLOWN}}, "events: "),
        ({"expectations": [SAID | {"condition": {"if": 1}}]}, "expectations[0].condition.if: no"),
        ({"documents": [{"id": "d", "sha256": "AB"}]}, "documents[0].sha256: "),
        ({"events": [FLOWN | {"locator": {"start": -1, "end": 2}}]}, "events[0].locator.start: -1"),
        ({"adjudications": [{"id": "a"}]}, "adjudications[0].disclosed: is required"),
        ({"corrections": [{"id": "c"}]}, "corrections[0].corrects: is required"),
        ({"packs": "core"}, 'packs: "core" is not'),
    ],
)
def test_a_complaint_names_its_place(body: dict[str, Any], complaint: str) -> None:
    assert complaint in refused(HEAD | body)


@pytest.mark.parametrize("body", [[], "bundle", None, 7])
def test_a_bundle_is_an_object(body: Any) -> None:
    assert "is not of type" in refused(json.dumps(body).encode())


def test_a_format_must_be_said() -> None:
    assert refused({"issuer": {"id": "larkspur"}}) == "format: is required"


def test_all_complaints_are_told_at_once() -> None:
    body = {"programs": [{"name": 1}], "events": [{"id": ""}], "more": 1}
    told = refused(HEAD | body)
    for place in ("programs[0].id", "programs[0].name", "events[0].id", "events[0].type", "more"):
        assert f"{place}: " in told


def test_of_very_many_complaints_twenty_are_told() -> None:
    told = refused(HEAD | {"programs": [{"id": n} for n in range(27)]})
    assert told.count("programs[") == 20
    assert told.endswith("; and 7 more")
    assert "more" not in refused(HEAD | {"programs": [{"id": n} for n in range(20)]})


@pytest.mark.parametrize(
    ("body", "error", "place"),
    [
        ({"events": [FLOWN | {"occurred": "2031-13"}]}, InvalidDate, "events[0].occurred"),
        ({"events": [FLOWN | {"disclosed": "2031/.."}]}, InvalidDate, "events[0].disclosed"),
        ({"expectations": [SAID | {"window": "soon"}]}, InvalidDate, "expectations[0].window"),
        ({"documents": [{"id": "d", "published": "?"}]}, InvalidDate, "documents[0].published"),
        (
            {"events": [FLOWN | {"type": "milestone.failed", "outcome": "reached"}]},
            InvalidEvent,
            "events[0].outcome",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    body: dict[str, Any], error: type[BadInput], place: str
) -> None:
    told = events_refused(bundle_of(HEAD | body))
    assert (type(told), told.place) == (error, place)


def test_all_that_cannot_be_read_is_told_at_once() -> None:
    events = [FLOWN | {"id": str(n), "occurred": "soon"} for n in range(25)]
    told = str(events_refused(bundle_of(HEAD | {"events": events})))
    assert told.count("is not a date") == 20
    assert "events[0].occurred: 'soon'" in told
    assert told.endswith("; and 5 more")


def test_an_id_given_twice_is_refused_with_both_places() -> None:
    body = {"events": [FLOWN, FLOWN | {"id": "x"}, FLOWN], "documents": [{"id": "x"}]}
    told = refused(HEAD | body)
    assert "events[1].id: 'x' is the id at documents[0] already" in told
    assert "events[2].id: 'flown' is the id at events[0] already" in told


def test_programs_and_issuers_have_ids_of_their_own() -> None:
    body = {"programs": [{"id": "larkspur"}], "documents": [{"id": "larkspur"}]}
    assert len(bundle_of(HEAD | body).items) == 2


def test_the_small_sample_reads() -> None:
    read = read_bundle(SMALL / "bundle.json").events(recorded_by="ada")
    assert {event.kind for _, event in read} == set(Kind) - {Kind.DRAFT}
    assert len(read) == 18


def test_a_byte_order_mark_is_passed_over() -> None:
    data = (SMALL / "bundle.json").read_bytes()
    assert parse_bundle(b"\xef\xbb\xbf" + data) == parse_bundle(data)


def test_a_complaint_about_a_file_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text(json.dumps(HEAD | {"more": 1}))
    with pytest.raises(InvalidBundle, match=r"^history.json: more: no such key") as told:
        read_bundle(path)
    assert told.value.place == "history.json: more"
    path.write_text("{")
    with pytest.raises(InvalidBundle, match=r"^history.json: the file is not JSON"):
        read_bundle(path)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidBundle, match="is a folder, not a file"):
        read_bundle(tmp_path)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InvalidBundle, match=r"history\.json: cannot be read: No such file"):
        read_bundle(tmp_path / "history.json")
