"""Whether the id of a correction is taken, where the read models may be behind the log.

Inline, the index of events knows every id. Followed, it knows those up to where it has come; the
rest is asked of the log: items by their streams, later corrections by reading them, for those stand
in the stream of what they correct.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.event_index import EVENT_INDEX
from projections.runner import event_of_record, is_indexed
from timeline.errors import ItemExists
from timeline.events import Kind, from_payload, stream_id
from timeline.events.upcasting import UPCASTERS
from timeline.items.draft import STEPS
from timeline.items.readers import CORRECTED, RETRACTED
from timeline.recorder import log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from timeline.events import Event
    from timeline.recorder import Inserts, StoredRecord

    Key = tuple[str, str]

_PAGE = 1_000
_CORRECTION = Kind.CORRECTION
_KINDS = (Kind.EVENT, Kind.PROGRAM, Kind.ISSUER)
"""One kind of each scope of ids."""
_TOPICS = [
    f"{name}@{version}"
    for name in (CORRECTED, RETRACTED, *STEPS)
    for version in range(1, 2 + sum(name == of for of, _ in UPCASTERS))
]


def require_new_ids(inserts: Inserts, records: Sequence[StoredRecord], reached: int) -> None:
    """Refuse, of `records` that are in the log already, a correction whose id names something else.

    The read models have come to position `reached` or beyond. Raises ItemExists.
    """
    corrections = [
        (r.position, e) for r in records if (e := event_of_record(r)).kind is _CORRECTION
    ]
    if not corrections:
        return
    connection = inserts.connection
    first = _first_corrections(connection, reached, records[-1].position)
    for position, event in corrections:
        if (
            first.get((event.issuer, event.item), position) < position
            or is_indexed(connection, EVENT_INDEX.table, event, before=position)
            or _is_item(connection, event, before=position)
        ):
            raise ItemExists(f"the id {event.item!r} is taken; choose another")


def _first_corrections(connection: Connection, after: int, upto: int) -> dict[Key, int]:
    """Return the first position after `after` of each correction, by issuer and its own id."""
    first: dict[Key, int] = {}
    for record in _pages(connection, after, upto):
        event = from_payload(record.topic, record.payload)
        first.setdefault((event.issuer, event.item), record.position)
    return first


def _pages(connection: Connection, after: int, upto: int) -> Iterator[StoredRecord]:
    while page := log.page(connection, after, upto, _PAGE, _TOPICS):
        yield from page
        after = page[-1].position


def _is_item(connection: Connection, event: Event, *, before: int) -> bool:
    streams = [stream_id(event.issuer, event.item, kind) for kind in _KINDS]
    return any(record.position < before for record in log.of_streams(connection, streams, None))
