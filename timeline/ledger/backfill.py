"""Enter what was recorded before there was a ledger: all of it, in bulk, in the migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.ledger import chain, stored_rows
from timeline.ledger.merkle import leaf_hash
from timeline.ledger.tiles import add_leaves
from timeline.recorder.canonical import canonical_request, record_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection

    Progress = Callable[[int, int], None]


def backfill(connection: Connection, progress: Progress) -> None:
    """Hash every event by position, then every request in the order of what it recorded."""
    head = connection.exec_driver_sql("SELECT max(position) FROM events").scalar() or 0
    done = 0
    for rows in stored_rows.events(connection):
        add_leaves(connection, done, [leaf_hash(record_bytes(*row)) for row in rows])
        done += len(rows)
        progress(done, head)
    for key, digest, first, last, at, answer in stored_rows.requests(connection):
        told = canonical_request(
            key=key, digest=digest, first_position=first, last_position=last,
            recorded_at=at, answer=answer,
        )  # fmt: skip
        chain.add(connection, key, leaf_hash(told))
