"""Enter what was recorded before there was a ledger: all of it, in bulk, in the migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.ledger import stored_rows
from timeline.ledger.chain import NO_LINK, link
from timeline.ledger.merkle import leaf_hash
from timeline.recorder.canonical import canonical_request, record_bytes
from timeline.recorder.engine import inserting
from timeline.recorder.leaves import add_leaves
from timeline.recorder.schema import ledger_requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection

    Progress = Callable[[int, int], None]


def backfill(connection: Connection, progress: Progress | None = None) -> None:
    """Hash every event by position, then every request in the order of what it recorded."""
    head = connection.exec_driver_sql("SELECT max(position) FROM events").scalar() or 0
    done = 0
    for rows in stored_rows.events(connection):
        hashes = [leaf_hash(record_bytes(*row)) for row in rows]
        with inserting(connection) as inserts:
            add_leaves(inserts, done, hashes)
        done += len(rows)
        if progress is not None:
            progress(done, head)
    with inserting(connection) as inserts:
        inserts.add(ledger_requests, list(_links(connection)))


def _links(connection: Connection) -> Iterator[tuple[int, str, bytes]]:
    before = NO_LINK
    for number, row in enumerate(stored_rows.requests(connection), 1):
        key, digest, first, last, at, answer = row
        told = canonical_request(
            key=key, digest=digest, first_position=first, last_position=last,
            recorded_at=at, answer=answer,
        )  # fmt: skip
        before = link(before, leaf_hash(told))
        yield number, key, before
