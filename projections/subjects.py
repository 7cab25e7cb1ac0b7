"""Subjects: what holds about a licence, a grant, the board; the ground of several questions.

This file holds no table: the rows are `facts`, and the packs say which facts are of which subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_

from projections.facts import fact_at, facts, facts_about
from timeline.packs import names_in, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
    from timeline.packs import Subject, Vocabulary

_WHY = ("since", "because", "overridden")


@dataclass(frozen=True, slots=True)
class HeldSubject:
    """A subject with what is told of it, by attribute.

    What holds no more is there too, its value None, for the event behind that is an answer as well.
    """

    name: str
    kind: Subject
    held: Mapping[str, Mapping[str, Any]]

    @property
    def names(self) -> list[str]:
        """What it is called by within its kind."""
        return names_in(self.name)[1:]

    @property
    def values(self) -> dict[str, Any]:
        """What holds, by attribute."""
        return {a: f["value"] for a, f in self.held.items() if f["value"] is not None}

    @property
    def since(self) -> str | None:
        """Since when the newest of it is so."""
        return max((f["since"] for f in self.held.values() if f["since"]), default=None)

    def why(self) -> dict[str, Any]:
        """Return the events behind it: all of them, and by attribute."""
        because = dict.fromkeys(e for f in self.held.values() for e in f["because"])
        lost = dict.fromkeys(e for f in self.held.values() for e in f["overridden"])
        told = {a: f for a, f in self.held.items() if f["value"] is not None or f["overridden"]}
        explained = {
            attribute: {key: fact[key] for key in _WHY} for attribute, fact in told.items()
        }
        overridden = [event for event in lost if event not in because]
        return {"because": list(because), "overridden": overridden, "explain": explained}


def subjects_at(
    connection: Connection,
    issuer: str,
    part: str,
    *,
    clocks: Clocks,
    packs: Vocabulary | None = None,
) -> list[HeldSubject]:
    """Return the subjects that answer `part` and of which something holds, in the packs' order."""
    kinds = (packs or vocabulary()).subjects_of(part)
    held: dict[str, dict[str, Any]] = {}
    told = _facts_of(connection, issuer, kinds, clocks)
    for key in sorted(told):
        subject, attribute = key
        kind = kinds.get(names_in(subject)[0])
        if kind is not None and kind.role(attribute) is not None:
            held.setdefault(subject, {})[attribute] = fact_at(key, told[key], clocks)
    order = list(kinds)
    found = (HeldSubject(name, kinds[names_in(name)[0]], held[name]) for name in held)
    return sorted(
        (one for one in found if one.values), key=lambda s: (order.index(s.kind.id), s.name)
    )


def _facts_of(
    connection: Connection, issuer: str, kinds: Mapping[str, Subject], clocks: Clocks
) -> dict[tuple[str, str], list[Any]]:
    t = facts.c
    named = (
        or_(t.subject == kind, t.subject.startswith(f"{kind}:", autoescape=True)) for kind in kinds
    )
    return facts_about(connection, issuer, clocks=clocks, where=or_(*named))
