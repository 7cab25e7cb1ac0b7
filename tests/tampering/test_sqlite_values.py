"""SQLite keeps any value in any column, and a file can be changed below SQL: that is found too."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.tampering.victim import Victim, victim
from timeline.errors import StoreError
from timeline.ledger.audit import audit
from timeline.ledger.tiles import TILE
from timeline.recorder import open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BYTES_CHANGED = 100


@pytest.fixture
def attacked(sqlite_store_url: str, tmp_path: Path) -> Iterator[Victim]:
    engine = open_engine(sqlite_store_url)
    one = victim(engine, tmp_path)
    yield one
    one.engine.dispose()
    engine.dispose()


def _places(one: Victim, statement: str, *told: Any) -> str:
    with one.engine.connect() as connection:
        connection.exec_driver_sql(statement, told)
        faults = audit(connection, since=one.kept).faults
        connection.rollback()
    return "\n".join(fault.place for fault in faults)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE events SET payload = CAST(payload AS TEXT) WHERE position = 7", "position 7"),
        ("UPDATE events SET topic = CAST(x'ff' AS TEXT) WHERE position = 7", "position 7"),
        ("UPDATE events SET stream = CAST(stream AS BLOB) WHERE position = 7", "position 7"),
        ("UPDATE events SET recorded_at = 7 WHERE position = 7", "position 7"),
        ("UPDATE events SET version = 1.5 WHERE position = 7", "position 7"),
        ("UPDATE ledger_leaves SET hashes = 'text' WHERE first_position = 1", "first_position 1"),
        ("UPDATE ledger_nodes SET level = 'text' WHERE number = 0", "level 1, number 0"),
        ("UPDATE ledger_nodes SET hash = 1.5 WHERE number = 0", "level 1, number 0"),
        ("UPDATE ledger_requests SET key = CAST(x'ff' AS TEXT) WHERE number = 2", "key '\\udcff'"),
        ("UPDATE ledger_requests SET hash = 'text' WHERE number = 2", "key 'key-3'"),
        ("UPDATE idempotency SET answer = 'text' WHERE key = 'key-3'", "key 'key-3'"),
        ("UPDATE idempotency SET first_position = 'text' WHERE key = 'key-3'", "key 'key-3'"),
        ("UPDATE idempotency SET recorded_at = x'00' WHERE key = 'key-3'", "key 'key-3'"),
        ("UPDATE idempotency SET key = CAST(x'ff' AS TEXT) WHERE key = 'key-3'", "key 'key-3'"),
        ("UPDATE checkpoints SET note = x'00' WHERE number = 2", "checkpoints, number 2"),
        ("UPDATE checkpoints SET note = CAST(x'ff' AS TEXT) WHERE number = 2", "number 2"),
        ("UPDATE signing_keys SET note = 7 WHERE number = 2", "signing_keys, number 2"),
    ],
)
def test_values_of_another_type(attacked: Victim, statement: str, place: str) -> None:
    assert place in _places(attacked, statement)


def test_text_in_a_number_cannot_end_the_header_early(attacked: Victim) -> None:
    """The header's end and the payload's beginning in `version`: the same bytes, other columns."""
    with attacked.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT version, payload FROM events WHERE position = 7")
        version, payload = row.one()
    split = f"{version}}}\n{payload[:9].decode()}"
    forged = "UPDATE events SET version = ?, payload = ? WHERE position = 7"
    # What is hashed is header, `}`, line end, payload: with the end moved, one `}` must follow.
    assert "position 7" in _places(attacked, forged, split, payload[9:])


def test_a_file_changed_below_sql_is_no_surprise(sqlite_url: str, tmp_path: Path) -> None:
    """A byte of the file lies in a row, and is found; in SQLite's own, and told; or in nothing."""
    path, chance = tmp_path / "timeline.db", random.Random(1)
    with Timeline(sqlite_url, create=True) as timeline:
        for number in range(TILE + 30):
            name = f"issuer-{number}"
            timeline.record(name, {"id": name, "name": name}, kind="issuer", key=name)
        kept = [timeline.sign()[0]]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, found, refused = path.read_bytes(), 0, 0
    for _ in range(BYTES_CHANGED):
        changed = bytearray(data)
        changed[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        before = _rows(path)
        try:
            with Timeline(sqlite_url) as timeline:
                faults = timeline.verify(since=kept, read_models=False).faults
        except StoreError:
            refused += 1
            continue
        found += bool(faults)
        assert faults or before == _rows_of(data, tmp_path), "a changed row was not seen"
    assert found > BYTES_CHANGED / 4
    assert refused < BYTES_CHANGED / 10


_ROWS: dict[int, Any] = {}


def _rows_of(data: bytes, tmp_path: Path) -> Any:
    if not _ROWS:
        beside = tmp_path / "beside.db"
        beside.write_bytes(data)
        _ROWS[0] = _rows(beside)
    return _ROWS[0]


def _rows(path: Path) -> Any:
    """Return what stands in the tables that are proven; None where SQLite cannot tell."""
    tables = ("events", "idempotency", "ledger_leaves", "ledger_requests", "ledger_nodes",
              "checkpoints", "signing_keys")  # fmt: skip
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        try:
            return [
                sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
                for table in tables
            ]
        except (sqlite3.Error, UnicodeDecodeError):  # of an error message of SQLite
            return None
