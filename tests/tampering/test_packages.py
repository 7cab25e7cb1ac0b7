"""The audit package verifies anywhere with Python alone, and whatever is changed in it is found."""

from __future__ import annotations

import ast
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api import Timeline
from tests.tampering.packages import Packages, package, sweep_package
from timeline.errors import BadInput, NotFound
from timeline.ledger import merkle, verify_timeline
from timeline.ledger.verify_timeline import (
    Tree,
    Verification,
    ed25519_verifies,
    is_continued,
    root_by_inclusion,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path(str(verify_timeline.__file__))
ATTACKS_MADE = 150
# RFC 8032, section 7.1: public key, message, signature.
SIGNED = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
            "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
            "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
            "984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    return package(tmp_path_factory.mktemp("packages") / "made")


def _run(*told: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", *told]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("which", ["whole", "one"])
def test_a_package_verifies_with_the_standard_library_alone(made: Packages, which: str) -> None:
    folder = getattr(made, which)
    done = _run(str(folder / "verify_timeline.py"), "--kept", str(made.kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("nothing was altered\n")
    assert "checkpoints you kept:   3" in done.stdout


def test_what_was_verified_can_be_printed(made: Packages, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert _run(str(FILE), str(made.whole), "--html", str(page)).returncode == 0
    assert "<h1>Nothing was altered</h1>" in page.read_text()
    (tmp_path / "manifest.json").write_text("{}\n")
    done = _run(str(FILE), str(tmp_path), "--html", str(page))
    assert done.returncode == 1
    assert "FAULT" in done.stdout
    assert "faults</h1>" in page.read_text()


def test_another_first_key_is_refused(made: Packages) -> None:
    key = (made.whole / "keys.txt").read_text().split("\n")[1]
    assert _run(str(FILE), str(made.whole), "--key", key).returncode == 0
    assert _run(str(FILE), str(made.whole), "--key", key[:-1]).returncode == 1


def test_every_attack_on_a_package_is_found_in_its_place(made: Packages) -> None:
    swept = sweep_package(made, ATTACKS_MADE)
    assert (swept.attacks, swept.unseen, swept.misplaced) == (ATTACKS_MADE, [], [])


def _anything(*_: object) -> bool:
    return True


WITHOUT: dict[str, Callable[..., object]] = {
    "_is_signed": _anything,
    "_rewritten": lambda event, leaf: None,
    "_documents": lambda event: [],
    "root_by_inclusion": lambda leaf, index, size, proof: b"",
    "is_continued": _anything,
    "_request": lambda told: b"",
}


@pytest.mark.parametrize("check", WITHOUT)
def test_without_any_one_check_it_is_seen(
    made: Packages, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either the sweep misses something, or what nobody attacked looks attacked."""
    monkeypatch.setattr(verify_timeline, check, WITHOUT[check])
    try:
        swept = sweep_package(made, ATTACKS_MADE, seed=2)
    except AssertionError:
        return
    assert swept.unseen or swept.misplaced


def test_the_file_is_for_python_3_9_and_needs_only_the_standard_library() -> None:
    tree = ast.parse(FILE.read_text(), feature_version=(3, 9))
    taken = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert taken <= set(sys.stdlib_module_names)
    newer = {"file_digest", "pairwise", "slots", "strict", "kw_only", "bit_count"}
    called = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    keywords = {n.arg for n in ast.walk(tree) if isinstance(n, ast.keyword)}
    assert (called | keywords) & newer == set()


@pytest.mark.parametrize(("key", "message", "signature"), SIGNED)
def test_published_signatures(key: str, message: str, signature: str) -> None:
    told = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert ed25519_verifies(*told)
    assert not ed25519_verifies(told[0], told[1] + b"x", told[2])


def test_signatures_as_the_library_makes_them() -> None:
    chance = random.Random(1)
    for _ in range(12):
        private = Ed25519PrivateKey.generate()
        public, text = private.public_key().public_bytes_raw(), chance.randbytes(50)
        signature = private.sign(text)
        assert ed25519_verifies(public, text, signature)
        changed = bytearray(signature)
        changed[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not ed25519_verifies(public, text, bytes(changed))
        high = (
            int.from_bytes(signature[32:], "little")
            + 2**252
            + 27742317777372353535851937790883648493
        )
        assert not ed25519_verifies(public, text, signature[:32] + high.to_bytes(32, "little"))


def test_its_tree_is_the_ledger_s() -> None:
    hashes = [merkle.leaf_hash(bytes([n])) for n in range(70)]
    tree = Tree()
    for size in range(70):
        assert tree.root() == merkle.root(hashes[:size])
        top = tree.root()
        for index in range(size):
            proof = [merkle.root(hashes[a:b]) for a, b in merkle.inclusion_ranges(index, size)]
            assert root_by_inclusion(hashes[index], index, size, proof) == top
            old = index + 1, merkle.root(hashes[: index + 1])
            proof = [merkle.root(hashes[a:b]) for a, b in merkle.consistency_ranges(old[0], size)]
            assert is_continued(old, (size, top), proof)
            assert not is_continued((old[0], bytes(32)), (size, top), proof)
            assert not is_continued(old, (size, bytes(32)), proof)
        tree.add(hashes[size])


def test_what_cannot_be_exported(tmp_path: Path) -> None:
    with Timeline(f"sqlite:///{tmp_path / 't.db'}", create=True) as timeline:
        with pytest.raises(NotFound, match="signed"):
            timeline.export(tmp_path / "out")
        timeline.record("meridian", {"id": "meridian", "name": "Meridian"}, kind="issuer")
        timeline.sign()
        with pytest.raises(BadInput, match="holds something"):
            timeline.export(tmp_path)
        with pytest.raises(NotFound, match="issuer"):
            timeline.export(tmp_path / "out", issuer="nobody")
        assert not (tmp_path / "out").exists()


def test_what_came_after_the_checkpoint_is_not_in_the_package(tmp_path: Path) -> None:
    with Timeline(f"sqlite:///{tmp_path / 't.db'}", create=True) as timeline:
        timeline.record("meridian", {"id": "meridian", "name": "Meridian"}, kind="issuer", key="a")
        timeline.sign()
        event = {"id": "e", "type": "corp.moved", "occurred": "2008", "disclosed": "2008"}
        timeline.record("meridian", event, key="b")
        assert timeline.export(tmp_path / "out").events == 1
    found = Verification(tmp_path / "out")
    found.run(None, None)
    assert found.faults == []
