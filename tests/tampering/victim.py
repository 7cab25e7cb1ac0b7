"""A store worth tampering with: full tiles, requests, checkpoints under two keys, no guards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import create_engine

from tests.contract.recording import NOON, event
from timeline.ledger import signing
from timeline.ledger.note import notes_in
from timeline.ledger.witness import hand_over
from timeline.recorder import Idempotency, InjectedClock, SqlRecorder

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

TABLES = ("events", "idempotency", "ledger_leaves", "ledger_requests", "ledger_nodes",
          "checkpoints", "signing_keys")  # fmt: skip
EVENTS = 560


@dataclass(frozen=True, slots=True)
class Victim:
    """A store without triggers, on an engine that refuses nothing, and what an auditor kept."""

    engine: Engine
    kept: list[str]
    key_file: Path


def victim(engine: Engine, folder: Path) -> Victim:
    """Fill the empty store of `engine`, and take its triggers away as its owner can."""
    recorder, clock = SqlRecorder(engine, InjectedClock(NOON)), InjectedClock(NOON)
    recorder._clock = clock
    key, witness = folder / "key", folder / "witness.txt"
    signing.begin_signing(recorder, clock, key, origin="example.com/victim")
    for number, size in enumerate((1, 200, 1, 3, 60, 1, 1, 250, 1, 1, 40, 1)):
        clock.instant += timedelta(seconds=1, microseconds=number)
        batch = [event(payload=b'{"n":%d,"told":"%d"}' % (number, n)) for n in range(size)]
        request = Idempotency(f"key-{number}", f"digest {number}", lambda done: b"%d" % done.last)
        recorder.append(batch, idempotency=request if number % 2 else None)
        if number in (3, 4, 7):
            hand_over(signing.sign(recorder, clock, key)[0], str(witness))
        if number == 8:
            hand_over(signing.rotate(recorder, clock, key), str(witness))
    recorder.append([], idempotency=Idempotency("key-empty", "digest"))
    hand_over(signing.sign(recorder, clock, key)[0], str(witness))
    assert recorder.head() == EVENTS
    free = create_engine(engine.url.set(drivername=f"{engine.dialect.name}+{engine.driver}"))
    with free.begin() as connection:
        _drop_triggers(connection)
    return Victim(free, notes_in(witness.read_text()), key)


def _drop_triggers(connection: Connection) -> None:
    names = "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'"
    if connection.dialect.name == "postgresql":
        names = "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
    for name, table in connection.exec_driver_sql(names).all():
        of = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {name}{of}")
