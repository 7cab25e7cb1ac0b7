"""The read models held against a rebuild that leaves no trace, and payloads that do not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.rebuild import compare
from timeline.errors import StoreError
from timeline.events import from_payload
from timeline.ledger.audit import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.packs import Vocabulary
    from timeline.recorder import SqlRecorder, StoredRecord

    Progress = Callable[[int, int], None]


def compared(recorder: SqlRecorder, *, progress: Progress, packs: Vocabulary) -> list[Fault]:
    """Return every row that the read models have otherwise than a rebuild of the whole log.

    Nothing is changed, and appends go on. Where a payload does not read, its position is told, and
    nothing can be compared.
    """
    try:
        rebuilt = compare(recorder, progress=progress, packs=packs)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a changed payload leads to
        unread = list(_unread(recorder.records()))
        return unread or [Fault("read models", "read models", f"cannot be rebuilt: {error}")]
    return [Fault("read models", _place(d.table, d.key), d.side) for d in rebuilt.differences]


def _unread(records: Iterator[StoredRecord]) -> Iterator[Fault]:
    for record in records:
        try:
            from_payload(record.topic, record.payload)
        except Exception as error:  # noqa: BLE001
            told, position = f"the payload does not read: {error}", record.position
            yield Fault("payloads", f"position {position}", told, position, position)


def _place(table: str, key: tuple[object, ...]) -> str:
    issuer, item, position, number = key
    return f"{table}, {issuer}/{item} at position {position}, row {number}"
