"""The Merkle tree of RFC 6962, section 2.1: hashes in, hashes out, no storage.

A proof is a list of hashes of subtrees. Which subtrees is told apart from their hashes, as ranges
of leaves `[start, end)`, so whoever keeps the hashes of subtrees need not hash the leaves again.
Leaves are counted from 0.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY = sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: no node can have the same, for its first byte differs."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Return how many of `size` leaves, two at least, stand on the left: a power of two."""
    return 1 << (size - 1).bit_length() - 1


def root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over `hashes`, of leaves or of complete subtrees that are equally large."""
    level = list(hashes) or [EMPTY]
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs)]  # noqa: B905  # the odd one is kept
        level += odd
    return level[0]


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Return the subtrees that prove leaf `index` to be in a tree of `size`, lowest first."""
    start, end, found = 0, size, list[tuple[int, int]]()
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """Return the subtrees that prove a tree of `old` leaves to be the beginning of one of `new`."""
    if not 0 < old < new:
        return []
    start, end, found = 0, new, list[tuple[int, int]]()
    while end != old:
        middle = start + split(end - start)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    if start:
        found.append((start, end))
    return found[::-1]


def root_of_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that `proof` leads to from a leaf's hash; None where it does not fit."""
    ranges = inclusion_ranges(index, size) if 0 <= index < size else None
    if ranges is None or len(ranges) != len(proof):
        return None
    found = leaf
    for (start, _), beside in zip(ranges, proof, strict=True):
        found = node_hash(found, beside) if index < start else node_hash(beside, found)
    return found


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` shows the leaf at `index` of the tree of `size` leaves under `root`."""
    return root_of_inclusion(leaf, index, size, proof) == root


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether `proof` shows the tree under `old_root` to be the beginning of the other."""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return not proof and old_root == (new_root if old else EMPTY)
    ranges = consistency_ranges(old, new)
    hashes = list(proof)
    if ranges[0][1] != old:  # the old tree is one subtree, whose hash is known: its root
        ranges, hashes = [(0, old), *ranges], [old_root, *hashes]
    if len(ranges) != len(hashes):
        return False
    return _joined([start for start, _ in ranges], hashes) == (old_root, new_root)


def _joined(starts: list[int], hashes: list[bytes]) -> tuple[bytes, bytes]:
    """Join subtrees, each beside what is joined already: to the older root, and to the newer."""
    left = right = hashes[0]
    first = starts[0]
    for start, beside in zip(starts[1:], hashes[1:], strict=True):
        if start < first:
            left, right, first = node_hash(beside, left), node_hash(beside, right), start
        else:
            right = node_hash(right, beside)
    return left, right
