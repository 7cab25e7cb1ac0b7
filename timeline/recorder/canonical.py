"""The bytes of one stored event that the ledger hashes. They may never change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from timeline.recorder.records import StoredRecord

__all__ = ["canonical_record"]


def canonical_record(record: StoredRecord) -> bytes:
    r"""Return the canonical bytes of one stored event: a JSON header, `\n`, the payload as stored.

    The header has exactly the keys position, recorded_at, stream, topic, version, sorted, without
    spaces, in UTF-8; JSON escapes control characters, so its first line end is the real one.
    """
    header = {
        "position": record.position,
        "recorded_at": instant_text(record.recorded_at),
        "stream": str(record.stream),
        "topic": record.topic,
        "version": record.version,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode() + b"\n" + record.payload
