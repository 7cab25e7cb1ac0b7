"""Labels: what a careful reader finds in one document, and where it stands in its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.intake.quoting import find
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SOFT = frozenset({"vague", "puffery"})


@dataclass(frozen=True, slots=True)
class Label:
    """An event with every mention of it, or a statement; `latest` is the last day of its window."""

    id: str
    type: str | None
    spans: tuple[Span, ...]
    program: str | None
    latest: date | None = None
    covered: str | None = None

    @property
    def is_dated(self) -> bool:
        return self.latest is not None

    @property
    def is_substantive(self) -> bool:
        return self.type not in SOFT


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that look like a time, a date, a statement or an event and are none."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of one document; `names` leads from every known name of a program to its id."""

    events: tuple[Label, ...]
    statements: tuple[Label, ...]
    traps: tuple[Trap, ...]
    list_items: tuple[Span, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def program(self, name: str | None) -> str | None:
        """Return the one spelling by which `name` is compared."""
        return None if name is None else self.names.get(plain(name), plain(name))


def plain(name: str) -> str:
    """Return a name's letters and digits alone, in lower case: MX-2401 is mx2401."""
    return "".join(filter(str.isalnum, name.casefold()))


def names_of(programs: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the plain id of every id, name and alias of `programs`."""
    return {
        plain(name): plain(program["id"])
        for program in programs
        for name in (program["id"], program["name"], *(program.get("aliases") or ()))
    }


def quoted_labels(data: Mapping[str, Any], text: str, names: Mapping[str, str]) -> Labels:
    """Read release-labels/1: every label quotes the text. Raise where its words are not there."""

    def at(item: Mapping[str, Any]) -> Span:
        return find(item["text"], text, item.get("occurrence"))

    return Labels(
        tuple(
            _event(e, [at(mention) for mention in (e, *e.get("also", ()))]) for e in data["events"]
        ),
        tuple(_statement(s, at(s), s["covered"]) for s in data["statements"]),
        tuple(Trap(at(trap), trap["why"]) for trap in data["traps"]),
        tuple(at(item) for item in data["list_items"]),
        names,
    )


def offset_labels(data: Mapping[str, Any], text: str) -> Labels:
    """Read seed-labels/1: every label has offsets. Raise where something else stands there."""

    def at(item: Mapping[str, Any]) -> Span:
        return _checked(item, text)

    stated = data["forward_looking_statements"]
    return Labels(
        tuple(_event(e, map(at, e["mentions"])) for e in data["events"]),
        tuple(_statement(s, at(s), s["in_safe_harbor_list"]) for s in stated),
        tuple(Trap(at(trap), trap["why"]) for trap in data["traps"]),
        tuple(at(item) for item in data["safe_harbor_list"]),
        names_of(data["programs"]),
    )


def _event(item: Mapping[str, Any], spans: Iterable[Span]) -> Label:
    latest = _last_day(item["occurred"])
    return Label(item["id"], item["type"], tuple(spans), item["program"], latest)


def _statement(item: Mapping[str, Any], span: Span, covered: str | None) -> Label:
    latest = _last_day(item["window"])
    return Label(item["id"], item["kind"], (span,), item["program"], latest, covered)


def _last_day(window: Mapping[str, str | None] | None) -> date | None:
    latest = (window or {}).get("latest")
    return date.fromisoformat(latest) if latest else None


def _checked(item: Mapping[str, Any], text: str) -> Span:
    span = Span(item["start"], item["end"])
    if span.of(text) != item["text"]:
        raise ValueError(f"{item.get('id', 'a label')}: another text stands at {span}")
    return span
