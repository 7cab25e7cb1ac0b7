"""A reading saved: its document, unless that is on record, and its drafts, in one transaction.

The event of the reading has an id made of the digest of the words. So the same words are found
again by one look at one stream, whatever rendition they come in, and nothing is doubled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from timeline.commands import Plan
from timeline.errors import BadInput, ItemExists
from timeline.events import Event, Kind, Visibility, from_payload, read_window, stream_id
from timeline.items import event_of, fold, require_shape
from timeline.recorder import kept, log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.recorder import Idempotency, SqlRecorder

    Item = dict[str, Any]
    Find = Callable[[Connection, str], str | None]
    Tell = Callable[[Connection, "Saved"], bytes]

READ = "intake.document_read"
_OF_DIGEST = 32
_IN_DOCUMENT = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the words by their `digest`, the bytes by their `sha256`, and the drafts.

    `published` is EDTF; `document` the id of the document, if one is wanted or on record; `drafts`
    are items, each with its id.
    """

    digest: str
    sha256: str
    published: str
    drafts: tuple[Item, ...]
    document: str | None = None
    title: str | None = None
    packs: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The id of the event that records it."""
        return f"reading-{self.digest[:_OF_DIGEST]}"

    @property
    def document_id(self) -> str:
        """The id its document gets, where it is to get one."""
        return self.document or f"doc-{self.digest[:_IN_DOCUMENT]}"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a reading stands in the log, its document, and the ids of its drafts.

    `added` says whether this has put it there; where it was, `drafts` are those of then.
    """

    document: str
    drafts: tuple[str, ...]
    position: int
    recorded_at: datetime
    added: bool


def save(
    recorder: SqlRecorder,
    issuer: str,
    reading: Reading,
    *,
    recorded_by: str,
    find: Find,
    tell: Tell,
    request: Idempotency | None = None,
) -> bytes:
    """Record `reading` unless its words were read before, and return what `tell` answers.

    `find` is asked which document has the bytes of a SHA-256, None where none has. Raises BadInput
    for a document that is on record with another day of publication, ItemExists for an id that is
    taken.
    """
    with recorder.begin_append() as connection:
        before = None if request is None else kept(connection, request)
        if before is not None:
            return before.answer
        known = _known(connection, issuer, reading)
        if known is not None:
            saved, appended = known, recorder.write(connection, [])
        else:
            found = reading.document or find(connection, reading.sha256)
            of = replace(reading, document=found)
            events = list(_events(connection, issuer, of, recorded_by))
            plan = Plan.of(partial(log.by_stream, connection), [("", event) for event in events])
            appended = recorder.write(connection, plan.fresh)
            ids = tuple(draft["id"] for draft in of.drafts)
            at = appended.last, appended.recorded_at
            saved = Saved(of.document_id, ids, *at, added=True)
        answer = tell(connection, saved)
        if request is not None:
            recorder.keep(connection, request, replace(appended, answer=answer))
        return answer


def _known(connection: Connection, issuer: str, reading: Reading) -> Saved | None:
    """Return the reading of the same words that is on record, if there is one."""
    stream = stream_id(issuer, reading.id)
    records = log.by_stream(connection, [stream])[stream]
    if not records:
        return None
    first = from_payload(records[0].topic, records[0].payload)
    at = records[0].position, records[0].recorded_at
    return Saved(str(first.document), tuple(first.facts.get("drafts", ())), *at, added=False)


def _events(
    connection: Connection, issuer: str, reading: Reading, recorded_by: str
) -> Iterator[Event]:
    """Yield the document, if it is new, the drafts, and the reading itself."""
    document = reading.document_id
    if not _is_recorded(connection, issuer, reading):
        told = {"id": document, "published": reading.published, "sha256": reading.sha256}
        yield _event(Kind.DOCUMENT, told | {"title": reading.title}, issuer, recorded_by)
    for draft in reading.drafts:
        yield _event(Kind.DRAFT, draft | {"document": document}, issuer, recorded_by)
    facts: Item = {"digest": reading.digest, "sha256": reading.sha256}
    facts |= {"drafts": [draft["id"] for draft in reading.drafts], "packs": dict(reading.packs)}
    yield Event(
        type=READ,
        issuer=issuer,
        item=reading.id,
        document=document,
        visibility=Visibility.INTERNAL,
        recorded_by=recorded_by,
        facts=facts,
    )


def _event(kind: Kind, item: Item, issuer: str, recorded_by: str) -> Event:
    require_shape(kind, item, place=kind.value)
    return event_of(kind, item, issuer=issuer, recorded_by=recorded_by)


def _is_recorded(connection: Connection, issuer: str, reading: Reading) -> bool:
    stream = stream_id(issuer, reading.document_id, Kind.DOCUMENT)
    records = log.by_stream(connection, [stream])[stream]
    now = fold(from_payload(r.topic, r.payload) for r in records).current
    if now is None:
        return False
    if now.kind is not Kind.DOCUMENT:
        raise ItemExists(f"the id {now.item!r} is taken: it names something of kind {now.kind}")
    published = now.occurred
    if published is not None and _days(published) != _days(read_window(reading.published)):
        raise BadInput(
            f"{now.item} is on record as published {published.edtf}; say so, or correct it",
            place="published",
        )
    return True


def _days(window: Any) -> tuple[Any, Any]:
    return window.earliest, window.latest
