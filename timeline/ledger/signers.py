"""The keys that have signed this store's checkpoints, each from a number of events on.

A key is recorded as a note: its public half, and from how many events on it signs. It is signed by
itself and by the key before it, so whoever trusts the first one can trust those that followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.errors import InvalidNote
from timeline.ledger.note import Note, PublicKey, signed
from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from timeline.ledger.note import SigningKey

_TEXT = re.compile(
    r"timeline-key/1\n(\S+)\nnumber ([1-9][0-9]{0,17})\nfrom (0|[1-9][0-9]{0,18})\ntime (\S+)\n"
)
_KEYS = "SELECT note FROM signing_keys ORDER BY number"


@dataclass(frozen=True, slots=True)
class Signer:
    """One key: `number` counts from 1, `from_size` is how many events there were when it began."""

    key: PublicKey
    number: int
    from_size: int
    begun: str
    note: str

    @classmethod
    def read(cls, note: str) -> Signer:
        """Read a recorded key, whoever signed it; raises InvalidNote."""
        told = _TEXT.fullmatch(Note.read(note).text)
        if told is None:
            raise InvalidNote("the note records no key")
        key, number, from_size, begun = told.groups()
        return cls(PublicKey.read(key), int(number), int(from_size), begun, note)

    def is_signed(self, before: Signer | None) -> bool:
        """Say whether it is signed by itself, and by the one `before` it."""
        by = [self.key] if before is None else [self.key, before.key]
        note = Note.read(self.note)
        return len(note.signatures) == len(by) and all(note.is_signed_by(key) for key in by)


def signers(connection: Connection) -> list[Signer]:
    """Return the keys as recorded, oldest first; raises InvalidNote for one that is none."""
    return [Signer.read(row[0]) for row in connection.exec_driver_sql(_KEYS)]


def signer_note(
    key: SigningKey, number: int, from_size: int, at: datetime, *, before: SigningKey | None
) -> str:
    """Return the note that records `key`."""
    text = (
        f"timeline-key/1\n{key.public.text()}\nnumber {number}\nfrom {from_size}\n"
        f"time {instant_text(at)}\n"
    )
    return signed(text, key) if before is None else signed(text, key, before)


def signer_of(known: Sequence[Signer], note: Note, size: int) -> Signer | None:
    """Return the key that has signed a checkpoint of `size` events, when it was its turn."""
    ends = [*(one.from_size for one in known[1:]), None]
    for one, end in zip(known, ends, strict=False):
        if one.from_size <= size and (end is None or size <= end) and note.is_signed_by(one.key):
            return one
    return None
