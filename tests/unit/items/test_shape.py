"""The published schema: what every kind must say and may leave out."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from tests.unit.items.test_readers import FULL
from timeline.errors import InvalidEvent
from timeline.events import Kind
from timeline.items import complaints, joined, keys_of, require_shape, schema

REQUIRED = {
    "issuer": {"id"},
    "program": {"id"},
    "document": {"id"},
    "event": {"id", "type", "occurred", "disclosed"},
    "expectation": {"id", "program", "milestone", "window", "stated_on"},
    "adjudication": {"id", "expectation", "verdict", "disclosed"},
    "correction": {"id", "corrects", "set"},
    "draft": {"id", "kind", "type", "document", "published", "span", "text"},
}


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(schema())


@pytest.mark.parametrize("kind", Kind)
def test_what_a_kind_must_say(kind: Kind) -> None:
    faults = [(key, "is required") for key in REQUIRED[kind.value]]
    assert sorted(complaints({}, kind.value)) == sorted(faults)


@pytest.mark.parametrize("kind", Kind)
def test_every_other_key_may_be_absent_or_null(kind: Kind) -> None:
    whole = FULL[kind]
    assert not list(complaints(whole, kind.value))
    for key in set(whole) - REQUIRED[kind.value]:
        assert not list(complaints(whole | {key: None}, kind.value))
        assert not list(complaints({k: v for k, v in whole.items() if k != key}, kind.value))


@pytest.mark.parametrize("kind", Kind)
def test_what_must_be_said_may_not_be_null(kind: Kind) -> None:
    nullable = {"program", "window"} if kind is Kind.EXPECTATION else set()
    whole = FULL[kind]
    for key in REQUIRED[kind.value]:
        faults = [place for place, _ in complaints(whole | {key: None}, kind.value)]
        assert faults == ([] if key in nullable else [key])


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.CORRECTION])
def test_a_kind_has_just_the_keys_a_correction_may_set(kind: Kind) -> None:
    # A data subject is gone before anything is decided: what is left of it is refused.
    properties = set(schema()["$defs"][kind.value]["properties"]) - {"id", "data_subject"}
    assert properties == keys_of(kind)


def test_a_retraction_says_what_it_retracts_and_sets_nothing() -> None:
    assert not list(complaints({"id": "c", "retracts": "e", "set": None}, "correction"))
    both = {"id": "c", "retracts": "e", "corrects": "e", "set": {"summary": "x"}}
    assert sorted(place for place, _ in complaints(both, "correction")) == ["corrects", "set"]


def test_a_correction_sets_something() -> None:
    faults = list(complaints({"id": "c", "corrects": "e", "set": {}}, "correction"))
    assert [place for place, _ in faults] == ["set"]


@pytest.mark.parametrize("name", ["", "x" * 201, "two\nlines", "a\ttab", "nul\0", 7, None])
def test_an_id_is_a_short_text_on_one_line(name: Any) -> None:
    assert [place for place, _ in complaints({"id": name}, "program")] == ["id"]


@pytest.mark.parametrize("name", ["x" * 200, "e 1/ü:§", "2031-05-14"])
def test_an_id_is_otherwise_free(name: str) -> None:
    assert not list(complaints({"id": name}, "program"))


def test_a_long_instance_is_cut_short_in_a_complaint() -> None:
    ((place, fault),) = complaints({"id": "p", "name": ["x" * 10_000]}, "program")
    assert place == "name"
    assert len(fault) < 250
    assert fault.endswith('is not of types "null", "string"')


def test_the_first_fault_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidEvent) as told:
        require_shape(Kind.PROGRAM, {"id": "p", "aliases": ["a", 1]}, place="programs[2]")
    assert told.value.place == "programs[2].aliases[1]"


@pytest.mark.parametrize(
    ("place", "inner", "whole"),
    [
        ("events[3]", "occurred", "events[3].occurred"),
        ("set", "[0]", "set[0]"),
        ("events[3]", "", "events[3]"),
        (None, "occurred", "occurred"),
        (None, None, ""),
    ],
)
def test_places_are_joined(place: str | None, inner: str | None, whole: str) -> None:
    assert joined(place, inner) == whole
