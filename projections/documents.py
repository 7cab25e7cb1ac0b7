"""Documents: what was published, when, by whom, and the hash of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Text, select

from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.events import Kind
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.read_model import Row
    from timeline.bitemporal import Clocks
    from timeline.events import Event
    from timeline.packs import Vocabulary

documents = read_model_table(
    "documents",
    Column("published", Text),
    Column("disclosed_at", Instant),
    Column("publisher", Text),
    Column("kind", Text),
    Column("title", Text),
    Column("url", Text),
    Column("sha256", Text),
    indexes=[("item_id",), ("disclosed_at",)],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row]:
    published = event.occurred and event.occurred.edtf
    told = (event.facts.get(name) for name in ("kind", "title", "url", "sha256"))
    return ((published, event.disclosed_at, event.attributed_to, *told),)


DOCUMENTS = ReadModel(documents, frozenset({Kind.DOCUMENT}), _rows)

_ANSWER = ("published", "publisher", "kind", "title", "url", "sha256", "position")


def documents_at(
    connection: Connection, issuer: str, *, clocks: Clocks, document: str | None = None
) -> list[dict[str, Any]]:
    """Return the documents published by the earlier of `as_of` and `known_at`, oldest first.

    A document whose day of publication is not recorded is always listed, and first.
    """
    t = documents.c
    query = select(documents).where(t.issuer_id == issuer, recorded_by(documents, clocks.as_at))
    if document is not None:
        query = query.where(t.item_id == document)
    bound = min(clocks.as_of, clocks.known_at)
    query = query.where((t.disclosed_at <= bound) | t.disclosed_at.is_(None))
    rows = connection.execute(query).mappings().all()
    ordered = sorted(rows, key=lambda r: (str(r["disclosed_at"] or ""), r["place"]))
    return [{"document": r["item_id"]} | {k: r[k] for k in _ANSWER} for r in ordered]


def document_of_bytes(connection: Connection, issuer: str, sha256: str) -> str | None:
    """Return the document whose bytes have this SHA-256, of several the first one recorded."""
    t = documents.c
    query = select(t.item_id).where(t.issuer_id == issuer, t.sha256 == sha256)
    query = query.where(t.position_to.is_(None)).order_by(t.place).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found
