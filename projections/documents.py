"""Documents: what was published, when, by whom, and the hash of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Text, select

from projections.read_model import ReadModel, Version, read_model_table, recorded_by
from timeline.events import Kind
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
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
    indexes=[("disclosed_at",)],
)


def _rows(version: Version, _: Vocabulary) -> Iterator[dict[str, Any]]:
    event, facts = version.event, version.event.facts
    yield {
        "published": event.occurred and event.occurred.edtf,
        "disclosed_at": event.disclosed_at,
        "publisher": event.attributed_to,
        **{name: facts.get(name) for name in ("kind", "title", "url", "sha256")},
    }


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
