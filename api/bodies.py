"""What is recorded by hand, as JSON: the bodies that HTTP posts, and the command line reads.

A key that is unknown is refused, for a typo in `reason` or `id` would pass and mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from timeline.bundle import read_json
from timeline.commands import RECORDABLE
from timeline.errors import BadInput
from timeline.events import Kind

ITEMS = tuple(kind.value for kind in RECORDABLE if kind is not Kind.ISSUER)
"""The keys that an item to be recorded may stand under."""


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON object, and reading its keys; null is as good as absent."""

    told: dict[str, Any]

    @classmethod
    def read(cls, data: bytes, *known: str) -> Body:
        """Read an object that has none but `known` keys; raises BadInput."""
        try:
            told = read_json(data, "the body")
        except BadInput as error:
            raise BadInput(error.message, place="body") from None
        if not isinstance(told, dict):
            raise BadInput("is to be one JSON object", place="body")
        for key in told:
            if key not in known:
                raise BadInput(f"no such key is known here{_hint(key, known)}", place=key[:60])
        return cls({key: value for key, value in told.items() if value is not None})

    def text(self, key: str) -> str:
        """Return the text under `key`."""
        return _text(self._given(key), key)

    def text_or_none(self, key: str) -> str | None:
        """Return the text under `key`, None where there is none."""
        return self.text(key) if key in self.told else None

    def object(self, key: str) -> dict[str, Any]:
        """Return the object under `key`."""
        value = self._given(key)
        if not isinstance(value, dict):
            raise BadInput("is to be an object", place=key)
        return value

    def truth(self, key: str) -> bool:
        """Return the truth value under `key`, false where there is none."""
        value = self.told.get(key, False)
        if not isinstance(value, bool):
            raise BadInput("is to be true or false", place=key)
        return value

    def one_of(self, keys: tuple[str, ...]) -> str:
        """Return which of `keys` is there; exactly one is to be."""
        there = [key for key in keys if key in self.told]
        if len(there) != 1:
            raise BadInput(f"holds {' and '.join(there) or 'none'} of {', '.join(keys)}; give one")
        return there[0]

    def _given(self, key: str) -> Any:
        if key not in self.told:
            raise BadInput("is required", place=key)
        return self.told[key]


def recording(data: bytes) -> dict[str, Any]:
    """Read `{"issuer": ..., "event": {...}}` as arguments of `Timeline.record`."""
    body = Body.read(data, "issuer", *ITEMS)
    kind = body.one_of(ITEMS)
    return {"issuer": body.text("issuer"), "item": body.object(kind), "kind": kind}


def correction(data: bytes) -> dict[str, Any]:
    """Read `{"set": {...}, "reason": ...}` as arguments of `Timeline.correct`."""
    body = Body.read(data, "issuer", "id", "set", "reason")
    return {"changes": body.object("set"), **_common(body)}


def retraction(data: bytes) -> dict[str, Any]:
    """Read `{"reason": ...}` as arguments of `Timeline.retract`."""
    return _common(Body.read(data, "issuer", "id", "reason"))


def adjudication(data: bytes) -> dict[str, Any]:
    """Read `{"verdict": ..., "reason": ...}` as arguments of `Timeline.adjudicate`."""
    body = Body.read(data, "issuer", "id", "verdict", "disclosed", "reason")
    told = {"verdict": body.text("verdict"), "disclosed": body.text_or_none("disclosed")}
    return told | _common(body)


def erasure(data: bytes) -> dict[str, Any]:
    """Read `{"data_subject": ..., "reason": ...}` as arguments of `Timeline.erase`."""
    body = Body.read(data, "data_subject", "reason")
    return {"data_subject": body.text("data_subject"), "reason": body.text("reason")}


def extraction(data: bytes) -> dict[str, Any]:
    """Read `{"issuer": ..., "published": ..., "text": ...}` as arguments of `Timeline.extract`."""
    texts = ("issuer", "published", "fiscal_year_end", "document", "name")
    body = Body.read(data, "text", "save", *texts)
    told: dict[str, Any] = {name: body.text(name) for name in ("issuer", "published")}
    told |= {name: body.text_or_none(name) for name in texts[2:]}
    return told | {"data": body.text("text"), "save": body.truth("save")}


def draft_edit(data: bytes) -> dict[str, Any]:
    """Read `{"set": {...}}` as arguments of `Timeline.edit`."""
    body = Body.read(data, "issuer", "set", "reason")
    told = {name: body.text_or_none(name) for name in ("issuer", "reason")}
    return told | {"changes": body.object("set")}


def acceptance(data: bytes) -> dict[str, Any]:
    """Read `{"set": {...}}`, where anything is set, as arguments of `Timeline.accept`."""
    body = Body.read(data or b"{}", "issuer", "id", "set", "reason")
    told = {name: body.text_or_none(name) for name in ("issuer", "id", "reason")}
    return told | {"changes": body.object("set") if "set" in body.told else None}


def rejection(data: bytes) -> dict[str, Any]:
    """Read `{"reason": ...}` as arguments of `Timeline.reject`."""
    body = Body.read(data, "issuer", "reason")
    return {"issuer": body.text_or_none("issuer"), "reason": body.text("reason")}


def _common(body: Body) -> dict[str, Any]:
    told = {"issuer": body.text_or_none("issuer"), "id": body.text_or_none("id")}
    return told | {"reason": body.text("reason")}


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise BadInput("is to be text", place=key)
    return value


def _hint(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
