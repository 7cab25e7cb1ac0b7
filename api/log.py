"""Stored events as they leave: CloudEvents 1.0, in JSON.

CloudEvents (CNCF, version 1.0.2) names `id`, `source`, `type`, `specversion`, `time`, `subject` and
`data`; what this record adds are extension attributes, which must be lower-case letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.bitemporal import format_instant
from timeline.events import from_payload
from timeline.items import item_of

if TYPE_CHECKING:
    from timeline.recorder import StoredRecord


def told(record: StoredRecord) -> dict[str, Any]:
    """Return one stored event as a CloudEvent; `time` is when it was recorded."""
    event = from_payload(record.topic, record.payload)
    return {
        "specversion": "1.0",
        "id": f"{record.stream}/{record.version}",
        "source": f"/v1/issuers/{event.issuer}",
        "type": event.type,
        "subject": event.item,
        "time": format_instant(record.recorded_at),
        "datacontenttype": "application/json",
        "position": record.position,
        "itemkind": event.kind.value,
        "typeversion": event.type_version,
        "recordedby": event.recorded_by,
        "data": item_of(event),
    }
