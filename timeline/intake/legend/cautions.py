"""Cautions: which risk or assumption of a legend speaks to which statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.legend.stems import stem_of, stems
from timeline.intake.legend.words import level, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.intake.legend.matter import Matter
    from timeline.intake.legend.part import Part

EVERY = "*"
# A caution of so many words of its own is not one that fits every release.
_DETAILED = 10
_TOPIC = 2


@dataclass(frozen=True, slots=True)
class Reach:
    """What a caution speaks to: ids of statements with the reason, or every one ("*").

    `generic` is whether it names no program, no partner and no milestone and says little of its
    own, so that it would fit any release.
    """

    caution: Part
    generic: bool
    statements: tuple[tuple[str, str], ...]

    @property
    def is_everywhere(self) -> bool:
        """Whether it speaks to every statement and so to none in particular."""
        return self.statements[:1] == ((EVERY, EVERY),)

    def speaks_to(self, statement: str) -> bool:
        """Whether it speaks to this statement in particular."""
        return any(told == statement for told, _ in self.statements)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as cautions are held against it, with the stems of its milestone's label."""

    id: str
    matter: Matter
    labels: frozenset[str]


def reach(caution: Part, matter: Matter, statements: Sequence[Told]) -> Reach:
    """Return what a caution speaks to."""
    if _is_catch_all(caution, matter):
        return Reach(caution, generic=True, statements=((EVERY, EVERY),))
    linked = [(one.id, why) for one in statements if (why := _link(matter, one)) is not None]
    return Reach(caution, generic=_is_generic(matter), statements=tuple(linked))


def _is_catch_all(caution: Part, matter: Matter) -> bool:
    if matter.programs or matter.parties:
        return False
    return (
        len(matter.stems) <= 1
        or pattern(r"\A(?:and )?<catch_all>").search(level(caution.text)) is not None
    )


def _is_generic(matter: Matter) -> bool:
    return (
        not (matter.programs or matter.parties or matter.amounts) and len(matter.stems) < _DETAILED
    )


def _link(caution: Matter, statement: Told) -> str | None:
    """Return why a caution speaks to a statement, or None."""
    shared = caution.stems & (statement.matter.stems | statement.labels)
    same = caution.milestones & statement.matter.milestones
    if caution.programs:
        return _of_program(caution, statement, shared, same)
    if same:
        return f"same milestone ({min(same)})"
    if stem_of("partner") in caution.stems and statement.matter.parties:
        return "it hangs on a partner"
    return f"same topic: {', '.join(sorted(shared))}" if shared else None


def _of_program(
    caution: Matter, statement: Told, shared: frozenset[str], same: frozenset[str]
) -> str | None:
    if not caution.programs & statement.matter.programs:
        return None
    if same:
        return f"same program and milestone ({min(same)})"
    if shared:
        return f"same program and topic: {', '.join(sorted(shared))}"
    return "same program" if not statement.matter.stems else None


def label_stems(milestones: Iterable[str], labels: Mapping[str, str]) -> frozenset[str]:
    """Return the stems of the labels that a vocabulary gives to milestones."""
    return frozenset().union(*(stems(labels.get(name, "")) for name in milestones))


def in_particular(statement: str, reaches: Iterable[Reach]) -> tuple[str, ...]:
    """Return the ids of the cautions that are not generic and speak to a statement."""
    return tuple(r.caution.id for r in reaches if not r.generic and r.speaks_to(statement))


def in_general(statement: str, reaches: Iterable[Reach]) -> tuple[str, ...]:
    """Return the ids of the generic cautions that a statement falls under."""
    return tuple(
        r.caution.id for r in reaches if r.generic and (r.is_everywhere or r.speaks_to(statement))
    )
