"""The shape of items: the published JSON Schema, and complaints that say where and what."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import orjson

from timeline.errors import InvalidEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.events import Kind

SCHEMA = "bundle/timeline-bundle-1.schema.json"
WHOLE = "#"
_LONGEST = 200  # an instance may be a whole history; its first characters tell which one is meant


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of `timeline-bundle/1`."""
    loaded: dict[str, Any] = orjson.loads((files("timeline") / SCHEMA).read_bytes())
    return loaded


def complaints(value: Any, definition: str = WHOLE) -> Iterator[tuple[str, str]]:
    """Yield the place within `value` and the fault of all that breaks the schema.

    `definition` names the part of the schema to hold it against, as `event`; without it the whole.
    """
    yield from faults(
        _validators()[WHOLE if definition == WHOLE else f"#/$defs/{definition}"], value
    )


def faults(validator: Any, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the place within `value` and the fault of all that breaks the validator's schema."""
    if not validator.is_valid(value):
        for error in validator.iter_errors(value):
            yield from _told(error)


def require_shape(kind: Kind, item: dict[str, Any], *, place: str) -> None:
    """Refuse an item that breaks the schema of its kind; InvalidEvent names the first fault."""
    for inner, fault in complaints(item, kind.value):
        raise InvalidEvent(fault, place=joined(place, inner))


def joined(place: str | None, inner: str | None) -> str:
    """Return the place of `inner` within `place`: `events[3]` and `occurred`, either may lack."""
    if not place or not inner:
        return place or inner or ""
    return place + inner if inner.startswith("[") else f"{place}.{inner}"


@cache
def _validators() -> Any:
    return jsonschema_rs.validator_map_for(schema())


def _told(error: Any) -> Iterator[tuple[str, str]]:
    steps = list(error.instance_path)
    match error.kind.name:
        case "required":
            yield _place([*steps, error.kind.property]), "is required"
        case "additionalProperties":
            for key in error.kind.unexpected:
                yield _place([*steps, key]), "no such key is known here"
        case _:
            yield _place(steps), _shortened(error.message)


def _shortened(message: str) -> str:
    if len(message) <= _LONGEST:
        return message
    half = _LONGEST // 2
    return f"{message[:half]} ... {message[-half:]}"


def _place(steps: list[str | int]) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).lstrip(".")
