"""Subjects: what an event says of something other than a program's status, told by packs as data.

A subject is a thing that facts hold about: a licence, a grant, the board. A pack says by which
facts of an event it is named, which attributes it has, and which event types state them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.events import Event

MONEY = frozenset({"possible", "agreed", "received", "repayable", "held"})
ENDED = "ended"
_DECIDES = frozenset({"recipient", "direction", "status"})
_GONE_AT_THE_END = frozenset({"term", "possible"})
_UNKNOWN = {"amount": None, "currency": None}
COUNTED = "is an amount that is added up, or says to whom it goes"


class Stated(NamedTuple):
    """One thing an event says holds; `value` None: it holds no more."""

    subject: str
    attribute: str
    value: Any


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of subject: which question it answers, its name's parts, its attributes' roles."""

    id: str
    label: str
    part: str
    named_by: tuple[str, ...]
    attributes: Mapping[str, str]

    def called(self, event: Event, told: Mapping[str, Any]) -> str | None:
        """Return the text that names it; None where `event` does not say enough to name one."""
        parts = [self.id]
        for wanted in self.named_by:
            name = wanted.removesuffix("?")
            value = event.program or "" if name == "program" else _first(told, name)
            if not isinstance(value, str) or not (value or name == "program"):
                if wanted == name:
                    return None
                continue
            parts.append(_escaped(value))
        return ":".join(parts)

    def role(self, attribute: str) -> str | None:
        """Return what an attribute is to its subject; one that adds up ends in its event's id."""
        return self.attributes.get(attribute.partition(":")[0])

    def is_counted(self, attribute: str) -> bool:
        """Say whether its value is an amount, or decides to whom amounts go and whether."""
        return self.role(attribute) in MONEY or attribute in _DECIDES


def names_in(subject: str) -> list[str]:
    """Return the kind and the names that stand in the text of a subject."""
    return [part.replace("%3A", ":").replace("%25", "%") for part in subject.split(":")]


def stated(subject: Subject, told: Mapping[str, Any], event: Event) -> Iterator[Stated]:
    """Yield what one `states` entry of a pack makes of `event`."""
    if any(event.facts.get(name) != wanted for name, wanted in told.get("when", {}).items()):
        return
    for facts in _each(told.get("each"), {**event.facts, **told.get("values", {})}):
        name = subject.called(event, facts)
        if name is not None:
            for attribute, value in _values(subject, told, facts, event.item).items():
                yield Stated(name, attribute, value)


def read_by_subjects(
    subjects: Mapping[str, Subject], entries: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Return the facts that `states` entries read by their value, and what for."""
    read: dict[str, str] = {}
    for told in entries:
        subject = subjects[told["subject"]]
        member, _, members = (told.get("each") or "=").partition("=")
        named = (one for part in subject.named_by for one in part.removesuffix("?").split("|"))
        own = {member, "program", *told.get("values", ())}
        names = {members, *named} - {"", *own}
        read |= dict.fromkeys(names, f"names the {subject.id}")
        read |= dict.fromkeys(told.get("when", ()), f"decides what is said of the {subject.id}")
        for entry in told.get("facts", ()):
            attribute, _, facts = entry.partition("=")
            if subject.is_counted(attribute):
                read |= dict.fromkeys((facts or attribute).split("|"), COUNTED)
        read |= dict.fromkeys(told.get("adds", {}).values(), COUNTED)
    return read


def _each(each: str | None, facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the facts once, or once for each text of the list that `each` names."""
    if each is None:
        yield facts
        return
    name, _, fact = each.partition("=")
    members = facts.get(fact)
    for one in members if isinstance(members, list) else ():
        yield facts | {name: one}


def _values(
    subject: Subject, told: Mapping[str, Any], facts: Mapping[str, Any], item: str
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if told.get("ends"):
        values = {a: None for a, role in subject.attributes.items() if role in _GONE_AT_THE_END}
        values["status"] = ENDED
    values |= {a: v for a, v in told.get("values", {}).items() if a in subject.attributes}
    for entry in told.get("facts", ()):
        attribute, _, fact = entry.partition("=")
        for name in _present(facts, fact or attribute):
            values[attribute] = _read(subject, attribute, facts[name])
    for attribute, fact in told.get("adds", {}).items():
        more = {name: facts[name] for name in told.get("with", ()) if name in facts}
        values[f"{attribute}:{item}"] = _money(facts.get(fact)) | more
    return values


def _read(subject: Subject, attribute: str, value: Any) -> Any:
    """Read a value: an amount that is said to be unknown is not one that is gone."""
    return _money(value) if subject.role(attribute) in MONEY else value


def _money(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return _UNKNOWN | value
    return _UNKNOWN if value is None else _UNKNOWN | {"words": value}


def _first(facts: Mapping[str, Any], names: str) -> Any:
    return next((facts[name] for name in _present(facts, names)), None)


def _present(facts: Mapping[str, Any], names: str) -> list[str]:
    """Return the first of the `a|b` names that the facts have, in a list; else nothing."""
    return [name for name in names.split("|") if name in facts][:1]


def _escaped(part: str) -> str:
    return part.replace("%", "%25").replace(":", "%3A")
