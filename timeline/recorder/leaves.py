"""The ledger's leaf of each event and answered request, in the transaction that stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.ledger import chain, tiles
from timeline.ledger.merkle import leaf_hash
from timeline.recorder.canonical import canonical_request, record_bytes
from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from timeline.recorder.records import Appended, StoredRecord

__all__ = ["write_leaves", "write_request"]


def write_leaves(connection: Connection, records: Sequence[StoredRecord]) -> None:
    """Store the leaves of `records`, one append: they follow the last leaf and share an instant."""
    at = instant_text(records[0].recorded_at)
    hashes = [
        leaf_hash(record_bytes(r.position, at, str(r.stream), r.topic, r.version, r.payload))
        for r in records
    ]
    tiles.add_leaves(connection, records[0].position - 1, hashes)


def write_request(connection: Connection, key: str, digest: str, appended: Appended) -> None:
    """Keep the answer to a request under `key`, and link it into the ledger."""
    told: dict[str, Any] = {
        "key": key,
        "digest": digest,
        "first_position": appended.first,
        "last_position": appended.last,
        "recorded_at": instant_text(appended.recorded_at),
        "answer": appended.answer,
    }
    row = list(told.values())
    if connection.dialect.name == "postgresql":
        row[4] = appended.recorded_at
    chain.keep(connection, row, leaf_hash(canonical_request(**told)))
