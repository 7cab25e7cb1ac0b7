"""The policy: a named, numbered file that says how many days vague words are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from timeline.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

NEWEST = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """What the words leave open, as `policies/N.json` decides it; `name` goes with every window."""

    name: str
    thirds: Mapping[str, Mapping[str, tuple[int, int]]]
    seasons: Mapping[str, tuple[int, int]]
    vague_amounts: Mapping[str, Mapping[str, int]]
    coming: Mapping[str, int]
    soon: Mapping[str, int]
    recently: int
    aim: Mapping[str, int]
    just_over: Mapping[str, int]
    turn_of_the_year: int


@cache
def policy(number: int = NEWEST) -> Policy:
    """Return one of the policies that come with the project; raises NotFound for another number."""
    file = files("timeline.intake.windows") / "policies" / f"{number}.json"
    if not file.is_file():
        raise NotFound(f"there is no window policy {number}; the newest is {NEWEST}")
    told: dict[str, Any] = json.loads(file.read_bytes())
    return Policy(
        name=told["policy"],
        thirds={
            unit: {part: (days[0], days[1]) for part, days in thirds.items()}
            for unit, thirds in told["thirds"].items()
        },
        seasons={name: (months[0], months[1]) for name, months in told["seasons"].items()},
        vague_amounts=told["vague_amounts"],
        coming=told["coming"],
        soon=told["soon"],
        recently=told["recently"],
        aim=told["aim"],
        just_over=told["just_over"],
        turn_of_the_year=told["turn_of_the_year"],
    )
