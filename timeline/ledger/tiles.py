"""The Merkle tree as it is stored: leaf hashes, and the roots of complete tiles of 256.

A tile of leaves that is full has its root as one node of level 1; 256 of those make one of level 2,
and so on. An append writes its leaf hashes and seldom a node; a proof reads one tile a level. What
lies in between is hashed anew, which is cheaper than keeping it.

What is read is asked of the driver directly, for a leaf must cost an append next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import LedgerBroken
from timeline.ledger.merkle import EMPTY, consistency_ranges, inclusion_ranges, root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from timeline.recorder.inserts import Inserts

TILE = 256
HASH = 32

_LEAVES = (
    "SELECT hashes FROM ledger_leaves WHERE first_position > ? AND first_position <= ? "
    "ORDER BY first_position"
)
_NODES = (
    "SELECT hash FROM ledger_nodes WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
)
_LAST_LEAVES = (
    "SELECT first_position, hashes FROM ledger_leaves ORDER BY first_position DESC LIMIT 1"
)


def runs(before: int, hashes: Sequence[bytes]) -> list[tuple[int, bytes]]:
    """Return the rows of leaves that follow `before`: as long as may be, none across two tiles."""
    first = TILE - before % TILE
    starts = [0, *range(first, len(hashes), TILE)]
    ends = [*starts[1:], len(hashes)]
    return [
        (before + start + 1, b"".join(hashes[start:end]))
        for start, end in zip(starts, ends, strict=True)
    ]


class Tree:
    """The stored tree, read on one connection; make a new one for each transaction.

    Raises LedgerBroken where hashes are missing, which `timeline verify` tells more about.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def size(self) -> int:
        """Return how many leaves there are."""
        last = _ask(self._connection, _LAST_LEAVES)
        return last[0][0] - 1 + len(last[0][1]) // HASH if last else 0

    def leaf(self, index: int) -> bytes:
        """Return the hash of the leaf `index`, counted from 0."""
        return self._hashes(0, index, index + 1)[0]

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` leaves."""
        return self._over(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the proof that the leaf `index` is one of the first `size`."""
        return [self._over(*range_) for range_ in inclusion_ranges(index, size)]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the first `old` leaves are the beginning of the first `new`."""
        return [self._over(*range_) for range_ in consistency_ranges(old, new)]

    def _over(self, start: int, end: int) -> bytes:
        """Return the root over leaves `[start, end)`, a subtree; what is no full tile comes last.

        Tiles stand as leaves of a tree of their own, so each round looks at one level of them.
        """
        level, rest = 0, list[bytes]()
        while end - start > TILE:
            cut = end // TILE * TILE
            rest = self._hashes(level, cut, end) + rest
            rest = [root(rest)] if rest else []
            level, start, end = level + 1, start // TILE, cut // TILE
        return root(self._hashes(level, start, end) + rest)

    def _hashes(self, level: int, start: int, end: int) -> list[bytes]:
        found: list[bytes] = []
        for number in range(start // TILE, -(-end // TILE)):
            base = number * TILE
            found += self._tile(level, number)[max(start - base, 0) : end - base]
        if len(found) != end - start:
            raise LedgerBroken("the ledger lacks hashes; `timeline verify` tells which")
        return found

    def _tile(self, level: int, number: int) -> list[bytes]:
        key = level, number
        if key not in self._tiles:
            start = number * TILE
            self._tiles[key] = _stored(self._connection, level, start, start + TILE)
        return self._tiles[key]


def full_tiles(
    inserts: Inserts, before: int, added: Sequence[bytes], level: int = 0
) -> list[tuple[int, int, bytes]]:
    """Return the nodes, as rows, of the tiles that `added`, following `before` others, make full.

    What stands in the first of these tiles already is read; nothing is, while no tile gets full.
    """
    first, end = before // TILE, (before + len(added)) // TILE
    if first == end:
        return []
    start = first * TILE
    known = [*(_stored(inserts.connection, level, start, before) if before > start else ()), *added]
    full = (end - first) * TILE
    roots = [root(known[at : at + TILE]) for at in range(0, full, TILE)]
    rows = [(level + 1, number, hash_) for number, hash_ in enumerate(roots, first)]
    return rows + full_tiles(inserts, first, roots, level + 1)


def _stored(connection: Connection, level: int, start: int, end: int) -> list[bytes]:
    if level:
        return [row[0] for row in _ask(connection, _NODES, level, start, end)]
    joined = b"".join(row[0] for row in _ask(connection, _LEAVES, start, end))
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]


def _ask(connection: Connection, statement: str, *told: Any) -> Sequence[Any]:
    cursor = connection.connection.cursor()
    cursor.execute(_of(connection, statement), told)
    return cursor.fetchall()


def _of(connection: Connection, statement: str) -> str:
    return statement.replace("?", "%s") if connection.dialect.name == "postgresql" else statement
