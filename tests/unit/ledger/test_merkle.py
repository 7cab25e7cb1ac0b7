"""The tree against the vectors of Certificate Transparency, and a naive one by the RFC."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from itertools import product

import pytest

from timeline.ledger import merkle

LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (leaf counted from 0, size) and the proof.
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]
MOST = 70


def _proof(hashes: list[bytes], ranges: list[tuple[int, int]]) -> list[bytes]:
    return [merkle.root(hashes[start:end]) for start, end in ranges]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    assert merkle.root(HASHES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_published_inclusion_proofs(index: int, size: int) -> None:
    proof = _proof(HASHES, merkle.inclusion_ranges(index, size))
    assert [one.hex() for one in proof] == INCLUSION[index, size]
    assert merkle.includes(HASHES[index], index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int) -> None:
    proof = _proof(HASHES, merkle.consistency_ranges(old, new))
    assert [one.hex() for one in proof] == CONSISTENCY[old, new]
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert merkle.is_consistent(old, new, *roots, proof)


# The same by the recursive definitions of RFC 6962, section 2.1, word for word.


def _mth(leaves: tuple[bytes, ...]) -> bytes:
    return _mth_of(leaves) if leaves else sha256(b"").digest()


@cache
def _mth_of(d: tuple[bytes, ...]) -> bytes:
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = _k(len(d))
    return sha256(b"\x01" + _mth_of(d[:k]) + _mth_of(d[k:])).digest()


def _k(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def _path(m: int, d: tuple[bytes, ...]) -> list[bytes]:
    if len(d) == 1:
        return []
    k = _k(len(d))
    if m < k:
        return [*_path(m, d[:k]), _mth(d[k:])]
    return [*_path(m - k, d[k:]), _mth(d[:k])]


def _subproof(m: int, d: tuple[bytes, ...], *, whole: bool) -> list[bytes]:
    if m == len(d):
        return [] if whole else [_mth(d)]
    k = _k(len(d))
    if m <= k:
        return [*_subproof(m, d[:k], whole=whole), _mth(d[k:])]
    return [*_subproof(m - k, d[k:], whole=False), _mth(d[:k])]


DATA = tuple(f"leaf {n}".encode() for n in range(MOST))
HASHED = [merkle.leaf_hash(data) for data in DATA]


@pytest.mark.parametrize("size", range(MOST + 1))
def test_every_root_and_proof_up_to_seventy_leaves(size: int) -> None:
    top = merkle.root(HASHED[:size])
    assert top == _mth(DATA[:size])
    for index in range(size):
        proof = _proof(HASHED, merkle.inclusion_ranges(index, size))
        assert proof == _path(index, DATA[:size])
        assert merkle.includes(HASHED[index], index, size, proof, top)
    for old in range(1, size + 1):
        proof = _proof(HASHED, merkle.consistency_ranges(old, size))
        assert proof == _subproof(old, DATA[:size], whole=True)
        assert merkle.is_consistent(old, size, _mth(DATA[:old]), top, proof)


@pytest.mark.parametrize("size", [1, 2, 7, 8, 33])
def test_a_proof_of_anything_else_is_refused(size: int) -> None:
    top = merkle.root(HASHED[:size])
    for index, other in product(range(size), range(-1, size + 2)):
        proof = _proof(HASHED, merkle.inclusion_ranges(index, size))
        leaf = HASHED[index]
        assert merkle.includes(leaf, other, size, proof, top) == (other == index)
        assert not merkle.includes(leaf, index, size, [*proof, top], top)
        assert not merkle.includes(leaf, index, size, proof[1:], top) or not proof
        for place in range(len(proof)):
            changed = [*proof]
            changed[place] = bytes(32)
            assert not merkle.includes(leaf, index, size, changed, top)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (3, 7), (4, 8), (6, 8), (33, 70), (32, 64)])
def test_a_beginning_that_is_none_is_refused(old: int, new: int) -> None:
    roots = merkle.root(HASHED[:old]), merkle.root(HASHED[:new])
    proof = _proof(HASHED, merkle.consistency_ranges(old, new))
    assert merkle.is_consistent(old, new, *roots, proof)
    assert not merkle.is_consistent(old, new, bytes(32), roots[1], proof)
    assert not merkle.is_consistent(old, new, roots[0], bytes(32), proof)
    assert not merkle.is_consistent(old, new, *roots, proof[1:])
    assert not merkle.is_consistent(old, new, *roots, [*proof, bytes(32)])
    assert not merkle.is_consistent(new, old, *roots[::-1], proof)
    for place in range(len(proof)):
        changed = [*proof]
        changed[place] = bytes(32)
        assert not merkle.is_consistent(old, new, *roots, changed)


def test_from_nothing_and_to_itself() -> None:
    top = merkle.root(HASHED)
    assert merkle.is_consistent(0, MOST, merkle.EMPTY, top, [])
    assert not merkle.is_consistent(0, MOST, bytes(32), top, [])
    assert merkle.is_consistent(MOST, MOST, top, top, [])
    assert not merkle.is_consistent(MOST, MOST, bytes(32), top, [])
    assert not merkle.is_consistent(MOST, MOST, top, top, [top])
