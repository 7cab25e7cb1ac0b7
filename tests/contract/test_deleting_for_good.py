"""What is deleted for good is in no file of SQLite, however its pages were split before."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from timeline.recorder import SqlRecorder, SystemClock, open_engine
from timeline.recorder.schema import personal_keys

if TYPE_CHECKING:
    from sqlalchemy import Engine

KEYS = 3000


def _fill(engine: Engine) -> list[dict[str, Any]]:
    """Add keys in an order that splits pages, by a SQLite that overwrites nothing by itself."""
    chance = random.Random(1)
    rows: list[dict[str, Any]] = [
        {
            "issuer_id": "larkspur",
            "data_subject": f"person {chance.random()}",
            "key_id": f"{chance.getrandbits(128):032x}",
            "key": chance.randbytes(64),
        }
        for _ in range(KEYS)
    ]
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF").close()
        connection.execute(insert(personal_keys), rows)
    return rows


def test_every_byte_of_it_is_gone_and_the_others_are_there(sqlite_store_url: str) -> None:
    engine = open_engine(sqlite_store_url)
    rows = _fill(engine)
    gone, left = rows[::10], [row for at, row in enumerate(rows) if at % 10]
    recorder = SqlRecorder(engine, SystemClock())
    with recorder.begin_append() as connection:
        which = personal_keys.c.key_id.in_([row["key_id"] for row in gone])
        recorder.delete_for_good(connection, personal_keys, which)
    assert recorder.wipe(personal_keys)
    path = sqlite_store_url.removeprefix("sqlite:///")
    data = b"".join(Path(path + end).read_bytes() for end in ("", "-wal"))
    names = [str(row["data_subject"]).encode() for row in gone]
    assert [one for one in (*names, *(row["key"] for row in gone)) if one in data] == []
    with engine.connect() as connection:
        there = connection.execute(select(personal_keys)).mappings().all()
    assert sorted(row["key"] for row in there) == sorted(row["key"] for row in left)
    engine.dispose()
