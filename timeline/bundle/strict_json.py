"""JSON read without loss: what would be changed on the way in is refused instead.

Readers at large keep the last of two equal keys, turn a number too great for them into a nearby
one, and let through text that one database keeps and the other does not.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson

from timeline.errors import InvalidBundle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOM = b"\xef\xbb\xbf"
_DEEPEST = 100  # levels; answers carry an item further in, and their writer gives up at 254
_GREATEST = 2**63 - 1  # what the databases, and every reader of the log, hold exactly


def without_mark(data: bytes) -> bytes:
    """Return `data` without the byte order mark some editors begin a file with (RFC 8259, 8.1)."""
    return data.removeprefix(_BOM)


def read_json(data: bytes, what: str) -> Any:
    """Read one JSON value from UTF-8 bytes; `what` names them where they are refused.

    Raises InvalidBundle for all that is not JSON, a key given twice, a whole number beyond 64 bits,
    what is nested over 100 levels, and a NUL character, which PostgreSQL cannot keep in text.
    """
    if not data.strip():
        raise InvalidBundle(f"{what} is empty")
    try:
        orjson.loads(data)  # the stricter of the two about what JSON is
        value = json.loads(data, object_pairs_hook=_object, parse_int=_whole)
    except orjson.JSONDecodeError as error:
        raise InvalidBundle(f"{what} is not JSON: {error}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidBundle(f"{what} cannot be kept as it is: {error}") from None
    if _is_deep(value):
        raise InvalidBundle(f"{what} is nested over {_DEEPEST} levels deep; write it flatter")
    if b"\\u0000" in data:
        _refuse_nul(value, what)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise ValueError(f"an object has {', '.join(map(repr, twice))} twice")
    return value


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= len(str(-_GREATEST)) else None
    if number is None or not -_GREATEST <= number <= _GREATEST:
        raise ValueError(f"{digits[:40]} is beyond 64 bits; write it as text")
    return number


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return False
    return True


def _within(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse_nul(value: Any, what: str) -> None:
    for text in _texts(value):
        if "\0" in text:
            raise InvalidBundle(f"{what} has a NUL character in {text[:40]!r}; leave it out")


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for inner in value:
                yield from _texts(inner)
        case dict():
            for key, inner in value.items():
                yield key
                yield from _texts(inner)
