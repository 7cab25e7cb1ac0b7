"""Items whole: the event index says which they are, the log what they say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from projections.event_index import batched
from timeline.events import Kind, from_payload, stream_id
from timeline.items import fold
from timeline.recorder.schema import events

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy import Connection, RowMapping

    from timeline.events import Event


def items_in(
    connection: Connection, found: Iterable[RowMapping], *, as_at: int
) -> dict[str, Event]:
    """Return every item as it reads in its row: by `as_at`, and before the row was closed.

    What a later version says may not be public, or not be yet.
    """
    rows = {stream_id(r["issuer_id"], r["item_id"], Kind(r["kind"])): r for r in found}
    versions: dict[UUID, list[Event]] = defaultdict(list)
    log = (events.c.stream, events.c.position, events.c.topic, events.c.payload)
    for some in batched(rows):
        query = select(*log).where(events.c.stream.in_(some), events.c.position <= as_at)
        for stored in connection.execute(query.order_by(events.c.position)):
            closed = rows[stored.stream]["position_to"]
            if closed is None or stored.position < closed:
                versions[stored.stream].append(from_payload(stored.topic, stored.payload))
    read = {rows[stream]["item_id"]: fold(told).current for stream, told in versions.items()}
    return {item: event for item, event in read.items() if event is not None}
