"""Read a bundle from a file: strict JSON or NDJSON, checked against the published schema.

Every complaint names its place (`events[3].occurred`, `line 7: expectation.window`) and all that
are found are told at once, so that a file is mended in one round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import orjson

from timeline.errors import BadInput, InvalidBundle
from timeline.events import Kind
from timeline.items import event_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.events import Event

FORMAT = "timeline-bundle/1"
SCHEMA = "timeline-bundle-1.schema.json"
SECTIONS: dict[str, Kind] = {
    "programs": Kind.PROGRAM,
    "documents": Kind.DOCUMENT,
    "events": Kind.EVENT,
    "expectations": Kind.EXPECTATION,
    "adjudications": Kind.ADJUDICATION,
    "corrections": Kind.CORRECTION,
}
_COMPLAINTS = 20
_SINGULAR = {section.removesuffix("s"): section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and where it stands in its file."""

    place: str
    kind: Kind
    item: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle: one issuer and its items, in the order in which they get positions."""

    issuer: dict[str, Any]
    packs: tuple[str, ...] = ()
    items: list[Placed] = field(default_factory=list)

    @property
    def issuer_id(self) -> str:
        """The issuer's id."""
        return str(self.issuer["id"])

    def events(self, *, recorded_by: str) -> Iterator[tuple[str, Event]]:
        """Yield the place and the event of every item, the issuer's first.

        Raises BadInput with the place of the first item that cannot be read.
        """
        told = self.issuer | ({"packs": list(self.packs)} if self.packs else {})
        for placed in (Placed("issuer", Kind.ISSUER, told), *self.items):
            try:
                yield (
                    placed.place,
                    event_of(
                        placed.kind, placed.item, issuer=self.issuer_id, recorded_by=recorded_by
                    ),
                )
            except BadInput as error:
                inner = f".{error.place}" if error.place else ""
                raise error.at(placed.place + inner) from None


def read_bundle(path: Path) -> Bundle:
    """Read and check one bundle file.

    Raises InvalidBundle naming the file, the place in it and what to change.
    """
    try:
        return parse_bundle(path.read_bytes())
    except BadInput as error:
        raise error.at(f"{path.name}: {error.place}" if error.place else path.name) from None


def parse_bundle(data: bytes) -> Bundle:
    """Read and check a bundle from bytes: one JSON object, or NDJSON."""
    lines = [line for line in data.splitlines() if line.strip()]
    if len(lines) > 1 and _is_head(lines[0]):
        return _from_lines(data)
    return bundle_of(_loads(data, "the file"))


def bundle_of(body: Any) -> Bundle:
    """Check a bundle given as one JSON value."""
    _validate(body, "")
    items = [
        Placed(f"{section}[{number}]", kind, item)
        for section, kind in SECTIONS.items()
        for number, item in enumerate(body.get(section) or ())
    ]
    return Bundle(body["issuer"], tuple(body.get("packs") or ()), items)


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of `timeline-bundle/1`."""
    text = (files("timeline.bundle") / SCHEMA).read_bytes()
    loaded: dict[str, Any] = orjson.loads(text)
    return loaded


def _from_lines(data: bytes) -> Bundle:
    """Read NDJSON: the head on its first line, then `{"event": {...}}` and its like, one a line."""
    numbered = [(n, line) for n, line in enumerate(data.splitlines(), 1) if line.strip()]
    values = [(n, _loads(line, f"line {n}")) for n, line in numbered]
    (_, head), *rest = values
    _validate(head, "line 1")
    items = [_line_item(number, value) for number, value in rest]
    _validate_lines(head, items)
    return Bundle(head["issuer"], tuple(head.get("packs") or ()), items)


def _line_item(number: int, value: Any) -> Placed:
    name = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else None
    if name not in _SINGULAR:
        wanted = ", ".join(_SINGULAR)
        raise InvalidBundle(f"wants one object under one of {wanted}", place=f"line {number}")
    return Placed(f"line {number}: {name}", SECTIONS[_SINGULAR[name]], value[name])


def _validate_lines(head: dict[str, Any], items: list[Placed]) -> None:
    for placed in items:
        section = next(s for s, kind in SECTIONS.items() if kind is placed.kind)
        _validate(head | {section: [placed.item]}, placed.place, skip=2)


def _is_head(line: bytes) -> bool:
    try:
        head = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return isinstance(head, dict) and "format" in head


def _loads(data: bytes, what: str) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InvalidBundle(f"{what} is not JSON: {error}") from None


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(schema())


def _validate(body: Any, place: str, *, skip: int = 0) -> None:
    """Check against the schema; `skip` leaves that many steps of the path unsaid."""
    validator = _validator()
    if validator.is_valid(body):
        return
    told = [_complaint(error, skip) for error in validator.iter_errors(body)]
    more = [f"and {len(told) - _COMPLAINTS} more"] if len(told) > _COMPLAINTS else []
    raise InvalidBundle("; ".join(told[:_COMPLAINTS] + more), place=place or None)


def _complaint(error: Any, skip: int) -> str:
    steps = error.instance_path[skip:]
    where = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).lstrip(".")
    return f"{where}: {error.message}" if where else str(error.message)
