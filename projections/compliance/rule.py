"""A rule: what a statement, a document, an event or an issuer is held against, and since when.

The rules are data, in `rules.json` beside this file: own words, sources named, no legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from timeline.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule and the days, both inclusive, it is in force between; None is open.

    `about` is what it judges: statement, document, event or issuer. `decides` says in words when
    it ends in pass, fail, needs_review and not_applicable. With `second_person` a waiver counts
    once two people have recorded it.
    """

    id: str
    version: int
    title: str
    jurisdiction: str
    source: str
    in_force_from: date | None
    in_force_to: date | None
    about: str
    requirement: str
    needs: tuple[str, ...]
    decides: Mapping[str, str]
    severity: str
    automation: str
    second_person: bool
    checked: str

    def in_force(self, on: date) -> bool:
        """Whether it is in force on that day."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_to is None or on <= self.in_force_to)

    @property
    def ends(self) -> frozenset[str]:
        """The results it can end in by itself; the rest is told, and left to people."""
        return frozenset(end for end, when in self.decides.items() if not _is_for_people(when))


def _is_for_people(when: str) -> bool:
    return when.startswith("Never by itself")


@cache  # the file is part of the program
def versions() -> Mapping[str, tuple[Rule, ...]]:
    """Return every version of every rule by its id, in the order of the file, oldest first."""
    told = orjson.loads((files("projections.compliance") / "rules.json").read_bytes())
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in map(_rule, told["rules"]):
        found[rule.id] = (*found.get(rule.id, ()), rule)
    return found


@cache
def rules() -> Mapping[str, Rule]:
    """Return the newest version of every rule by its id, in the order of the file."""
    return {name: known[-1] for name, known in versions().items()}


def version_on(name: str, on: date) -> Rule | None:
    """Return the version of a rule that is in force on a day, None where none is."""
    return next((rule for rule in versions()[name] if rule.in_force(on)), None)


def rule_of(name: str) -> Rule:
    """Return the rule of that id; raises NotFound naming those that are there."""
    known = rules()
    if name not in known:
        told = f"no rule is called {name!r}; the rules are {', '.join(known)}"
        raise NotFound(told, place="rule")
    return known[name]


def _rule(told: dict[str, Any]) -> Rule:
    days = {name: told[name] and date.fromisoformat(told[name]) for name in _DAYS}
    return Rule(**{**told, **days, "needs": tuple(told["needs"])})


_DAYS = ("in_force_from", "in_force_to")
