"""Matching: whether an item of the list speaks of what a statement says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.intake.legend.differences import agree, apart, conditions, other_words, times, untimed
from timeline.intake.legend.stems import stems_of

if TYPE_CHECKING:
    from timeline.intake.legend.matter import Matter

# How much of an item's own words a statement has to share where no milestone decides.
_MOST, _HALF, _SOME = 0.6, 0.5, 0.33
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
        found = (
            _by_label(statement, item, label)
            or _by_guidance(statement, item)
            or _by_words(statement, item)
            or _by_program(statement, item)
        )
    return _weighed(found, statement, item) if found else None


def _may_be_one_program(statement: Matter, item: Matter) -> bool:
    if item.programs and statement.programs:
        return bool(item.programs & statement.programs)
    return True


def _named(statement: Matter, item: Matter) -> bool:
    """Whether both name the program they speak of."""
    return bool(item.programs & statement.programs)


def _foreign(statement: Matter, item: Matter) -> bool:
    """Whether the item names a program and the statement none."""
    return bool(item.programs and not statement.programs)


def _by_milestone(statement: Matter, item: Matter) -> Match | None:
    same = sorted(statement.milestones & item.milestones)
    if not same:
        return None
    if _named(statement, item):
        return Match(Strength.FULL, f"same program and milestone ({same[0]})")
    if agree(statement.window, item.window):
        return Match(Strength.FULL, f"same milestone ({same[0]}) and time")
    if item.programs or (statement.programs and not _alike(statement, item)):
        return None
    return Match(Strength.FULL, f"same milestone ({same[0]})")


def _by_time(statement: Matter, item: Matter) -> Match | None:
    """Tell by program and time where two wordings of a milestone may mean different ones."""
    if not (_named(statement, item) and agree(statement.window, item.window)):
        return None
    shared = sorted(statement.stems & item.stems)
    if not (statement.perhaps & item.perhaps or len(shared) >= _FEW):
        return None
    return Match(Strength.FULL, f"same program and time, words in common: {', '.join(shared)}")


def _by_label(statement: Matter, item: Matter, label: frozenset[str]) -> Match | None:
    """Tell by what the statement's milestone is called, where no two programs are named."""
    shared = sorted(label & item.stems)
    if not shared or _foreign(statement, item):
        return None
    if not _named(statement, item) and len(shared) < _HALF * len(item.stems):
        return None
    return Match(
        Strength.FULL, f"{_of(statement, item)}words of the milestone: {', '.join(shared)}"
    )


def _by_guidance(statement: Matter, item: Matter) -> Match | None:
    """Tell figures to come from an item that lists guidance, of the same time or of any."""
    if not statement.projects or not item.stems & stems_of("guidance") or _foreign(statement, item):
        return None
    if item.window is not None and not agree(statement.window, item.window):
        return None
    return Match(Strength.FULL, "it lists guidance, and this is a projection of its time")


def _alike(statement: Matter, item: Matter) -> bool:
    return bool((statement.stems | statement.around) & item.stems)


def _by_words(statement: Matter, item: Matter) -> Match | None:
    """Tell by the item's own words, the sentence and heading of the statement helping.

    A clause with one word of its own ("it shall end in June") has the words of its sentence.
    """
    around = statement.around & item.stems
    shared = around if len(statement.stems) <= 1 else statement.stems & item.stems
    if not shared or (_foreign(statement, item) and len(shared) < _MANY):
        return None
    both, told = shared | around, f"words in common: {', '.join(sorted(shared))}"
    if agree(statement.window, item.window):
        return Match(Strength.FULL, f"same time, and {told}")
    if len(both) >= _MOST * len(item.stems) or len(shared) >= _MANY:
        return Match(Strength.FULL, f"{_of(statement, item)}{told}")
    if _named(statement, item):
        return _by_one_of(item, shared, told)
    halves = len(shared) >= _FEW and len(shared) >= _HALF * len(item.stems)
    return Match(Strength.PARTIAL, f"some {told}") if halves and not item.programs else None


def _by_one_of(item: Matter, shared: frozenset[str], told: str) -> Match | None:
    """Tell by one of the things an item joins ("the cost and the end of ..."), or in part."""
    for joined in item.joined:
        if shared & joined and len(shared & joined) >= _MOST * len(joined):
            return Match(Strength.FULL, f"same program, one of what is joined, {told}")
    enough = len(shared) >= _SOME * len(item.stems) or len(shared) >= _FEW
    return Match(Strength.PARTIAL, f"same program, some {told}") if enough else None


def _by_program(statement: Matter, item: Matter) -> Match | None:
    """Tell in part by the program alone, where the item says no more: "the development of ..."."""
    more = item.milestones or item.window or not item.stems <= stems_of("broad")
    if more or not _named(statement, item):
        return None
    return Match(Strength.PARTIAL, "same program, and the item says no more of it")


def _of(statement: Matter, item: Matter) -> str:
    return "same program, " if _named(statement, item) else ""


def _weighed(found: Match, statement: Matter, item: Matter) -> Match:
    """Return the match with what the two say differently; some differences make it partial."""
    strength, differences = found.strength, list(conditions(statement, item))
    if item.condition is not None and statement.condition is None:
        strength = Strength.PARTIAL
    if statement.window is None or item.window is None:
        differences += untimed(statement, item)
        return Match(strength, found.why, (*differences, *other_words(statement, item)))
    no_day = apart(statement.window, item.window)
    told, same = times(statement.window, item.window)
    strength = Strength.PARTIAL if no_day else strength
    differences += told
    return Match(
        strength,
        found.why,
        (*differences, *other_words(statement, item)),
        () if same else tuple(told),
    )
