"""Bodies of what is recorded by hand: exactly the keys that mean something."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api import bodies
from timeline.errors import BadInput

EVENT = {"type": "any.type"}


def data(**told: Any) -> bytes:
    return json.dumps(told).encode()


def place(read: Any, body: bytes) -> str | None:
    with pytest.raises(BadInput) as told:
        read(body)
    assert type(told.value) is BadInput
    return told.value.place


def test_each_body_gives_the_arguments_of_its_method() -> None:
    assert bodies.recording(data(issuer="i", event=EVENT)) == {
        "issuer": "i",
        "item": EVENT,
        "kind": "event",
    }
    common = {"issuer": None, "id": None, "reason": "r"}
    assert bodies.retraction(data(reason="r")) == common
    assert bodies.retraction(data(reason="r", id=None, issuer="i")) == common | {"issuer": "i"}
    assert bodies.correction(data(set={"x": None}, reason="r")) == common | {"changes": {"x": None}}
    assert bodies.adjudication(data(verdict="moot", reason="r")) == (
        common | {"verdict": "moot", "disclosed": None}
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"1", b'{"a": NaN}', b'{"reason": "r", "reason": "s"}', b"\xff"],
)
def test_what_is_no_object_is_said_of_the_body(body: bytes) -> None:
    for read in (bodies.recording, bodies.correction, bodies.retraction, bodies.adjudication):
        assert place(read, body) == "body"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (data(event=EVENT), "issuer"),
        (data(issuer=3, event=EVENT), "issuer"),
        (data(issuer="i"), None),
        (data(issuer="i", event=None), None),
        (data(issuer="i", event=EVENT, document={}), None),
        (data(issuer="i", event=[]), "event"),
        (data(issuer="i", events=EVENT), "events"),
        (data(issuer="i", event=EVENT, dry_run=True), "dry_run"),
    ],
)
def test_a_recording_has_an_issuer_and_one_item(body: bytes, wanted: str | None) -> None:
    assert place(bodies.recording, body) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (data(reason="r"), "set"),
        (data(set=[], reason="r"), "set"),
        (data(set={"x": 1}), "reason"),
        (data(set={"x": 1}, reason=["r"]), "reason"),
        (data(set={"x": 1}, reason="r", id=1), "id"),
        (data(set={"x": 1}, reason="r", Reason="r"), "Reason"),
    ],
)
def test_a_correction_says_what_and_why(body: bytes, wanted: str) -> None:
    assert place(bodies.correction, body) == wanted


def test_a_typo_gets_a_hint() -> None:
    with pytest.raises(BadInput, match="did you mean reason"):
        bodies.retraction(data(reasn="r"))
