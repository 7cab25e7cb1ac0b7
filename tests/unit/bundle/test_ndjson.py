"""NDJSON: the head on its first line, then one item a line; the same bundle as the JSON."""

from __future__ import annotations

import json

import pytest

from tests.unit.bundle.files import FLOWN, HEAD, SAID, SMALL, lines, refused
from timeline.bundle import parse_bundle, read_bundle
from timeline.events import to_payload, topic_of


def test_both_forms_of_the_small_sample_hold_the_same() -> None:
    told = [read_bundle(SMALL / f"bundle.{form}") for form in ("json", "ndjson")]
    stored = [
        [(topic_of(event), to_payload(event)) for _, event in bundle.events(recorded_by="ada")]
        for bundle in told
    ]
    assert stored[0] == stored[1]


def test_the_order_of_lines_is_the_order_of_positions() -> None:
    read = parse_bundle(lines(HEAD, {"event": FLOWN}, {"program": {"id": "p"}}))
    assert [p.place for p in read.items] == ["line 2: event", "line 3: program"]


def test_blank_lines_and_foreign_line_ends_are_passed_over_but_counted() -> None:
    data = b"\n" + lines(HEAD) + b"\r\n\r\n" + lines({"event": FLOWN}) + b"\n\n"
    (placed,) = parse_bundle(data).items
    assert (placed.place, placed.item) == ("line 4: event", FLOWN)


def test_a_separator_of_lines_within_a_text_ends_no_line() -> None:
    told = FLOWN | {"summary": "one\u2028two\u0085three"}
    assert parse_bundle(lines(HEAD, {"event": told})).items[0].item == told


def test_a_head_alone_on_one_line_is_a_bundle() -> None:
    assert parse_bundle(lines(HEAD)) == parse_bundle(json.dumps(HEAD, indent=1).encode())


def test_a_head_may_have_sections_of_its_own() -> None:
    head = HEAD | {"programs": [{"id": "p"}], "events": None}
    read = parse_bundle(lines(head, {"event": FLOWN}))
    assert [p.place for p in read.items] == ["line 1: programs[0]", "line 2: event"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({"expectation": SAID | {"window": 3}}, "line 2: expectation.window: 3 is not of types"),
        ({"event": {"id": "x", "type": "a.b", "occurred": "1"}}, "line 2: event.disclosed: is req"),
        ({"event": FLOWN | {"more": 1}}, "line 2: event.more: no such key is known here"),
        ({"event": "flown"}, 'line 2: event: "flown" is not of type "object"'),
        ({"events": FLOWN}, "line 2: wants one object under one of program, document, event, exp"),
        ({"event": FLOWN, "program": {"id": "p"}}, "line 2: wants one object"),
        ({}, "line 2: wants one object"),
        ([FLOWN], "line 2: wants one object"),
        ({"issuer": {"id": "other"}}, "line 2: wants one object"),
        (HEAD, "line 2: wants one object"),
    ],
)
def test_a_complaint_names_its_line(line: object, complaint: str) -> None:
    assert refused(lines(HEAD, line)).startswith(complaint)


def test_all_lines_are_complained_about_at_once() -> None:
    told = refused(lines(HEAD | {"more": 1}, {"event": {"id": "x"}}, {"event": FLOWN}, {"what": 1}))
    assert told.startswith("line 1: more: no such key is known here; line 2: event.")
    assert "line 3" not in told
    assert "; line 4: wants one object" in told


def test_a_line_that_is_not_json_is_named() -> None:
    assert refused(lines(HEAD) + b"\n{").startswith("line 2 is not JSON: ")


def test_ids_given_twice_are_refused_with_both_lines() -> None:
    told = refused(lines(HEAD, {"event": FLOWN}, {"expectation": SAID}, {"event": FLOWN}))
    assert told == "line 4: event.id: 'flown' is the id at line 2: event already"


def test_lines_without_a_head_are_no_bundle() -> None:
    assert "is not JSON" in refused(lines({"event": FLOWN}, {"program": {"id": "p"}}))
