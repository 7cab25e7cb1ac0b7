"""Matching: whether an item of the list speaks of what a statement says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.intake.draft import DraftWindow
    from timeline.intake.legend.matter import Matter

# How much of an item's own words a statement has to share where no milestone decides.
_MOST, _SOME = 0.6, 0.34
_MANY, _FEW = 3, 2


class Strength(StrEnum):
    """How far an item speaks of a statement."""

    FULL = "full"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Match:
    """An item that speaks of a statement: how far, why, and where the two differ."""

    strength: Strength
    why: str
    differences: tuple[str, ...] = ()


def match(statement: Matter, item: Matter) -> Match | None:
    """Compare by program, then milestone, then window; by words where those leave it open."""
    if not _may_be_one_program(statement, item):
        return None
    shared = statement.stems & item.stems
    if statement.milestones and item.milestones:
        same = statement.milestones & item.milestones
        if not same:
            return None
        found = _by_milestone(statement, item, sorted(same)[0])
    else:
        found = _by_words(statement, item, shared)
    return _weighed(found, statement, item) if found else None


def _may_be_one_program(statement: Matter, item: Matter) -> bool:
    if item.programs and statement.programs:
        return bool(item.programs & statement.programs)
    return True


def _named(statement: Matter, item: Matter) -> bool:
    """Whether both name the program they speak of."""
    return bool(item.programs & statement.programs)


def _by_milestone(statement: Matter, item: Matter, milestone: str) -> Match | None:
    if _named(statement, item):
        return Match(Strength.FULL, f"same program and milestone ({milestone})")
    if _agree(statement.window, item.window):
        return Match(Strength.FULL, f"same milestone ({milestone}) and time")
    if item.programs or (statement.programs and not _alike(statement, item)):
        return None
    return Match(Strength.FULL, f"same milestone ({milestone})")


def _alike(statement: Matter, item: Matter) -> bool:
    return bool((statement.stems | statement.around) & item.stems)


def _by_words(statement: Matter, item: Matter, shared: frozenset[str]) -> Match | None:
    """Tell by the item's own words, the sentence and heading of the statement helping."""
    around = statement.around & item.stems
    told = ", ".join(sorted(shared or around))
    times = _agree(statement.window, item.window)
    if times and (shared or around):
        return Match(Strength.FULL, f"same time, and words in common: {told}")
    if item.programs and not statement.programs and len(shared) < _MANY:
        return None
    part = len(shared) / len(item.stems) if item.stems else 0.0
    if part >= _MOST or len(shared) >= _MANY:
        return Match(Strength.FULL, f"{_of(statement, item)}words in common: {told}")
    if shared and (part >= _SOME or len(shared) >= _FEW) and _named(statement, item):
        return Match(Strength.PARTIAL, f"{_of(statement, item)}some words in common: {told}")
    return None


def _of(statement: Matter, item: Matter) -> str:
    return "same program, " if _named(statement, item) else ""


def _agree(one: DraftWindow | None, other: DraftWindow | None) -> bool:
    """Whether both name days and their last days are the same."""
    return (
        one is not None and other is not None and one.latest is not None and one.latest == other.latest
    )


def _weighed(found: Match, statement: Matter, item: Matter) -> Match:
    """Return the match with what the two say differently; some differences make it partial."""
    strength, differences = found.strength, []
    if item.condition is not None and statement.condition is None:
        strength = Strength.PARTIAL
        differences.append("the list speaks of it under a condition, the body does not")
    if statement.condition is not None and item.condition is None:
        differences.append("the body speaks of it under a condition, the list does not")
    if statement.window is not None and item.window is not None:
        apart = _apart(statement.window, item.window)
        strength = Strength.PARTIAL if apart else strength
        differences += _times(statement.window, item.window)
    elif statement.window is not None:
        differences.append(f"the body says '{statement.window.words}', the list names no time")
    elif item.window is not None:
        differences.append(f"the list says '{item.window.words}', the body names no time")
    return Match(strength, found.why, (*differences, *_words(statement, item)))


def _apart(one: DraftWindow, other: DraftWindow) -> bool:
    """Whether no day is in both."""
    before = one.latest is not None and other.earliest is not None and one.latest < other.earliest
    behind = other.latest is not None and one.earliest is not None and other.latest < one.earliest
    return before or behind


def _times(body: DraftWindow, listed: DraftWindow) -> list[str]:
    if body.words.casefold() == listed.words.casefold():
        return []
    told = f"the body says '{body.words}', the list '{listed.words}'"
    if (body.earliest, body.latest) == (listed.earliest, listed.latest):
        return [f"{told}: the same days"]
    if body.latest == listed.latest:
        return [f"{told}: the same last day"]
    how = "no day in common" if _apart(body, listed) else "days in common"
    return [f"{told}: {how}"]


def _words(statement: Matter, item: Matter) -> list[str]:
    """Return the item's words that the statement has not, where they are few."""
    only = sorted(item.stems - statement.stems - statement.around)
    return [f"words of the list alone: {', '.join(only)}"] if only else []
