"""What must be true of the log after whatever happened to its writers."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.durability.writer import Acknowledged
    from timeline.recorder import StoredRecord

__all__ = ["Batches", "batches", "faults"]

Batches = dict[tuple[str, int], list["StoredRecord"]]


def batches(records: Iterable[StoredRecord]) -> Batches:
    """Group events by (writer, batch)."""
    found: Batches = defaultdict(list)
    for record in records:
        body = _body(record)
        found[body["writer"], body["batch"]].append(record)
    return dict(found)


def faults(
    records: Sequence[StoredRecord], promised: Mapping[str, Sequence[Acknowledged]]
) -> list[str]:
    """Name everything wrong: gaps, time going back, half batches, acknowledged events not there."""
    return [*_order(records), *_halves(batches(records)), *_lost(batches(records), promised)]


def _order(records: Sequence[StoredRecord]) -> Iterable[str]:
    if [record.position for record in records] != list(range(1, len(records) + 1)):
        yield "positions are not 1 to the head"
    for before, after in pairwise(records):
        if after.recorded_at < before.recorded_at:
            yield f"recorded_at goes back at {after.position}"


def _halves(found: Batches) -> Iterable[str]:
    for (writer, batch), records in found.items():
        size = _body(records[0])["size"]
        first = records[0].position
        if [record.position for record in records] != list(range(first, first + size)):
            yield f"batch {batch} of {writer} is not whole and in one piece"
        if [_body(record)["number"] for record in records] != list(range(size)):
            yield f"batch {batch} of {writer} is out of order or has duplicates"


def _lost(found: Batches, promised: Mapping[str, Sequence[Acknowledged]]) -> Iterable[str]:
    for writer, notes in promised.items():
        for note in notes:
            there = [record.position for record in found.get((writer, note.batch), [])]
            if there != list(range(note.first, note.last + 1)):
                yield f"batch {note.batch} of {writer} was acknowledged and is not there"


def _body(record: StoredRecord) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(record.payload)["facts"]
    return body
