"""Events to stored bytes and back.

The stored payload is the canonical JSON of the envelope without its empty fields. Its shape is
frozen per version in `tests/golden`; a changed shape gets a new version and an upcaster.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from timeline.bitemporal import (
    OpenEnd,
    Window,
    counts_from,
    format_instant,
    parse_edtf,
    parse_instant,
)
from timeline.canonical import canonical_json
from timeline.errors import InvalidEvent
from timeline.events.envelope import (
    ENVELOPE_VERSION,
    Confidence,
    Event,
    Kind,
    Locator,
    Outcome,
    Result,
    Visibility,
)
from timeline.events.upcasting import UPCASTERS, upcast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline.events.upcasting import Upcaster

_LEFT_OUT: dict[str, Any] = {
    "kind": Kind.EVENT,
    "open_end": OpenEnd.UNTIL_NEXT,
    "visibility": Visibility.PUBLIC,
    "personal": (),
    "facts": {},
}
_NAMES = tuple(f.name for f in fields(Event) if f.name not in ("type", "type_version"))
_STORED = tuple((name, _LEFT_OUT.get(name)) for name in _NAMES)
_KNOWN = frozenset(_NAMES)
_NEEDED = frozenset({"issuer", "item"})


def topic_of(event: Event) -> str:
    """Return the stable stored name of the event's type and version, as `group.name@1`."""
    return f"{event.type}@{event.type_version}"


def to_payload(event: Event) -> bytes:
    """Return the canonical bytes of `event`: what is stored and what proofs are taken over."""
    body: dict[str, Any] = {"envelope": ENVELOPE_VERSION}
    for name, default in _STORED:
        value = getattr(event, name)
        if value is not None and value is not default and value != default:
            body[name] = _plain(value)
    return canonical_json(body)


def from_payload(
    topic: str, payload: bytes, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS
) -> Event:
    """Read a stored event of any version ever shipped, unknown types included.

    Raises InvalidEvent for an envelope of a later release, which would lose what it adds.
    """
    event_type, type_version = _named(topic)
    body, type_version = upcast(event_type, type_version, orjson.loads(payload), upcasters)
    envelope = body.pop("envelope")
    if envelope != ENVELOPE_VERSION:
        raise InvalidEvent(
            f"{topic} has envelope {envelope}, and {ENVELOPE_VERSION} is the newest known"
            " here; it was written by a later release, which can read it",
            place="envelope",
        )
    for name, value in body.items():
        if name in _READ:
            body[name] = _READ[name](value)
    return _made(event_type, type_version, body)


@lru_cache(maxsize=4096)
def _named(topic: str) -> tuple[str, int]:
    event_type, _, version = topic.rpartition("@")
    return event_type, int(version)


def _made(event_type: str, type_version: int, values: dict[str, Any]) -> Event:
    """Make the event without its `__init__`, which sets two dozen fields one by one.

    A rebuild makes millions of them. What is left out falls back to the class's defaults; what no
    event has, or must have, goes the ordinary way and is refused there.
    """
    if not (values.keys() >= _NEEDED and values.keys() <= _KNOWN):
        return Event(type=event_type, type_version=type_version, **values)
    event = object.__new__(Event)
    values.setdefault("facts", {})
    event.__dict__.update(values, type=event_type, type_version=type_version)
    event.__post_init__()
    return event


def _plain(value: Any) -> Any:
    match value:
        case str() | dict():
            return value
        case Window():
            return _window_text(value)
        case datetime():
            return format_instant(value)
        case Locator():
            return {"start": value.start, "end": value.end}
        case tuple():
            return list(value)
        case _:
            return value


def _window_text(window: Window) -> Any:
    if window.words is None and window.policy is None:
        return window.edtf
    told = {"edtf": window.edtf, "words": window.words, "policy": window.policy}
    return {k: v for k, v in told.items() if v is not None}


def read_window(value: Any) -> Window:
    """Read a window from EDTF text or from `{edtf, words, policy}`."""
    if isinstance(value, str):
        return parse_edtf(value)
    window = parse_edtf(value["edtf"])
    return Window(
        window.earliest, window.latest, window.edtf, value.get("words"), value.get("policy")
    )


def read_disclosed(value: Any) -> Window | datetime:
    """Read when something became public: EDTF days, or an instant with its offset."""
    if isinstance(value, str) and "T" in value:
        return parse_instant(value)
    window = read_window(value)
    counts_from(window)  # what has no last day would never become public
    return window


_READ: dict[str, Callable[[Any], Any]] = {
    "kind": cache(Kind),
    "occurred": read_window,
    "disclosed": read_disclosed,
    "valid_from": parse_instant,
    "valid_to": parse_instant,
    "open_end": cache(OpenEnd),
    "locator": lambda v: Locator(v["start"], v["end"]),
    "confidence": cache(Confidence),
    "visibility": cache(Visibility),
    "personal": tuple,
    "outcome": cache(Outcome),
    "result": cache(Result),
}
