"""Erasing a data subject, as a Python library.

with Timeline("sqlite:///timeline.db", recorded_by="ann") as timeline:
erased = timeline.erase("migenix", "employee 17", reason="asked to be forgotten")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.recording import as_json, recorded_issuer
from timeline.bitemporal import format_instant
from timeline.errors import BadInput
from timeline.personal import erase

if TYPE_CHECKING:
    from timeline.recorder import SqlRecorder


@dataclass(frozen=True, slots=True)
class Erasure:
    """The answer of an erasure, never with the data subject in it.

    `id`, `position` and `recorded_at` are those of its event, null where nothing was `erased`: the
    data subject was never known, or is erased already. `wiped` says that the key is gone from the
    database's own files too; where it is not, ask again.
    """

    erased: bool
    wiped: bool
    id: str | None
    position: int | None
    recorded_at: str | None

    def body(self) -> dict[str, Any]:
        """Return the answer as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


class Erasing:
    """What an open store does to forget."""

    recorder: SqlRecorder
    recorded_by: str

    def erase(self, issuer: str, data_subject: str, *, reason: str) -> Erasure:
        """Erase the key of a data subject: its personal facts are unreadable from then on.

        On every axis, and for good; the log, its hashes and proofs stay as they are, and an event
        tells of it. Safe to repeat. Raises NotFound for an unknown issuer, BadInput for no reason.
        """
        for name, text in (("data_subject", data_subject), ("reason", reason)):
            if not isinstance(text, str) or not text.strip():
                raise BadInput("is to be text that says something", place=name)
            as_json(text, name)
        of = recorded_issuer(self.recorder, issuer)
        done = erase(self.recorder, of, data_subject, reason=reason, recorded_by=self.recorded_by)
        at = None if done.recorded_at is None else format_instant(done.recorded_at)
        return Erasure(done.id is not None, done.wiped, done.id, done.position, at)
