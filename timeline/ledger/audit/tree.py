"""The tree over the leaves built anew: held against the stored nodes, its roots told on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.ledger.audit.fault import Fault, at
from timeline.ledger.merkle import EMPTY, root
from timeline.ledger.tiles import TILE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

    from timeline.ledger.audit.leaves import Leaves

_NODES = "SELECT level, number, hash FROM ledger_nodes"


@dataclass(slots=True)
class Built:
    """The tree as built: of each level above the leaves the nodes so far, and the roots wanted.

    A size has two roots while a leaf and its event disagree below it: either may be the true one.
    """

    levels: list[list[bytes]] = field(default_factory=list)
    roots: dict[int, set[bytes]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def built(
    connection: Connection, leaves: Leaves, differing: dict[int, bytes], sizes: Iterable[int]
) -> Built:
    """Build the tree of `leaves`, and tell of each event that differs which side was changed."""
    tree, stored = Built(), _stored_nodes(connection)
    wanted = sorted(size for size in set(sizes) if 0 <= size <= leaves.size)
    tree.roots[0] = {EMPTY}
    for number in range(-(-leaves.size // TILE)):
        kept = leaves.tile(number)
        events = _as_events(kept, number, differing)
        for size in _within(wanted, number):
            end = size - number * TILE
            tree.roots[size] = {_root(tree.levels, side[:end]) for side in (kept, events)}
        if len(kept) == TILE:
            node = stored.pop((1, number), None)
            true = events if root(events) == node else kept
            _tell(tree, number, node, (kept, events), differing)
            _grow(tree, 0, root(true), stored)
        else:
            _undecided(tree, number, differing)
    tree.faults += [_of_node(key, "is of no full tile") for key in sorted(stored)]
    return tree


def _stored_nodes(connection: Connection) -> dict[tuple[int, int], object]:
    rows = connection.exec_driver_sql(_NODES)
    return {(level, number): hash_ for level, number, hash_ in rows}


def _as_events(kept: list[bytes], number: int, differing: dict[int, bytes]) -> list[bytes]:
    """Return the leaves of a tile as its events give them."""
    if not differing:
        return kept
    first = number * TILE + 1
    return [differing.get(position, leaf) for position, leaf in enumerate(kept, first)]


def _within(wanted: list[int], number: int) -> list[int]:
    return [size for size in wanted if number * TILE < size <= (number + 1) * TILE]


def _root(levels: list[list[bytes]], leaves: list[bytes]) -> bytes:
    """Return the root over the full tiles so far and some leaves more, none or up to a tile."""
    rest = [root(leaves)] if leaves else []
    for nodes in levels:
        rest = nodes[len(nodes) // TILE * TILE :] + rest
        rest = [root(rest)] if rest else []
    return rest[0] if rest else EMPTY


def _tell(
    tree: Built,
    number: int,
    node: object,
    sides: tuple[list[bytes], list[bytes]],
    differing: dict[int, bytes],
) -> None:
    """Hold a full tile against its node, which says of each difference who is right."""
    kept, events = sides
    first = number * TILE + 1
    found = [position for position in range(first, first + TILE) if position in differing]
    if node in (root(kept), root(events)):
        told = "the event was changed" if node == root(kept) else "its leaf was changed"
        tree.faults += [at("events", position, told) for position in found]
        return
    _undecided(tree, number, differing)
    told = "is gone" if node is None else "is not what its leaves give"
    tree.faults.append(_of_node((1, number), told))


def _undecided(tree: Built, number: int, differing: dict[int, bytes]) -> None:
    for position in range(number * TILE + 1, (number + 1) * TILE + 1):
        if position in differing:
            tree.faults.append(at("events", position, "the event or its leaf was changed"))


def _grow(tree: Built, level: int, hash_: bytes, stored: dict[tuple[int, int], object]) -> None:
    """Add a node, and the one above it when that is full."""
    if len(tree.levels) == level:
        tree.levels.append([])
    nodes = tree.levels[level]
    nodes.append(hash_)
    if len(nodes) % TILE:
        return
    above, number = root(nodes[-TILE:]), len(nodes) // TILE - 1
    found = stored.pop((level + 2, number), None)
    if found != above:
        told = "is gone" if found is None else "is not what the nodes below it give"
        tree.faults.append(_of_node((level + 2, number), told))
    _grow(tree, level + 1, above, stored)


def _of_node(key: tuple[int, int], told: str) -> Fault:
    level, number = key
    try:
        width = TILE**level
        first, last = number * width + 1, (number + 1) * width
    except (OverflowError, TypeError, ValueError):
        first, last = None, None
    place = f"ledger_nodes, level {level}, number {number}"
    return Fault("ledger", f"{place} (positions {first} to {last})", told, first, last)
