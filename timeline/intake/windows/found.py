"""Found: a term that was read, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.windows.said import Part, Said, Unit, with_year
from timeline.intake.windows.years import year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Found:
    """A term and the place behind it; a `weak` one is about time only behind a preposition."""

    said: Said
    end: int
    weak: bool = False


def with_year_behind(tokens: Tokens, j: int, said: Part | Unit) -> Found:
    """Return it with the year behind it, if there is one."""
    year = year_behind(tokens, j)
    return Found(with_year(said, year[0]), year[1]) if year else Found(said, j)
