"""Checkpoints, as C2SP tlog-checkpoint has them: what one signature says about the whole store.

Lines: the origin (the name of this log and of its keys), how many events, the root over them in
base64. Two extension lines follow: how many requests were answered and the last link of their
chain, and when it was signed, by the store's clock.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime

from timeline.errors import InvalidNote
from timeline.ledger.note import Note
from timeline.recorder.clock import instant_text

_NUMBER = r"(0|[1-9][0-9]{0,18})"
_HASH = r"([A-Za-z0-9+/]{43}=)"
_TEXT = re.compile(
    rf"([^\s+]+)\n{_NUMBER}\n{_HASH}\nrequests {_NUMBER} {_HASH}\ntime ([0-9T:.-]+Z)\n"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first `size` events under `root`, the first `requests` answers under their last `link`.

    `signed_at` is in UTC.
    """

    origin: str
    size: int
    root: bytes
    requests: int
    link: bytes
    signed_at: datetime

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Read the text of a checkpoint of ours; raises InvalidNote."""
        told = _TEXT.fullmatch(text)
        if told is None:
            raise InvalidNote("the note is no checkpoint of a timeline")
        origin, size, root, requests, link, at = told.groups()
        try:
            signed_at = datetime.fromisoformat(at)
        except ValueError:
            raise InvalidNote(f"{at!r} is no instant") from None
        read = cls(origin, int(size), _decoded(root), int(requests), _decoded(link), signed_at)
        if read.text() != text:
            raise InvalidNote("the note is no checkpoint as a timeline writes it")
        return read

    @classmethod
    def of(cls, note: str) -> Checkpoint:
        """Read the checkpoint in a signed note, whoever signed it; raises InvalidNote."""
        return cls.read(Note.read(note).text)

    def text(self) -> str:
        """Write what is signed."""
        return (
            f"{self.origin}\n{self.size}\n{_encoded(self.root)}\n"
            f"requests {self.requests} {_encoded(self.link)}\ntime {instant_text(self.signed_at)}\n"
        )

    def says_the_same(self, other: Checkpoint) -> bool:
        """Say whether both speak of the same events and requests, whenever they were signed."""
        return (self.size, self.root, self.requests, self.link) == (
            other.size, other.root, other.requests, other.link
        )  # fmt: skip


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text)
