"""Cues: the words by which a pack is spoken of in a text, as data.

What they mean is a milestone, an event type, a stage or a value of a fact of the packs; how a
wording is written and found is told in docs/packs.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MEANINGS = ("milestone", "event_type", "stage", "fact")


@dataclass(frozen=True, slots=True)
class Cue:
    """Wordings that speak of `name`, a `means` of the packs, unless one of `unless` is near.

    `needs` are facts that must be spoken of near by, `sets` facts of the event it tells of. A cue
    that is `told` counts only where the clause tells what happened, not where it looks ahead; a
    `timed` one only beside a time that is over. One that is `apart` is its words alone, in any part
    of a document; a `general` one gives way to one that is not.
    """

    means: str
    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    value: str | None = None
    told: bool = True
    apart: bool = False
    general: bool = False
    timed: bool = False


def read_cues(told: Iterable[Mapping[str, Any]]) -> Iterator[Cue]:
    """Yield the cues of a manifest that was checked."""
    for one in told:
        means = meaning(one)
        yield Cue(
            means=means,
            name=str(one[means]),
            words=tuple(one["words"]),
            unless=tuple(one.get("unless", ())),
            needs=tuple(sorted(one.get("needs", {}).items())),
            sets=tuple(sorted(one.get("sets", {}).items())),
            value=one.get("value"),
            told=bool(one.get("told", True)),
            apart=bool(one.get("apart", False)),
            general=bool(one.get("general", False)),
            timed=bool(one.get("timed", False)),
        )


def meaning(told: Mapping[str, Any]) -> str:
    """Return which of the four a cue of a manifest speaks of."""
    return next(name for name in MEANINGS if name in told)
