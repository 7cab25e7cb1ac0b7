"""Items read as events, and written back as they were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.items.recording import FLOWN, SAID, event, read
from timeline.bitemporal import OpenEnd, Window, parse_edtf
from timeline.errors import BadInput, InvalidDate, InvalidEvent
from timeline.events import Kind, Locator, Outcome, Result, Visibility
from timeline.items import item_of, keys_of, require_shape

FULL: dict[Kind, dict[str, Any]] = {
    Kind.ISSUER: {
        "id": "larkspur",
        "name": "Larkspur",
        "aliases": ["L"],
        "identifiers": {"LEI": "5"},
        "packs": ["core"],
        "fiscal_year_end": "04-30",
    },
    Kind.PROGRAM: {"id": "lark-9", "name": "Lark 9", "aliases": ["L9"], "attributes": {"x": None}},
    Kind.DOCUMENT: {
        "id": "release",
        "publisher": "Larkspur",
        "published": "2031-05-20T12:30:00.000001Z",
        "kind": "news_release",
        "title": "It flew",
        "url": "urn:example:1",
        "sha256": "0" * 64,
    },
    Kind.EVENT: FLOWN
    | {
        "type_version": 2,
        "program": "lark-9",
        "valid_from": "2031-05-14T00:00:00Z",
        "valid_to": "2031-06-01T00:00:00Z",
        "open_end": "forever",
        "document": "release",
        "locator": {"start": 0, "end": 8},
        "attributed_to": "the pilot",
        "reason": "logbook",
        "confidence": "low",
        "visibility": "internal",
        "personal": ["pilot"],
        "milestone": "first_flight",
        "qualifier": "prototype 1",
        "outcome": "reached",
        "result": "mixed",
        "facts": {"pilot": "A. N. Other", "legs": [1, None]},
    },
    Kind.EXPECTATION: SAID
    | {
        "qualifier": "EU",
        "said_by": "Larkspur",
        "document": "release",
        "locator": {"start": 9, "end": 12},
        "confidence": "high",
        "words": "in 2032",
        "condition": {"text": "if it flies", "milestone": "first_flight", "program": None},
        "withdraws": "said-0",
    },
    Kind.ADJUDICATION: {
        "id": "ruling",
        "expectation": "said",
        "verdict": "moot",
        "disclosed": "2033-01-01",
        "document": "release",
        "reason": "seen",
    },
    Kind.CORRECTION: {
        "id": "mended",
        "corrects": "flown",
        "set": {"summary": None, "facts": {"wind": 3}},
        "reason": "misread",
    },
    Kind.DRAFT: {
        "id": "draft-1",
        "kind": "expectation",
        "type": "timing",
        "document": "release",
        "published": "2031-05-20",
        "span": {"start": 9, "end": 12},
        "text": "Certification is expected in 2032 if it flies.",
        "program": "lark-9",
        "milestone": "certification",
        "qualifier": "EU",
        "window": {"edtf": "2032", "words": "in 2032", "policy": "window-policy/1"},
        "condition": "if it flies",
        "speaker": "Larkspur",
        "facts": {"seats": 9},
        "outcome": "reached",
        "result": "mixed",
        "summary": "Certified",
        "confidence": 0.5,
        "why": "expected, in 2032",
        "state": "accepted",
        "recorded_as": "ex-draft-1",
    },
}


@pytest.mark.parametrize("kind", Kind)
def test_an_item_with_every_key_is_written_back_as_it_was(kind: Kind) -> None:
    item = FULL[kind]
    require_shape(kind, item, place="item")
    assert item_of(read(kind, item)) == item
    if kind is not Kind.CORRECTION:
        assert set(item) == {"id"} | keys_of(kind)


def test_a_retraction_is_written_back_as_it_was() -> None:
    item = {"id": "gone", "retracts": "flown", "reason": "not ours"}
    assert item_of(read(Kind.CORRECTION, item)) == item


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.CORRECTION])
@pytest.mark.parametrize("empty", [None, [], {}])
def test_an_empty_key_says_as_little_as_an_absent_one(kind: Kind, empty: Any) -> None:
    needed = {"id", "type", "occurred", "disclosed", "expectation", "verdict", "milestone"}
    needed |= {"program", "window", "stated_on"} if kind is Kind.EXPECTATION else set()
    least = {key: value for key, value in FULL[kind].items() if key in needed}
    least |= {"milestone": "m", "outcome": "failed"} if kind is Kind.EVENT else {}
    said = least | {key: empty for key in FULL[kind] if key not in least}
    assert item_of(read(kind, said)) == item_of(read(kind, least)) == least


def test_an_exported_expectation_keeps_the_keys_a_bundle_must_have() -> None:
    said = SAID | {"program": None, "window": None}
    assert item_of(read(Kind.EXPECTATION, said)) == said


@pytest.mark.parametrize("edtf", ["2031", "2031-05?", "2031-22", "2031-05-XX", "../2031-05-14"])
def test_edtf_is_kept_as_written(edtf: str) -> None:
    made = event(occurred=edtf, disclosed=edtf)
    assert (made.occurred, made.disclosed) == (parse_edtf(edtf), parse_edtf(edtf))
    assert item_of(made)["occurred"] == item_of(made)["disclosed"] == edtf


def test_disclosed_may_be_an_instant_of_any_offset() -> None:
    made = event(disclosed="2031-05-20T08:30:00-04:00")
    assert made.disclosed == datetime(2031, 5, 20, 12, 30, tzinfo=UTC)
    assert item_of(made)["disclosed"] == "2031-05-20T12:30:00Z"


def test_a_document_published_at_an_instant_is_of_that_day_in_utc() -> None:
    item = {"id": "d", "published": "2031-05-20T22:30:00-04:00"}
    made = read(Kind.DOCUMENT, item)
    assert made.occurred == parse_edtf("2031-05-21")
    assert made.disclosed == datetime(2031, 5, 21, 2, 30, tzinfo=UTC)


def test_a_day_as_a_bound_stands_for_its_first_instant() -> None:
    made = event(valid_from="2031-05-14", valid_to="2031-06-01T02:00:00+02:00")
    assert made.valid_from == datetime(2031, 5, 14, tzinfo=UTC)
    assert made.valid_to == datetime(2031, 6, 1, tzinfo=UTC)


def test_the_parts_of_an_event_have_their_types() -> None:
    made = read(Kind.EVENT, FULL[Kind.EVENT])
    assert made.locator == Locator(0, 8)
    assert (made.visibility, made.open_end) == (Visibility.INTERNAL, OpenEnd.FOREVER)
    assert (made.outcome, made.result) == (Outcome.REACHED, Result.MIXED)
    assert made.personal == ("pilot",)


def test_what_is_not_said_has_its_default() -> None:
    made = event()
    assert (made.visibility, made.open_end) == (Visibility.PUBLIC, OpenEnd.UNTIL_NEXT)
    assert (made.type_version, made.personal, made.locator) == (1, (), None)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("milestone.reached", Outcome.REACHED), ("milestone.failed", Outcome.FAILED)],
)
def test_a_milestone_event_implies_its_outcome(name: str, outcome: Outcome) -> None:
    assert event(type=name, milestone="m").outcome is outcome
    assert event(type=name, milestone="m", outcome=outcome.value).outcome is outcome


def test_other_events_imply_no_outcome() -> None:
    assert event(milestone="m").outcome is None


def test_a_statement_is_public_from_its_last_day_whatever_its_document() -> None:
    made = read(Kind.EXPECTATION, SAID | {"stated_on": "2031-05", "document": "release"})
    assert made.disclosed_at == datetime(2031, 5, 31, tzinfo=UTC)
    assert isinstance(made.occurred, Window)


REFUSED: list[tuple[Kind, dict[str, Any], type[BadInput], str]] = [
    (Kind.EVENT, {"occurred": "soon"}, InvalidDate, "occurred"),
    (Kind.EVENT, {"occurred": "2031-05-14T00:00:00Z"}, InvalidDate, "occurred"),
    (Kind.EVENT, {"disclosed": "2031-13"}, InvalidDate, "disclosed"),
    (Kind.EVENT, {"disclosed": "2031-05-14T00:00:00"}, InvalidDate, "disclosed"),
    (Kind.EVENT, {"disclosed": "2031-05/.."}, InvalidDate, "disclosed"),
    (Kind.EVENT, {"valid_from": "2031-05"}, InvalidDate, "valid_from"),
    (Kind.EVENT, {"valid_from": "2031-05-14", "valid_to": "14 May"}, InvalidDate, "valid_to"),
    (Kind.EVENT, {"open_end": "never"}, InvalidEvent, "open_end"),
    (Kind.EVENT, {"visibility": "secret"}, InvalidEvent, "visibility"),
    (Kind.EVENT, {"confidence": "total"}, InvalidEvent, "confidence"),
    (Kind.EVENT, {"milestone": "m", "outcome": "met"}, InvalidEvent, "outcome"),
    (Kind.EVENT, {"result": "good"}, InvalidEvent, "result"),
    (Kind.EVENT, {"locator": {"start": 3, "end": 3}}, InvalidEvent, "locator"),
    (Kind.EVENT, {"personal": ["pilot"]}, InvalidEvent, "personal"),
    (Kind.EVENT, {"outcome": "reached"}, InvalidEvent, "milestone"),
    (Kind.EVENT, {"type": "milestone.reached"}, InvalidEvent, "milestone"),
    (
        Kind.EVENT,
        {"type": "milestone.reached", "milestone": "m", "outcome": "failed"},
        InvalidEvent,
        "outcome",
    ),
    (
        Kind.EVENT,
        {"type": "milestone.failed", "milestone": "m", "outcome": "reached"},
        InvalidEvent,
        "outcome",
    ),
    (Kind.EVENT, {"type": "fact.stated"}, InvalidEvent, "facts.subject"),
    (
        Kind.EVENT,
        {"type": "fact.stated", "facts": {"subject": "s", "attribute": 4}},
        InvalidEvent,
        "facts.attribute",
    ),
    (Kind.EXPECTATION, {"window": "next year"}, InvalidDate, "window"),
    (Kind.EXPECTATION, {"stated_on": "2031-05/.."}, InvalidEvent, "stated_on"),
    (Kind.EXPECTATION, {"stated_on": "2031-05-14T00:00:00Z"}, InvalidDate, "stated_on"),
    (Kind.DOCUMENT, {"published": "2031-05/.."}, InvalidDate, "published"),
    (Kind.ADJUDICATION, {"disclosed": ".."}, InvalidDate, "disclosed"),
]
LEAST: dict[Kind, dict[str, Any]] = {
    Kind.EVENT: FLOWN,
    Kind.EXPECTATION: SAID,
    Kind.DOCUMENT: {"id": "release"},
    Kind.ADJUDICATION: {"id": "r", "expectation": "said", "verdict": "moot"},
}


@pytest.mark.parametrize(("kind", "given", "error", "place"), REFUSED)
def test_an_item_that_cannot_be_read_is_refused_with_its_place(
    kind: Kind, given: dict[str, Any], error: type[BadInput], place: str
) -> None:
    with pytest.raises(error) as told:
        read(kind, LEAST[kind] | given)
    assert told.value.place == place
