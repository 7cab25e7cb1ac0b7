"""Signed notes against a published one, and every byte of a note changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from timeline.errors import BadInput, InvalidNote, SigningKeyMissing
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.key_file import key_for, read_keys, write_keys
from timeline.ledger.note import Note, PublicKey, SigningKey, notes_in, signed

if TYPE_CHECKING:
    from pathlib import Path

# The example of Go's golang.org/x/mod/sumdb/note, where the format comes from.
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n"
    "\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# The example of C2SP tlog-checkpoint.
HEAD = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
AT = datetime(2008, 7, 8, 12, tzinfo=UTC)


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.made("example.com/log")


def _checkpoint(key: SigningKey) -> str:
    return signed(Checkpoint(key.name, 17, b"r" * 32, 3, b"l" * 32, AT).text(), key)


def test_a_published_note_is_read_and_verified() -> None:
    note = Note.read(NOTE)
    assert note.text == "This is an example message.\n"
    assert note.is_signed_by(PublicKey.read(KEY))
    assert Note.read(HEAD).written() == HEAD


def test_keys_are_written_as_they_were_read(key: SigningKey) -> None:
    assert PublicKey.read(KEY).text() == KEY
    assert SigningKey.read(key.text()) == key
    assert PublicKey.read(key.public.text()) == key.public


def test_a_checkpoint_has_the_lines_of_the_standard_first(key: SigningKey) -> None:
    lines = _checkpoint(key).split("\n")
    assert lines[:3] == ["example.com/log", "17", "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI="]
    assert Checkpoint.of(_checkpoint(key)).size == 17


def test_every_changed_byte_of_a_checkpoint_is_seen(key: SigningKey) -> None:
    note = _checkpoint(key).encode()
    assert Note.read(note.decode()).is_signed_by(key.public)
    for place in range(len(note)):
        for bit in range(8):
            changed = bytearray(note)
            changed[place] ^= 1 << bit
            assert not _holds(bytes(changed), key.public), (place, bit)


def _holds(note: bytes, key: PublicKey) -> bool:
    try:
        read = Note.read(note.decode())
        Checkpoint.read(read.text)
    except (InvalidNote, UnicodeDecodeError):
        return False
    return read.is_signed_by(key)


@pytest.mark.parametrize(
    "text",
    [
        "", "no note", "a\n\n", "a\n\n\u2014 name\n", "a\n\n- name AAAA\n",
        NOTE.removesuffix("\n"), NOTE + "\n", NOTE.replace("\u2014", "-"), NOTE[:-6] + "\n",
    ],
)  # fmt: skip
def test_what_is_no_note(text: str) -> None:
    with pytest.raises(InvalidNote):
        Note.read(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_name_no_note_can_hold(name: str) -> None:
    with pytest.raises(BadInput, match="origin"):
        SigningKey.made(name)


@pytest.mark.parametrize("text", ["", "a+b", KEY[:-1], KEY.replace("530d", "530e"), "x" + KEY])
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(InvalidNote):
        PublicKey.read(text)


def test_notes_one_after_the_other(key: SigningKey) -> None:
    one, two = _checkpoint(key), signed("text\n\nwith a gap\n", key, key)
    assert notes_in(one + two + one) == [one, two, one]
    assert notes_in("") == []
    assert notes_in(one + "rest") == [one, "rest"]


def test_a_key_file_is_for_its_owner_alone(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert read_keys(path) == []
    write_keys(path, key)
    assert path.stat().st_mode & 0o777 == 0o600
    assert key_for(path, key.public) == key
    path.chmod(0o640)
    with pytest.raises(BadInput, match="chmod 600"):
        read_keys(path)


def test_a_key_that_is_not_there(key: SigningKey, tmp_path: Path) -> None:
    write_keys(tmp_path / "key", SigningKey.made("other"))
    for path in (None, tmp_path / "none", tmp_path / "key"):
        with pytest.raises(SigningKeyMissing):
            key_for(path, key.public)
    (tmp_path / "key").write_text("nonsense\n")
    with pytest.raises(BadInput, match="no signer key"):
        read_keys(tmp_path / "key")
