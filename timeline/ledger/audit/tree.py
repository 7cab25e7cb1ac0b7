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
            sides = (kept,) if events is kept else (kept, events)
            tree.roots[size] = {_root(tree.levels, side[:end]) for side in sides}
        if len(kept) == TILE:
            node = stored.pop((1, number), None)
            _grow(tree, 0, _judged(tree, number, node, (kept, events), differing), stored)
        else:
            _undecided(tree, number, differing)
    tree.faults += [_of_node(key, "is of no full tile") for key in sorted(stored, key=str)]
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


def _judged(
    tree: Built,
    number: int,
    node: object,
    sides: tuple[list[bytes], list[bytes]],
    differing: dict[int, bytes],
) -> bytes:
    """Hold a full tile against its node, which says of each difference who is right.

    Returns the root to go on with.
    """
    kept, events = sides
    as_kept = root(kept)
    as_events = as_kept if events is kept else root(events)
    if node not in (as_kept, as_events):
        _undecided(tree, number, differing)
        told = "is gone" if node is None else "is not what its leaves give"
        tree.faults.append(_of_node((1, number), told))
        return as_kept
    told = "the event was changed" if node == as_kept else "its leaf was changed"
    tree.faults += [at("events", position, told) for position in _of_tile(number, differing)]
    return as_kept if node == as_kept else as_events


def _undecided(tree: Built, number: int, differing: dict[int, bytes]) -> None:
    told = "the event or its leaf was changed"
    tree.faults += [at("events", position, told) for position in _of_tile(number, differing)]


def _of_tile(number: int, differing: dict[int, bytes]) -> list[int]:
    if not differing:
        return []
    first = number * TILE + 1
    return [position for position in range(first, first + TILE) if position in differing]


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
