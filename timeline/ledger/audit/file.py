"""The SQLite file below its rows: what SQLite itself finds wrong with pages and indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.ledger.audit.fault import Fault

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_MOST = 20
_SOUND = "ok"


def audited_file(connection: Connection) -> list[Fault]:
    """Return what is wrong with the file, up to twenty things; nothing for PostgreSQL.

    An index that says otherwise than its table would answer questions otherwise, with every row as
    it was recorded.
    """
    if connection.dialect.name != "sqlite":
        return []
    told = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars()
    return [Fault("file", "file", str(one)) for one in told if one != _SOUND]
