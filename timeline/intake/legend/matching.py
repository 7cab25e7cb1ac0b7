"""Matching: whether an item of the list speaks of what a statement says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """An item that speaks of a statement: how far, why, and where the two differ.

    `times` are those differences that leave other days.
    """

    strength: Strength
    why: str
    differences: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


def match(statement: Matter, item: Matter, *, label: frozenset[str] = frozenset()) -> Match | None:
    """Compare by program, then milestone, then window; by words where those leave it open.

    `label` are the stems of what the statement's milestone is called.
    """
    if not _may_be_one_program(statement, item):
        return None
    if statement.milestones and item.milestones:
        found = _by_milestone(statement, item) or _by_time(statement, item)
    else:
        found = _by_label(statement, item, label) or _by_words(statement, item)
    return _weighed(found, statement, item) if found else None


def _may_be_one_program(statement: Matter, item: Matter) -> bool:
    if item.programs and statement.programs:
        return bool(item.programs & statement.programs)
    return True


def _named(statement: Matter, item: Matter) -> bool:
    """Whether both name the program they speak of."""
    return bool(item.programs & statement.programs)


def _by_milestone(statement: Matter, item: Matter) -> Match | None:
    same = sorted(statement.milestones & item.milestones)
    if not same:
        return None
    if _named(statement, item):
        return Match(Strength.FULL, f"same program and milestone ({same[0]})")
    if _agree(statement.window, item.window):
        return Match(Strength.FULL, f"same milestone ({same[0]}) and time")
    if item.programs or (statement.programs and not _alike(statement, item)):
        return None
    return Match(Strength.FULL, f"same milestone ({same[0]})")


def _by_time(statement: Matter, item: Matter) -> Match | None:
    """Tell by program and time where two wordings of a milestone may mean different ones."""
    if not (_named(statement, item) and _agree(statement.window, item.window)):
        return None
    shared = sorted(statement.stems & item.stems)
    if not (statement.perhaps & item.perhaps or len(shared) >= _FEW):
        return None
    return Match(Strength.FULL, f"same program and time, words in common: {', '.join(shared)}")


def _by_label(statement: Matter, item: Matter, label: frozenset[str]) -> Match | None:
    """Tell by what the statement's milestone is called, where the item is of the same program."""
    shared = sorted(label & item.stems)
    if not (shared and _named(statement, item)):
        return None
    return Match(Strength.FULL, f"same program, words of the milestone: {', '.join(shared)}")


def _alike(statement: Matter, item: Matter) -> bool:
    return bool((statement.stems | statement.around) & item.stems)


def _by_words(statement: Matter, item: Matter) -> Match | None:
    """Tell by the item's own words, the sentence and heading of the statement helping."""
    shared = statement.stems & item.stems
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
        one is not None
        and other is not None
        and one.latest is not None
        and one.latest == other.latest
    )


def _weighed(found: Match, statement: Matter, item: Matter) -> Match:
    """Return the match with what the two say differently; some differences make it partial."""
    strength, differences = found.strength, list(_conditions(statement, item))
    if item.condition is not None and statement.condition is None:
        strength = Strength.PARTIAL
    if statement.window is None or item.window is None:
        differences += _untimed(statement, item)
        return Match(strength, found.why, (*differences, *_words(statement, item)))
    apart = _apart(statement.window, item.window)
    told, same = _times(statement.window, item.window)
    strength = Strength.PARTIAL if apart else strength
    differences += told
    return Match(
        strength, found.why, (*differences, *_words(statement, item)), () if same else tuple(told)
    )


def _conditions(statement: Matter, item: Matter) -> Iterator[str]:
    if item.condition is not None and statement.condition is None:
        yield "the list speaks of it under a condition, the body does not"
    if statement.condition is not None and item.condition is None:
        yield "the body speaks of it under a condition, the list does not"


def _untimed(statement: Matter, item: Matter) -> Iterator[str]:
    if statement.window is not None:
        yield f"the body says '{statement.window.words}', the list names no time"
    if item.window is not None:
        yield f"the list says '{item.window.words}', the body names no time"


def _apart(one: DraftWindow, other: DraftWindow) -> bool:
    """Whether no day is in both."""
    before = one.latest is not None and other.earliest is not None and one.latest < other.earliest
    behind = other.latest is not None and one.earliest is not None and other.latest < one.earliest
    return before or behind


def _times(body: DraftWindow, listed: DraftWindow) -> tuple[list[str], bool]:
    """Return how two times are worded differently, and whether they end on the same day."""
    same = body.latest == listed.latest
    if body.words.casefold() == listed.words.casefold():
        return [], same
    told = f"the body says '{body.words}', the list '{listed.words}'"
    if same:
        whole = body.earliest == listed.earliest
        return [f"{told}: the same {'days' if whole else 'last day'}"], True
    how = "no day in common" if _apart(body, listed) else "days in common"
    return [f"{told}: {how}"], False


def _words(statement: Matter, item: Matter) -> list[str]:
    """Return the item's words that the statement has not, where they are few."""
    only = sorted(item.stems - statement.stems - statement.around)
    return [f"words of the list alone: {', '.join(only)}"] if only else []
