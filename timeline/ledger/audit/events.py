"""Every event hashed anew and held against its leaf, its place and its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from timeline.ledger import stored_rows
from timeline.ledger.audit.fault import Fault, at
from timeline.ledger.tiles import HASH
from timeline.recorder.canonical import record_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.engine import Connection

    from timeline.ledger.audit.leaves import Leaves

    Progress = Callable[[int, int], None]

_COUNT = "SELECT count(*) FROM events"


@dataclass(slots=True)
class Events:
    """The events as they were read: how many, which disagree with their leaf, and what is wrong.

    `differing` has the hash of each event that is not its leaf's; `seen_at` the `recorded_at` of
    the positions that were asked for.
    """

    count: int = 0
    last: int = 0
    last_at: str = ""
    differing: dict[int, bytes] = field(default_factory=dict)
    seen_at: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def audited_events(
    connection: Connection, leaves: Leaves, wanted: set[int], progress: Progress
) -> Events:
    """Go through all events; a leaf that is missing is put in from its event."""
    events = Events()
    total = connection.exec_driver_sql(_COUNT).scalar_one()
    stored = leaves.size
    for rows in stored_rows.events(connection):
        _in_order(events, rows)
        events.seen_at |= {row[0]: row[1] for row in rows if row[0] in wanted}
        _held_against(events, rows, leaves)
        events.count += len(rows)
        progress(events.count, total)
    if events.last < stored:
        events.faults.append(at("events", events.last + 1, "the event is gone", stored))
    return events


def _in_order(events: Events, rows: Sequence[Any]) -> None:
    """Check that positions leave no gap and time does not go back, all at once where it is so."""
    follows = events.last + 1
    if rows[0][0] != follows or rows[-1][0] != events.last + len(rows):
        for position, *_ in rows:
            _placed(events, follows, position)
            follows = max(position + 1, follows)
    instants = [row[1] for row in rows]
    if any(type(one) is not str for one in instants) or sorted(instants) != instants:
        _timed(events, rows)
    elif instants[0] < events.last_at:
        events.faults.append(at("events", rows[0][0], "was recorded before the one it follows"))
    events.last, events.last_at = rows[-1][0], str(instants[-1])


def _placed(events: Events, follows: int, position: int) -> None:
    if position < follows:
        events.faults.append(at("events", position, "stands before the first position"))
    elif position > follows:
        events.faults.append(at("events", follows, "the event is gone", position - 1))


def _timed(events: Events, rows: Sequence[Any]) -> None:
    before = events.last_at
    for row in rows:
        if type(row[1]) is not str:
            events.faults.append(at("events", row[0], "recorded_at is no text"))
        elif row[1] < before:
            events.faults.append(at("events", row[0], "was recorded before the one it follows"))
        else:
            before = row[1]


def _held_against(events: Events, rows: Sequence[Any], leaves: Leaves) -> None:
    hashes = _hashed(events, rows)
    first = rows[0][0]
    start, end = (first - 1) * HASH, (first - 1 + len(rows)) * HASH
    in_place = first > 0 and rows[-1][0] == first + len(rows) - 1
    if in_place and leaves.hashes[start:end] == b"".join(hashes):
        return
    for row, found in zip(rows, hashes, strict=True):
        _one_held_against(events, row[0], found, leaves)


def _one_held_against(events: Events, position: int, found: bytes, leaves: Leaves) -> None:
    if not 0 < position <= leaves.size + 1:
        events.faults.append(at("events", position, "is beyond its ledger"))
    elif position in leaves.missing:
        leaves.put(position, found)
    elif position == leaves.size + 1:
        events.faults.append(at("ledger", position, "the event has no leaf"))
        leaves.put(position, found)
    elif leaves.hashes[(position - 1) * HASH : position * HASH] != found:
        events.differing[position] = found


def _hashed(events: Events, rows: Sequence[Any]) -> list[bytes]:
    try:
        _require_numbers(rows)
        return [sha256(b"\x00" + record_bytes(*row)).digest() for row in rows]
    except (TypeError, UnicodeEncodeError):
        return [_one_hashed(events, row) for row in rows]


def _require_numbers(rows: Sequence[Any]) -> None:
    """Raise TypeError unless versions are numbers: text there could end the header before its end.

    SQLite keeps any value in any column. Of the other columns hashing itself sees the type.
    """
    if {type(row[4]) for row in rows} != {int}:
        raise TypeError


def _one_hashed(events: Events, row: Any) -> bytes:
    try:
        _require_numbers([row])
        return sha256(b"\x00" + record_bytes(*row)).digest()
    except (TypeError, UnicodeEncodeError):
        events.faults.append(at("events", row[0], "a column is of another type"))
        return b""
