"""Signing: the first key, checkpoints, and the change from one key to the next.

All of it under the append lock, so a checkpoint speaks of a moment at which nothing was half-done.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from timeline.errors import LedgerBroken, SigningKeyMissing
from timeline.ledger import chain
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.key_file import key_for, read_keys, write_keys
from timeline.ledger.note import Note, SigningKey, signed
from timeline.ledger.signers import signer_note, signers
from timeline.ledger.tiles import Tree
from timeline.recorder import log

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from timeline.recorder import Clock, SqlRecorder

_ADD = "INSERT INTO {} (number, note) VALUES ({}, {})"
_LAST = "SELECT note FROM checkpoints ORDER BY number DESC LIMIT 1"
_LINK = "SELECT hash FROM ledger_requests WHERE number = {}"


def begin_signing(
    recorder: SqlRecorder, clock: Clock, path: Path, *, origin: str | None = None
) -> bool:
    """Record the store's first key and say so; a store that has one keeps it.

    The key is the one in the file `path`, or is made and written there: named `origin`, or by
    chance. Raises BadInput for a file that cannot be used.
    """
    with recorder.begin_append() as connection:
        if signers(connection):
            return False
        there = read_keys(path)
        key = there[-1] if there else SigningKey.made(origin or _by_chance())
        if not there:
            write_keys(path, key)
        size, at = Tree(connection).size(), _now(connection, clock)
        _add(connection, "signing_keys", 1, signer_note(key, 1, size, at, before=None))
        return True


def sign(recorder: SqlRecorder, clock: Clock, path: Path | None) -> tuple[str, bool]:
    """Sign a checkpoint of all there is, and return its note and whether it is a new one.

    When nothing was recorded since, the last one is returned. Raises SigningKeyMissing where there
    is no key, LedgerBroken where the store is not what was signed before.
    """
    with recorder.begin_append() as connection:
        known = signers(connection)
        if not known:
            raise SigningKeyMissing("this store has no key; `timeline init` makes one")
        key = key_for(path, known[-1].key)
        return _sign(connection, clock, key)


def rotate(recorder: SqlRecorder, clock: Clock, path: Path | None) -> str:
    """Let a new key take over, and return its first checkpoint.

    The old key signs a last checkpoint and the new key's note. Its private half is then gone from
    the file; its public half stays in the store, so what it signed can be verified for ever.
    """
    with recorder.begin_append() as connection:
        known = signers(connection)
        if not known:
            raise SigningKeyMissing("this store has no key; `timeline init` makes one")
        old = key_for(path, known[-1].key)
        assert path is not None  # noqa: S101  # key_for has read it
        _sign(connection, clock, old)
        new = SigningKey.made(old.name)
        write_keys(path, old, new)
        size, at, number = Tree(connection).size(), _now(connection, clock), len(known) + 1
        note = signer_note(new, number, size, at, before=old)
        _add(connection, "signing_keys", number, note)
        note, _ = _sign(connection, clock, new)
    write_keys(path, new)
    return note


def last_checkpoint(connection: Connection) -> str | None:
    """Return the newest checkpoint's note, None where none was signed."""
    note: str | None = connection.exec_driver_sql(_LAST).scalar()
    return note


def _sign(connection: Connection, clock: Clock, key: SigningKey) -> tuple[str, bool]:
    tree = Tree(connection)
    size = tree.size()
    if size != log.head(connection):
        raise LedgerBroken("events and ledger are not equally long; `timeline verify` tells more")
    requests, link = chain.last(connection)
    at = _now(connection, clock)
    fresh = Checkpoint(key.name, size, tree.root(size), requests, link, at)
    last = last_checkpoint(connection)
    if last is not None:
        before = Checkpoint.of(last)
        _require_kept(connection, tree, before, fresh)
        if before.says_the_same(fresh) and Note.read(last).is_signed_by(key.public):
            return last, False
    note = signed(fresh.text(), key)
    number = connection.exec_driver_sql("SELECT count(*) FROM checkpoints").scalar_one()
    _add(connection, "checkpoints", number + 1, note)
    return note, True


def _require_kept(
    connection: Connection, tree: Tree, before: Checkpoint, fresh: Checkpoint
) -> None:
    """Refuse to sign what contradicts the last checkpoint: two truths under one key."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    linked = connection.exec_driver_sql(_LINK.format(mark), (before.requests,)).scalar()
    kept = (
        before.size <= fresh.size
        and tree.root(before.size) == before.root
        and (linked or chain.NO_LINK) == before.link
    )
    if not kept:
        raise LedgerBroken(
            f"what was signed at position {before.size} is not what is there now; nothing was "
            "signed, and `timeline verify` tells what was changed"
        )


def _add(connection: Connection, table: str, number: int, note: str) -> None:
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    connection.exec_driver_sql(_ADD.format(table, mark, mark), (number, note))


def _now(connection: Connection, clock: Clock) -> datetime:
    """Return now, or the last `recorded_at` while the clock is behind it."""
    now, last_at = clock.now(), log.last(connection).recorded_at
    return now if last_at is None else max(now, last_at)


def _by_chance() -> str:
    return f"timeline.local/{secrets.token_hex(8)}"
