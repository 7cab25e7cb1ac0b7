"""A sealed value and the key it is sealed with: AES-SIV (RFC 5297), the same in, the same out.

The text is `sealed:1:KEY:PLACE:CIPHERTEXT`. PLACE is the item and the fact it was sealed for, and
with the issuer it is authenticated, so a value moved elsewhere does not pass for one of there.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import uuid4

import orjson

from timeline.canonical import canonical_json

PREFIX = "sealed:1:"
_PARTS = 5


class Sealed(NamedTuple):
    """What the text of a sealed value says without its key."""

    key: str
    item: str
    fact: str
    ciphertext: bytes

    @classmethod
    def read(cls, value: Any) -> Sealed | None:
        """Read the text of a sealed value; None for anything else."""
        if not isinstance(value, str) or not value.startswith(PREFIX):
            return None
        parts = value.split(":")
        try:
            item, fact = orjson.loads(_decoded(parts[3]))
            return cls(parts[2], item, fact, _decoded(parts[4])) if len(parts) == _PARTS else None
        except (IndexError, TypeError, ValueError, binascii.Error):
            return None


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one data subject of one issuer; its id says nothing about who that is."""

    issuer: str
    data_subject: str = field(repr=False)
    id: str
    secret: bytes = field(repr=False)

    @classmethod
    def made(cls, issuer: str, data_subject: str) -> Key:
        """Make a key at random."""
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415

        return cls(issuer, data_subject, str(uuid4()), AESSIV.generate_key(512))

    def seal(self, value: Any, *, item: str, fact: str) -> str:
        """Return the text that stands for a JSON `value`; equal only for equals of one place."""
        sealed = self._cipher().encrypt(canonical_json(value), self._place(item, fact))
        place = _encoded(canonical_json([item, fact]))
        return f"{PREFIX}{self.id}:{place}:{_encoded(sealed)}"

    def opened(self, sealed: Sealed) -> Any:
        """Return the value; raises ValueError for one that was altered, or sealed elsewhere."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        try:
            place = self._place(sealed.item, sealed.fact)
            return orjson.loads(self._cipher().decrypt(sealed.ciphertext, place))
        except InvalidTag:
            raise ValueError("the sealed value was altered, or is another key's") from None

    def mark(self, digest: str) -> str:
        """Return a digest that nobody can guess at without the key."""
        return hmac.new(self.secret, digest.encode(), "sha256").hexdigest()

    def _place(self, item: str, fact: str) -> list[bytes]:
        return [self.issuer.encode(), item.encode(), fact.encode()]

    def _cipher(self) -> Any:
        # Loaded where it is used: what no personal fact is in needs no cryptography.
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415

        return AESSIV(self.secret)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
