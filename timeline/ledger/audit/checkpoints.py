"""Keys and checkpoints: each signed by the key whose turn it was, each true of what is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from timeline.errors import InvalidNote
from timeline.ledger.audit.fault import Fault
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.note import Note
from timeline.ledger.signers import Signer, signer_of
from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from timeline.ledger.audit.events import Events
    from timeline.ledger.audit.requests import Requests
    from timeline.ledger.audit.tree import Built

_ROWS = "SELECT number, note FROM {} ORDER BY number"


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint with its place: its row's number, or where in the auditor's file it stands.

    `signer` is the number of the key that has signed it, 0 where none of the store's has.
    """

    check: str
    place: str
    note: str
    checkpoint: Checkpoint
    signer: int

    def wrong(self, told: str, first: int | None = None, last: int | None = None) -> Fault:
        """Return a fault of this checkpoint."""
        return Fault(self.check, self.place, told, first, last)


@dataclass(slots=True)
class Notes:
    """What was signed: the keys, the checkpoints stored, and those somebody kept elsewhere."""

    keys: list[Signer] = field(default_factory=list)
    stored: list[Signed] = field(default_factory=list)
    kept: list[Signed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def all(self) -> list[Signed]:
        """Every checkpoint that could be read."""
        return [*self.stored, *self.kept]


def read_notes(connection: Connection, since: Sequence[str]) -> Notes:
    """Read keys and checkpoints, and hold their signatures; what is true of them comes later."""
    notes = Notes()
    _read_keys(notes, _rows(notes, connection, "signing_keys", "keys"))
    for number, note in _rows(notes, connection, "checkpoints", "checkpoints"):
        _read(notes, notes.stored, f"checkpoints, number {number}", note, "checkpoints")
    for number, note in enumerate(since, 1):
        _read(notes, notes.kept, f"kept checkpoint {number}", note, "since")
    return notes


def held_against(notes: Notes, built: Built, requests: Requests, events: Events) -> list[Fault]:
    """Return what the checkpoints say otherwise than the store now gives."""
    faults = list(_in_order(notes.stored))
    proven = {0}
    for one in sorted(notes.all, key=lambda signed: signed.checkpoint.size):
        size = one.checkpoint.size
        before = max(sound for sound in proven if sound < max(size, 1))
        wrong = list(_contradicted(one, built, requests, events, before))
        faults += wrong
        proven |= set() if wrong else {size}
    there = {one.note for one in notes.stored}
    faults += [
        one.wrong("is not among those stored") for one in notes.kept if one.note not in there
    ]
    return faults


def _rows(notes: Notes, connection: Connection, table: str, check: str) -> list[tuple[int, Any]]:
    rows = [(number, note) for number, note in connection.exec_driver_sql(_ROWS.format(table))]
    follows = 1
    for number, _ in rows:
        if number > follows:
            notes.faults.append(Fault(check, f"{table}, number {follows}", "is gone"))
        if number != follows:
            told = "does not follow the one before it"
            notes.faults.append(Fault(check, f"{table}, number {number}", told))
        follows = max(follows, number + 1)
    return rows


def _read_keys(notes: Notes, rows: Iterable[tuple[int, Any]]) -> None:
    for number, note in rows:
        before = notes.keys[-1] if notes.keys else None
        try:
            key = Signer.read(note)
            fits = key.number == number and (before is None or before.from_size <= key.from_size)
            if not fits or not key.is_signed(before):
                raise InvalidNote("it is not signed by the keys that must sign it")  # noqa: TRY301
        except (InvalidNote, AttributeError, TypeError, ValueError) as error:
            told = f"the key was changed: {error}"
            notes.faults.append(Fault("keys", f"signing_keys, number {number}", told))
        else:
            notes.keys.append(key)


def _read(notes: Notes, into: list[Signed], place: str, note: Any, check: str) -> None:
    try:
        checkpoint, signatures = Checkpoint.of(note), Note.read(note)
        signer = signer_of(notes.keys, signatures, checkpoint.size)
    except (InvalidNote, AttributeError, TypeError, ValueError) as error:
        notes.faults.append(Fault(check, place, f"cannot be read: {error}"))
        return
    if len(signatures.signatures) != 1:
        notes.faults.append(Fault(check, place, "has more than the one signature it was given"))
    into.append(Signed(check, place, note, checkpoint, signer.number if signer else 0))
    if signer is None or signer.key.name != checkpoint.origin:
        told = "is signed by no key that this store had at that size"
        notes.faults.append(Fault(check, place, told))


def _in_order(stored: Sequence[Signed]) -> Iterable[Fault]:
    """Each speaks of no less, at no earlier time, than the one before it; none stands twice."""
    for before, after in pairwise(stored):
        was, now = before.checkpoint, after.checkpoint
        goes_back = (
            was.size > now.size
            or was.requests > now.requests
            or was.signed_at > now.signed_at
            or before.signer > after.signer
        )
        if goes_back or before.note == after.note:
            yield after.wrong("speaks of less, or of an earlier time or key, than the one before")


def _contradicted(
    one: Signed, built: Built, requests: Requests, events: Events, proven: int
) -> Iterable[Fault]:
    """Yield what one checkpoint says otherwise; `proven` is the size up to which all is true."""
    said = one.checkpoint
    roots = built.roots.get(said.size)
    if roots is None:
        told = f"speaks of {said.size} events, and the store has {events.count}: the rest is gone"
        yield one.wrong(told, events.last + 1, said.size)
    elif said.root not in roots:
        told = f"has another root: something in positions {proven + 1} to {said.size} was changed"
        yield one.wrong(told, proven + 1, said.size)
    if requests.links.get(said.requests) != said.link:
        yield one.wrong(f"has another link {said.requests} of the answered requests")
    if events.seen_at.get(said.size, "") > instant_text(said.signed_at):
        yield one.wrong("was signed before its last event was recorded", said.size, said.size)
