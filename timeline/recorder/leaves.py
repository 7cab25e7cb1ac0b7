"""The ledger's part of an append: the leaves of events, the links of answered requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.ledger.chain import link
from timeline.ledger.merkle import leaf_hash
from timeline.ledger.tiles import full_tiles, runs
from timeline.recorder.canonical import canonical_request, record_bytes
from timeline.recorder.clock import instant_text
from timeline.recorder.schema import ledger_leaves, ledger_nodes, ledger_requests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.ledger.chain import ChainEnd
    from timeline.recorder.inserts import Inserts
    from timeline.recorder.records import KeptAnswer, StoredRecord

__all__ = ["add_leaves", "write_leaves", "write_link"]


def write_leaves(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
    """Store the leaves of `records`, one append: they follow the last leaf and share an instant."""
    at = instant_text(records[0].recorded_at)
    hashes = [
        leaf_hash(record_bytes(r.position, at, str(r.stream), r.topic, r.version, r.payload))
        for r in records
    ]
    add_leaves(inserts, records[0].position - 1, hashes)


def add_leaves(inserts: Inserts, before: int, hashes: Sequence[bytes]) -> None:
    """Store the leaf hashes of the events that follow position `before`, and full tiles' roots."""
    nodes = full_tiles(inserts, before, hashes)
    inserts.add(ledger_leaves, runs(before, hashes))
    inserts.add(ledger_nodes, nodes)


def write_link(inserts: Inserts, row: KeptAnswer, end: ChainEnd) -> None:
    """Link one answered request, given as its row in `idempotency`, after the last one."""
    told = {**row._asdict(), "recorded_at": instant_text(row.recorded_at)}
    hash_ = link(end.link, leaf_hash(canonical_request(**told)))
    inserts.add(ledger_requests, [(end.number + 1, row.key, hash_)])
