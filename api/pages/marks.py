"""A text cut where findings begin and end, so that each can be marked at its very words.

Places are in code points, as Python counts; a browser counts otherwise, so it is done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[int, int]

WORST = ("fail", "needs_review", "proposed", "pass")
"""How places may look, from the one that shows through all others on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text: the numbers of the places it is in, of those that begin with it, its look."""

    text: str
    within: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    look: str = ""


def pieces(text: str, places: Mapping[Place, str]) -> list[Piece]:
    """Return all of `text`, cut at the ends of `places`, each of which has a look.

    Places are numbered from 1 in the order of the mapping; joined, the pieces are the text.
    """
    numbered = list(enumerate(places.items(), start=1))
    cuts = sorted({0, len(text), *(end for place in places for end in place)})
    found = []
    for start, end in pairwise(cuts):
        inside = [(n, p, look) for n, (p, look) in numbered if p[0] <= start and end <= p[1]]
        look = min((look for _, _, look in inside), key=WORST.index, default="")
        begins = tuple(n for n, place, _ in inside if place[0] == start)
        found.append(Piece(text[start:end], tuple(n for n, _, _ in inside), begins, look))
    return found
