"""Whose a document is, by its id alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.names import sole_issuer
from projections.event_index import versions_of
from timeline.events import Kind, from_payload

if TYPE_CHECKING:
    from timeline.recorder import SqlRecorder


def issuer_of_document(recorder: SqlRecorder, document: str, as_at: int) -> str:
    """Return the one issuer that has a document of this id by position `as_at`."""
    with recorder.begin_read() as connection:
        found = versions_of(connection, document, issuer=None, as_at=as_at)
    events = [from_payload(r.topic, r.payload) for r in recorder.at_positions(found)]
    documents = [e for e in events if e.kind is Kind.DOCUMENT]
    return sole_issuer(document, documents, "no document recorded", place="id")
