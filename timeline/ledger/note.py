"""Signed notes, as C2SP signed-note has them: text, a blank line, a line for each signature.

Ed25519 alone (type 0x01). A note is read strictly: what would not be written byte for byte as it
came is refused, so no byte of it can be changed unseen.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from timeline.errors import BadInput, InvalidNote

if TYPE_CHECKING:
    from collections.abc import Iterator

_ED25519 = b"\x01"
_DASH = "\u2014 "
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_ID, _KEY, _SIGNATURE = 4, 32, 64


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key by which notes are verified: its name, and 32 bytes of Ed25519."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:_ID]

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """Read `name+id+key`, the verifier key of signed notes; raises InvalidNote."""
        name, _, rest = text.partition("+")
        told = _decoded(rest.partition("+")[2])
        key = cls(name, told[1:])
        if len(told) != 1 + _KEY or key.text() != text or not _NAME.fullmatch(name):
            raise InvalidNote(f"{text[:80]!r} is no Ed25519 verifier key")
        return key

    def text(self) -> str:
        """Write the key as `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{_encoded(_ED25519 + self.raw)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Say whether `signature` is this key's over `text`."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # slow to load
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs notes: its name, and the 32 bytes of its seed."""

    name: str
    seed: bytes

    @classmethod
    def made(cls, name: str) -> SigningKey:
        """Make a new key; raises BadInput for a name that no note can hold."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        if not _NAME.fullmatch(name):
            raise BadInput(f"{name!r} has spaces or a plus, or is empty", place="origin")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, text: str) -> SigningKey:
        """Read `PRIVATE+KEY+name+id+seed`, the signer key of signed notes; raises InvalidNote."""
        parts = text.split("+", 4)
        told = _decoded(parts[-1])
        key = cls(parts[2], told[1:]) if len(parts) == 5 and len(told) == 1 + _KEY else None  # noqa: PLR2004
        if key is None or key.text() != text:
            raise InvalidNote("this is no Ed25519 signer key, PRIVATE+KEY+name+id+seed")
        return key

    def text(self) -> str:
        """Write the key as `PRIVATE+KEY+name+id+seed`."""
        return f"PRIVATE+KEY+{self.name}+{self.public.id.hex()}+{_encoded(_ED25519 + self.seed)}"

    @property
    def public(self) -> PublicKey:
        """The key by which its signatures are verified."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return PublicKey(self.name, private.public_key().public_bytes_raw())

    def signature(self, text: str) -> str:
        """Return the line that signs `text`."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{_DASH}{self.name} {_encoded(self.public.id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart: its text, and of each signature the key's name, id and the signature."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def read(cls, note: str) -> Note:
        """Read a note; raises InvalidNote for what is none, to the byte."""
        text, _, lines = note.rpartition("\n\n")
        read = cls(text + "\n", tuple(_signatures(lines)))
        if not read.signatures or read.written() != note:
            raise InvalidNote("this is no signed note: text, a blank line, signatures")
        return read

    def written(self) -> str:
        """Write the note."""
        lines = (
            f"{_DASH}{name} {_encoded(id_ + signed)}\n" for name, id_, signed in self.signatures
        )
        return f"{self.text}\n{''.join(lines)}"

    def is_signed_by(self, key: PublicKey) -> bool:
        """Say whether `key` has signed it: every signature in its name must verify, and one be."""
        own = [signed for name, id_, signed in self.signatures if (name, id_) == (key.name, key.id)]
        return bool(own) and all(key.verifies(self.text, signed) for signed in own)


def signed(text: str, *keys: SigningKey) -> str:
    """Return the note of `text`, which ends in a line end, signed by `keys`."""
    return f"{text}\n{''.join(key.signature(text) for key in keys)}"


def notes_in(joined: str) -> list[str]:
    """Return the notes written one after the other in a file; what follows the last is one more."""
    notes: list[str] = []
    lines = joined.splitlines(keepends=True)
    begun, ending = list[str](), False
    for line in lines:
        if ending and not line.startswith(_DASH):
            notes.append("".join(begun))
            begun, ending = [], False
        ending = line.startswith(_DASH) and "\n" in begun
        begun.append(line)
    return [*notes, "".join(begun)] if begun else notes


def _signatures(lines: str) -> Iterator[tuple[str, bytes, bytes]]:
    for line in lines.removesuffix("\n").split("\n"):
        name, _, told = line.removeprefix(_DASH).rpartition(" ")
        decoded = _decoded(told)
        if not _NAME.fullmatch(name) or len(decoded) <= _ID:
            raise InvalidNote("a line after the blank one is no signature")
        yield name, decoded[:_ID], decoded[_ID:]


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidNote(f"{text[:80]!r} is not base64") from None
