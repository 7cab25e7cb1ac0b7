"""Atoms: the runs of letters and runs of digits that a name is told by, whatever stands between."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATOM = re.compile(r"[^\W\d_]+|\d+")
# What may stand between the atoms of one name: dashes, spaces, one line end, signs of a mark.
_BETWEEN = re.compile(
    r"(?:[ \t\u00a0\u202f\-‐‑‒–—./&,'’+%]|[™®℠]|\((?:TM|R|SM)\)|\r?\n(?!\s*\n)){0,6}+",  # noqa: RUF001
    re.IGNORECASE,
)
# A full stop and a space end a sentence, unless behind something as short as "St.".
_STOP = re.compile(r"\.\s")
_INITIAL = 2


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of letters or of digits at `start`..`end`; `key` has case and accents levelled."""

    start: int
    end: int
    key: str


def atoms(text: str) -> Iterator[Atom]:
    """Yield the atoms of `text` in order; those of a (TM) or (R) sign are left out."""
    for found in _ATOM.finditer(text):
        if not _is_sign(text, found):
            yield Atom(found.start(), found.end(), level(found.group()))


def _is_sign(text: str, found: re.Match[str]) -> bool:
    around = text[max(0, found.start() - 1) : found.end() + 1]
    return around.upper() in {"(TM)", "(R)", "(SM)"}


def level(word: str) -> str:
    """Return a word with case, accents and compatible forms levelled."""
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parted if not unicodedata.combining(c))


def joined(text: str, before: Atom, after: Atom) -> bool:
    """Whether two atoms that follow one another can belong to one name."""
    between = _BETWEEN.match(text, before.end, after.start)
    if between is None or between.end() != after.start:
        return False
    return len(before.key) <= _INITIAL or _STOP.search(between.group()) is None


def key_of(name: str) -> tuple[str, ...]:
    """Return what a name is told by: its atoms, levelled."""
    return tuple(atom.key for atom in atoms(name))
