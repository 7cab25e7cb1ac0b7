"""Stored bytes: what is left out, what is kept as written, what is refused on reading."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from timeline.bitemporal import Window, parse_edtf
from timeline.errors import InvalidDate, InvalidEvent
from timeline.events import (
    Event,
    Kind,
    from_payload,
    read_disclosed,
    read_window,
    to_payload,
    topic_of,
)


def event(**given: Any) -> Event:
    return Event(**({"type": "flight.test_reported", "issuer": "larkspur", "item": "e"} | given))


def body(**given: Any) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(to_payload(event(**given)))
    return stored


def test_empty_fields_and_defaults_are_not_stored() -> None:
    assert body() == {"envelope": 1, "issuer": "larkspur", "item": "e", "recorded_by": "unknown"}


def test_type_and_version_stand_in_the_topic_alone() -> None:
    made = event(type_version=3)
    assert topic_of(made) == "flight.test_reported@3"
    assert {"type", "type_version"}.isdisjoint(body(type_version=3))


@pytest.mark.parametrize("value", [0, False, "", [], {}, 0.0, None])
def test_a_fact_that_is_little_is_still_a_fact(value: Any) -> None:
    stored = to_payload(event(facts={"value": value}))
    (read,) = from_payload("flight.test_reported@1", stored).facts.values()
    assert (type(read), read) == (type(value), value)


def test_the_text_of_a_window_is_kept_as_written() -> None:
    assert body(occurred=parse_edtf("2031-05?"))["occurred"] == "2031-05?"


def test_words_and_policy_go_with_their_window() -> None:
    told = Window(None, None, "../..", words="some day", policy=None)
    stored = to_payload(event(occurred=told))
    assert json.loads(stored)["occurred"] == {"edtf": "../..", "words": "some day"}
    assert from_payload("flight.test_reported@1", stored).occurred == told


def test_a_window_is_read_from_text_or_from_its_parts() -> None:
    parts = {"edtf": "2031-05", "words": "in May", "policy": "p/1"}
    read = read_window(parts)
    assert (read.earliest, read.latest) == (
        read_window("2031-05").earliest,
        read_window("2031-05").latest,
    )
    assert (read.words, read.policy) == ("in May", "p/1")


def test_disclosed_is_days_or_an_instant() -> None:
    assert read_disclosed("2031-05-14") == parse_edtf("2031-05-14")
    at = read_disclosed("2031-05-14T08:30:00.000001-04:00")
    assert at == datetime(2031, 5, 14, 12, 30, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2031-05-14T08:30:00", "2031-05/..", "2031-05/", "soon"])
def test_a_disclosure_nobody_can_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate):
        read_disclosed(text)


def test_a_type_nobody_knows_is_read_and_written_as_it_is() -> None:
    stored = (
        b'{"envelope":1,"facts":{"a":{"b":[1,1.0,null]}},"issuer":"x","item":"y","recorded_by":"z"}'
    )
    read = from_payload("mining.assay@9", stored)
    assert (read.type, read.type_version, read.kind) == ("mining.assay", 9, Kind.EVENT)
    assert (topic_of(read), to_payload(read)) == ("mining.assay@9", stored)


def test_an_envelope_of_a_later_release_is_refused_rather_than_read_in_part() -> None:
    stored = b'{"envelope":2,"issuer":"x","item":"y","new":1,"recorded_by":"z"}'
    with pytest.raises(InvalidEvent, match="later release") as told:
        from_payload("mining.assay@1", stored)
    assert told.value.place == "envelope"
