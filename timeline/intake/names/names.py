"""Names: which program, partner or issuer a text speaks of, told from what is on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.intake.names.atoms import Atom, atoms, joined, key_of
from timeline.intake.names.mention import Mention, Named, NameKind
from timeline.intake.names.near import NearWords
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RANK = {NameKind.PROGRAM: 0, NameKind.PARTNER: 1, NameKind.ISSUER: 2}
_SIGNS = ("(TM)", "(R)", "(SM)")
_DASHES = "-‐‑–"  # noqa: RUF001


@dataclass(slots=True)
class _Node:
    """A place in the tree of names: the atoms that may follow, and what is named up to here."""

    below: dict[str, _Node] = field(default_factory=dict)
    named: Named | None = None
    shared: bool = False


class Names:
    """The names on record, to be found in texts.

    A name that two things of one kind share finds neither; one that a program and a company share
    finds the program. Case, accents, dashes, spaces, (TM) and (R) do not matter, every digit does;
    but a company is named with a capital at least: "cadence" is a word.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        self.named = tuple(named)
        self._root = _Node()
        for one in sorted(self.named, key=lambda one: _RANK[one.kind]):
            for name in one.names:
                self._learn(key_of(name), one)
        self._near = NearWords(
            word for one in self.named for name in one.names for word in key_of(name)
        )

    def _learn(self, key: tuple[str, ...], one: Named) -> None:
        if not key:
            return
        node = self._root
        for atom in key:
            node = node.below.setdefault(atom, _Node())
        if node.named is None:
            node.named = one
        elif node.named.kind is one.kind and node.named.id != one.id:
            node.shared = True

    def mentions(self, text: str) -> list[Mention]:
        """Return what `text` names, in order; of names that overlap the first and longest."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Mention]:
        told = list(atoms(text))
        exact = [atom.key for atom in told]
        near = [self._near.word(atom.key, text[atom.start].isupper()) for atom in told]
        at = 0
        while at < len(told):
            found = self._at(text, told, exact, at) or self._at(text, told, near, at)
            if found is None:
                at += 1
                continue
            mention, after = found
            yield mention
            at = after

    def _at(
        self, text: str, told: list[Atom], keys: list[str], at: int
    ) -> tuple[Mention, int] | None:
        """Return the longest name that begins with the atom `at`, and the atom after it."""
        node, last = self._root, at
        best: tuple[Named, int] | None = None
        while last < len(told) and (below := node.below.get(keys[last])) is not None:
            if last > at and not joined(text, told[last - 1], told[last]):
                break
            node, last = below, last + 1
            if node.named is not None and not node.shared and _stands(text, told, at, last):
                best = node.named, last
        if best is None:
            return None
        one, after = best
        span = Span(told[at].start, _signed(text, told[after - 1].end))
        if one.kind is not NameKind.PROGRAM and span.of(text).islower():
            return None
        exact = all(told[n].key == keys[n] for n in range(at, after))
        return Mention(span, one.kind, one.id, exact), after


def _stands(text: str, told: list[Atom], at: int, last: int) -> bool:
    """Whether no more of a code is glued to the name: MX-2401 is not in MX-24015, MX-2401-2."""
    start, end = told[at].start, told[last - 1].end
    if start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    rest = text[end : end + 3]
    if rest[:1].isalnum() or rest[:1] == "_":
        return False
    if told[last - 1].key.isdigit() and rest[:1] in (*_DASHES, ".", "/"):
        return not _goes_on(rest)
    return True


def _goes_on(rest: str) -> bool:
    """Whether a code goes on behind a dash, dot or slash: with a digit or a single capital."""
    if rest[1:2].isdigit():
        return True
    return rest[0] in _DASHES and rest[1:2].isupper() and not rest[2:3].isalpha()


def _signed(text: str, end: int) -> int:
    """Return the end of a name with the sign of a mark that follows it."""
    if text[end : end + 1] in ("™", "®", "℠"):
        return end + 1
    rest = text[end : end + 4].upper()
    return next((end + len(sign) for sign in _SIGNS if rest.startswith(sign)), end)
