"""Read a bundle from a file: strict JSON or NDJSON, checked against the published schema.

Every complaint names its place (`events[3].occurred`, `line 7: expectation.window`) and all that
are found are told at once, so that a file is mended in one round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from timeline.bundle.strict_json import read_json, without_mark
from timeline.errors import BadInput, InvalidBundle
from timeline.events import Kind, scope_of
from timeline.items import complaints, event_of, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from timeline.events import Event

FORMAT = "timeline-bundle/1"
SECTIONS: dict[str, Kind] = {
    "programs": Kind.PROGRAM,
    "documents": Kind.DOCUMENT,
    "events": Kind.EVENT,
    "expectations": Kind.EXPECTATION,
    "adjudications": Kind.ADJUDICATION,
    "corrections": Kind.CORRECTION,
}
_COMPLAINTS = 20
_BY_NAME = {kind.value: kind for kind in SECTIONS.values()}


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

    def events(self, *, recorded_by: str) -> list[tuple[str, Event]]:
        """Return the place and the event of every item, the issuer's first.

        Raises BadInput with the place of the item that cannot be read, of each if there are more.
        """
        told = self.issuer | ({"packs": list(self.packs)} if self.packs else {})
        read, faults = [], []
        for placed in (Placed("issuer", Kind.ISSUER, told), *self.items):
            try:
                event = event_of(
                    placed.kind, placed.item, issuer=self.issuer_id, recorded_by=recorded_by
                )
            except BadInput as error:
                faults.append(error.at(joined(placed.place, error.place)))
            else:
                read.append((placed.place, event))
        if len(faults) == 1:
            raise faults[0]
        _refuse([(None, str(fault)) for fault in faults])
        return read


def read_bundle(path: Path) -> Bundle:
    """Read and check one bundle file.

    Raises InvalidBundle naming the file, the place in it and what to change.
    """
    try:
        return parse_bundle(path.read_bytes())
    except IsADirectoryError:
        raise InvalidBundle("is a folder, not a file", place=path.name) from None
    except OSError as error:
        raise InvalidBundle(f"cannot be read: {error.strerror}", place=path.name) from None
    except BadInput as error:
        raise error.at(f"{path.name}: {error.place}" if error.place else path.name) from None


def parse_bundle(data: bytes) -> Bundle:
    """Read and check a bundle from bytes: one JSON object, or NDJSON."""
    data = without_mark(data)
    lines = [(n, line) for n, line in enumerate(data.splitlines(), 1) if line.strip()]
    if len(lines) > 1 and _is_head(lines[0][1]):
        return _from_lines([(n, read_json(line, f"line {n}")) for n, line in lines])
    return bundle_of(read_json(data, "the file"))


def bundle_of(body: Any) -> Bundle:
    """Check a bundle given as one JSON value."""
    _refuse(complaints(body))
    return _bundle(body, _sections(body, ""))


def _from_lines(values: list[tuple[int, Any]]) -> Bundle:
    """Read NDJSON: the head on its first line, then `{"event": {...}}` and its like, one a line.

    A head may have sections of its own; their items come before those of the lines.
    """
    (first, head), *rest = values
    place = f"line {first}"
    found = [(f"{place}: {inner}" if inner else place, fault) for inner, fault in complaints(head)]
    items: list[Placed] = []
    for number, value in rest:
        try:
            items.append(_line_item(number, value))
        except InvalidBundle as error:
            found.append((str(error.place), error.message))
        else:
            found += _complaints_of(items[-1])
    _refuse(found)
    return _bundle(head, [*_sections(head, f"{place}: "), *items])


def _line_item(number: int, value: Any) -> Placed:
    name = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else None
    if name not in _BY_NAME:
        wanted = ", ".join(_BY_NAME)
        raise InvalidBundle(f"wants one object under one of {wanted}", place=f"line {number}")
    return Placed(f"line {number}: {name}", _BY_NAME[name], value[name])


def _complaints_of(placed: Placed) -> Iterator[tuple[str, str]]:
    for inner, fault in complaints(placed.item, placed.kind.value):
        yield joined(placed.place, inner), fault


def _sections(body: dict[str, Any], place: str) -> list[Placed]:
    return [
        Placed(f"{place}{section}[{number}]", kind, item)
        for section, kind in SECTIONS.items()
        for number, item in enumerate(body.get(section) or ())
    ]


def _bundle(head: dict[str, Any], items: list[Placed]) -> Bundle:
    _refuse(_repeated(items))
    return Bundle(head["issuer"], tuple(head.get("packs") or ()), items)


def _repeated(items: list[Placed]) -> Iterator[tuple[str, str]]:
    """Yield what has the id of something before it: then one of the two is mistaken."""
    places: dict[tuple[str, str], str] = {}
    for placed in items:
        name = placed.item["id"]
        first = places.setdefault((scope_of(placed.kind), name), placed.place)
        if first != placed.place:
            yield joined(placed.place, "id"), f"{name!r} is the id at {first} already"


def _is_head(line: bytes) -> bool:
    try:
        head = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return isinstance(head, dict) and "format" in head


def _refuse(found: Iterable[tuple[str | None, str]]) -> None:
    """Raise one InvalidBundle that tells all complaints found, up to a readable number."""
    found = list(found)
    if len(found) == 1:
        ((place, fault),) = found
        raise InvalidBundle(fault, place=place or None)
    if found:
        told = [f"{place}: {fault}" if place else fault for place, fault in found[:_COMPLAINTS]]
        more = [f"and {len(found) - _COMPLAINTS} more"] if len(found) > _COMPLAINTS else []
        raise InvalidBundle("; ".join(told + more))
