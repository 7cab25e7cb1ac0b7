"""What an attacker does to the rows, each told with the places at which it must be found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from tests.tampering.victim import EVENTS, TABLES, Victim
from timeline.ledger import chain
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.merkle import leaf_hash
from timeline.ledger.note import Note, SigningKey, signed
from timeline.ledger.signers import signer_note
from timeline.ledger.tiles import HASH, Tree
from timeline.recorder import inserting, log
from timeline.recorder.canonical import canonical_record
from timeline.recorder.leaves import add_leaves
from timeline.recorder.schema import LEDGER, events, idempotency, metadata

if TYPE_CHECKING:
    import random

    from sqlalchemy import Connection, Table

    Row = dict[str, Any]

_LEAVES, _REQUESTS, _NODES, _CHECKPOINTS, _KEYS = LEDGER


@dataclass(frozen=True, slots=True)
class Attack:
    """What was done, where it must be found, and the checkpoints the auditor then holds.

    `positions` is a range one fault must lie within; else one of `places` must be in its place.
    """

    told: str
    positions: tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    kept: list[str] | None = None


def change_a_byte(connection: Connection, victim: Victim, chance: random.Random) -> Attack | None:
    """Change one byte, or one bit, of one column of one row."""
    table, row = _row(connection, chance)
    column = chance.choice(list(table.columns))
    changed = _changed(row[column.name], chance)
    try:
        connection.execute(update(table).where(_is(table, row)).values({column.name: changed}))
    except IntegrityError:
        return None  # the place is taken; nothing was done
    told = f"{table.name}.{column.name} {row[column.name]!r} -> {changed!r}"
    before, after = (_located(table, one, told) for one in (row, row | {column.name: changed}))
    return replace(before, places=(*before.places, *after.places))


def delete_a_row(connection: Connection, victim: Victim, chance: random.Random) -> Attack:
    table, row = _row(connection, chance)
    connection.execute(delete(table).where(_is(table, row)))
    attack = _located(table, row, f"{table.name} deleted {_key(table, row)}")
    if table is _CHECKPOINTS and row["note"] in victim.kept:  # all that tells of the last one
        kept = f"kept checkpoint {victim.kept.index(row['note']) + 1}"
        return replace(attack, places=(*attack.places, kept))
    if table is _KEYS:  # of the last one only its signatures are left
        return replace(attack, places=(*attack.places, "checkpoints, number 5"))
    return attack


def swap_two_rows(connection: Connection, victim: Victim, chance: random.Random) -> Attack | None:
    """Let two rows of a table change places: all but their keys."""
    table, one = _row(connection, chance)
    rows = [dict(r) for r in connection.execute(select(table)).mappings()]
    other = chance.choice(rows)
    keys = {column.name for column in table.primary_key}
    values = [{k: v for k, v in row.items() if k not in keys} for row in (one, other)]
    if values[0] == values[1]:
        return None
    moved = {"stream": UUID(int=0)} if table is events else {}  # one version of a stream at a time
    connection.execute(update(table).where(_is(table, one)).values({**values[1], **moved}))
    connection.execute(update(table).where(_is(table, other)).values(values[0]))
    connection.execute(update(table).where(_is(table, one)).values(values[1]))
    told = f"{table.name} swapped {_key(table, one)} {_key(table, other)}"
    attacks = [_located(table, row, told) for row in (one, other)]
    return replace(attacks[0], places=(*attacks[0].places, *attacks[1].places))


def insert_a_row(connection: Connection, victim: Victim, chance: random.Random) -> Attack:
    """Add a row like another one, under the next free key."""
    table, row = _row(connection, chance)
    fresh = dict(row)
    if table is idempotency:
        fresh["key"] = f"{row['key']}-more"
    else:
        column = list(table.primary_key)[-1]
        where = [c == row[c.name] for c in list(table.primary_key)[:-1]]
        most = connection.execute(select(func.max(column)).where(*where)).scalar_one()
        fresh[column.name] = most + 1
    if table is events:
        fresh["stream"] = UUID(int=chance.getrandbits(128))
    if table is _LEAVES:
        fresh["first_position"] = EVENTS + 1
    connection.execute(insert(table).values(fresh))
    return _located(table, fresh, f"{table.name} inserted {_key(table, fresh)}")


def cut_the_tail(connection: Connection, victim: Victim, chance: random.Random) -> Attack:
    """Take away everything after a position, the checkpoints and links that speak of it too."""
    upto = chance.randrange(1, EVENTS)
    _cut(connection, upto)
    return Attack(f"cut after {upto}", (upto + 1, EVENTS))


def forge_the_tail(connection: Connection, victim: Victim, chance: random.Random) -> Attack:
    """Write an event anew, and the whole ledger to fit; what was signed stays."""
    position = chance.randrange(1, EVENTS)
    _forge(connection, position)
    return Attack(f"forged {position} and its ledger", (position, position))


def forge_and_sign_with_another_key(
    connection: Connection, victim: Victim, chance: random.Random
) -> Attack:
    """Forge, and sign all checkpoints anew under a key of one's own, recorded as the first."""
    position = chance.randrange(1, EVENTS)
    _forge(connection, position)
    _sign_anew(connection, SigningKey.made("example.com/victim"), new_key=True)
    return Attack(f"forged {position}, signed with another key", places=("kept checkpoint",))


