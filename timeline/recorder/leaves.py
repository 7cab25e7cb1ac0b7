"""The ledger's leaf of each event and answered request, in the transaction that stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.ledger import tiles
from timeline.ledger.merkle import leaf_hash
from timeline.recorder.canonical import canonical_request, record_bytes
from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sqlalchemy.engine import Connection

    from timeline.recorder.records import StoredRecord

__all__ = ["write_leaves", "write_request"]


def write_leaves(connection: Connection, records: Sequence[StoredRecord]) -> None:
    """Store the leaves of `records`, one append: they follow the last leaf and share an instant."""
    at = instant_text(records[0].recorded_at)
    hashes = [
        leaf_hash(record_bytes(r.position, at, str(r.stream), r.topic, r.version, r.payload))
        for r in records
    ]
    tiles.add_leaves(connection, records[0].position - 1, hashes)


def write_request(connection: Connection, row: Mapping[str, Any]) -> None:
    """Store the leaf of one answered request, given as its row in `idempotency`."""
    told = {**row, "recorded_at": instant_text(row["recorded_at"])}
    tiles.add_request(connection, row["key"], leaf_hash(canonical_request(**told)))