def forge_and_sign_with_the_key(
    connection: Connection, victim: Victim, chance: random.Random
) -> Attack:
    """What only the operator can: forge, and sign the newest checkpoint anew with the true key."""
    last = Checkpoint.of(victim.kept[-2]).size
    position = chance.randrange(last + 1, EVENTS)
    _forge(connection, position)
    key = SigningKey.read(victim.key_file.read_text().strip())
    _sign_anew(connection, key, new_key=False)
    return Attack(f"forged {position}, signed with the key", (position, position))


def change_the_kept_file(
    connection: Connection, victim: Victim, chance: random.Random
) -> Attack | None:
    """Change a byte of what the auditor kept, or take a line out of it."""
    number = chance.randrange(len(victim.kept))
    note = victim.kept[number].encode()
    at = chance.randrange(len(note))
    changed = note[:at] + bytes([note[at] ^ (1 << chance.randrange(7))]) + note[at + 1 :]
    if chance.random() < 0.2:
        lines = victim.kept[number].splitlines(keepends=True)
        del lines[chance.randrange(len(lines))]
        changed = "".join(lines).encode()
    kept = [*victim.kept]
    kept[number] = changed.decode(errors="replace")
    place = f"kept checkpoint {number + 1}"
    return Attack(f"{place} changed", places=(place,), kept=kept)


ATTACKS = (
    *((change_a_byte,) * 12), *((delete_a_row,) * 4), *((swap_two_rows,) * 3),
    *((insert_a_row,) * 3), cut_the_tail, forge_the_tail, forge_and_sign_with_another_key,
    forge_and_sign_with_the_key, *((change_the_kept_file,) * 2),
)  # fmt: skip


def _row(connection: Connection, chance: random.Random) -> tuple[Table, Row]:
    table = metadata.tables[chance.choice(TABLES)]
    rows = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
    return table, dict(chance.choice(rows))


def _is(table: Table, row: Row) -> Any:
    found = [column == row[column.name] for column in table.primary_key]
    return found[0] if len(found) == 1 else found[0] & found[1]


def _key(table: Table, row: Row) -> str:
    return ", ".join(f"{column.name} {row[column.name]!r}" for column in table.primary_key)


def _located(table: Table, row: Row, told: str) -> Attack:
    if table is events:
        return Attack(told, (row["position"], row["position"]))
    if table is _LEAVES:
        first = row["first_position"]
        return Attack(told, (first, first + max(len(row["hashes"]) // HASH, 1) - 1))
    if table is _REQUESTS:
        return Attack(told, places=(f"number {row['number']}", f"key {row['key']!r}"))
    return Attack(told, places=(f"{table.name}, {_key(table, row)}",))


def _changed(value: Any, chance: random.Random) -> Any:
    bit = 1 << chance.randrange(7)
    match value:
        case b"":
            return b"x"
        case bytes():
            at = chance.randrange(len(value))
            return value[:at] + bytes([value[at] ^ bit]) + value[at + 1 :]
        case str():
            at = chance.randrange(len(value))
            other = chr(ord(value[at]) ^ bit)
            return value[:at] + (other if other != "\0" else "\x7f") + value[at + 1 :]
        case int():
            return value + chance.choice((-1, 1, bit, -bit))
        case UUID():
            return UUID(int=value.int ^ (1 << chance.randrange(128)))
        case datetime():
            return value + timedelta(microseconds=chance.choice((-1, 1, bit * 10**6)))
    raise AssertionError(value)


def _cut(connection: Connection, upto: int) -> None:
    connection.execute(delete(events).where(events.c.position > upto))
    _enter_anew(connection)
    connection.execute(delete(idempotency).where(idempotency.c.last_position > upto))
    keys = select(idempotency.c.key)
    connection.execute(delete(_REQUESTS).where(_REQUESTS.c.key.not_in(keys)))
    requests, _ = chain.last(connection)
    for number, note in connection.execute(select(_CHECKPOINTS)).all():
        said = Checkpoint.of(note)
        if said.size > upto or said.requests > requests:
            connection.execute(delete(_CHECKPOINTS).where(_CHECKPOINTS.c.number == number))


def _forge(connection: Connection, position: int) -> None:
    other = b'{"n":0,"told":"another"}'
    connection.execute(update(events).where(events.c.position == position).values(payload=other))
    _enter_anew(connection)


def _enter_anew(connection: Connection) -> None:
    """Write leaves and nodes anew, to fit the events."""
    connection.execute(delete(_LEAVES))
    connection.execute(delete(_NODES))
    records = log.page(connection, 0, None, 10_000)
    with inserting(connection) as inserts:
        add_leaves(inserts, 0, [leaf_hash(canonical_record(record)) for record in records])


def _sign_anew(connection: Connection, key: SigningKey, *, new_key: bool) -> None:
    tree = Tree(connection)
    rows = connection.execute(select(_CHECKPOINTS).order_by(_CHECKPOINTS.c.number)).all()
    for number, note in rows if new_key else rows[-1:]:
        said = Checkpoint.read(Note.read(note).text)
        forged = Checkpoint(said.origin, said.size, tree.root(said.size), said.requests, said.link,
                            said.signed_at)  # fmt: skip
        where = _CHECKPOINTS.c.number == number
        text = signed(forged.text(), key)
        connection.execute(update(_CHECKPOINTS).where(where).values(note=text))
    if new_key:
        connection.execute(delete(_KEYS))
        first = signer_note(key, 1, 0, said.signed_at, before=None)
        connection.execute(insert(_KEYS).values(number=1, note=first))


def digest(connection: Connection) -> str:
    """Return a digest of every table, to see that an attack has done something."""
    told = [connection.execute(select(metadata.tables[name])).all() for name in TABLES]
    return hashlib.sha256(repr(told).encode()).hexdigest()
