"""Drafts: what readings of documents propose, how far each has come, and what people edited.

They move on `as_at` alone: nobody published them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Column, Text, select

from projections.event_index import event_index
from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.bitemporal import format_instant
from timeline.canonical import canonical_text
from timeline.events import Kind, from_payload, stream_id
from timeline.intake.drafts import told
from timeline.items import EDITED, item_of, merge_patch, state_of
from timeline.recorder import log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select

    from projections.read_model import Row
    from timeline.events import Event
    from timeline.packs import Vocabulary
    from timeline.recorder import StoredRecord

    Rows = list[dict[str, Any]]

drafts = read_model_table(
    "drafts",
    Column("state", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("body", Text, nullable=False),
    indexes=[("item_id",), ("state", "place"), ("document",)],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row]:
    return ((state_of(event), event.document, canonical_text(item_of(event))),)


DRAFTS = ReadModel(drafts, frozenset({Kind.DRAFT}), _rows, internal=True)


def drafts_at(
    connection: Connection,
    *,
    as_at: int,
    issuer: str | None = None,
    state: str | None = None,
    document: str | None = None,
    draft: str | None = None,
) -> Rows:
    """Return the drafts recorded by position `as_at`, in the order they were proposed.

    Without `issuer` those of all; the others narrow to one state, one document, or one draft.
    """
    t = drafts.c
    wanted = {t.issuer_id: issuer, t.state: state, t.document: document, t.item_id: draft}
    query = select(drafts).where(recorded_by(drafts, as_at))
    query = query.where(*(column == value for column, value in wanted.items() if value is not None))
    return [
        {"issuer": row["issuer_id"], **told(orjson.loads(row["body"])), "position": row["position"]}
        for row in connection.execute(query.order_by(t.place)).mappings()
    ]


def steps_of(connection: Connection, issuer: str, draft: str, *, as_at: int) -> Rows:
    """Return what was done with a draft by position `as_at`: by whom, when, why, and what."""
    stream = stream_id(issuer, draft, Kind.DRAFT)
    return [_step(record) for record in log.by_stream(connection, [stream], as_at)[stream]]


def edits_at(connection: Connection, *, as_at: int, issuer: str | None = None) -> Rows:
    """Return every value that a person edited by position `as_at`, one row each, oldest first.

    `was` is what the reading said, or an edit before, `is` what a person set; null is nothing.
    """
    records = list(log.at(connection, list(connection.execute(_edited(as_at, issuer)).scalars())))
    edits = [(record, from_payload(record.topic, record.payload)) for record in records]
    now = {row["id"]: row for row in drafts_at(connection, as_at=as_at, issuer=issuer)}
    return [
        row for record, edit in edits for row in _fields(record, edit, now[edit.facts["corrects"]])
    ]


def _edited(as_at: int, issuer: str | None) -> Select[int]:
    t = event_index.c
    query = select(t.position).where(t.type == EDITED, t.position <= as_at)
    return query if issuer is None else query.where(t.issuer_id == issuer)


def _fields(record: StoredRecord, edit: Event, draft: dict[str, Any]) -> Iterator[dict[str, Any]]:
    by = {"recorded_by": edit.recorded_by, "recorded_at": format_instant(record.recorded_at)}
    of = {"issuer": edit.issuer, "draft": edit.facts["corrects"]}
    about = {name: draft[name] for name in ("document", "kind", "text", "why", "confidence")}
    was = edit.facts["was"]
    for name, value in edit.facts["set"].items():
        values = {"field": name, "was": was.get(name), "is": merge_patch(was.get(name), value)}
        yield of | values | about | by | {"reason": edit.reason, "position": record.position}


def _step(record: StoredRecord) -> dict[str, Any]:
    event = from_payload(record.topic, record.payload)
    facts = event.facts if event.kind is Kind.CORRECTION else {}
    return {
        "step": event.type.rpartition("_")[2],
        "set": facts.get("set"),
        "was": facts.get("was"),
        "reason": event.reason,
        "recorded_by": event.recorded_by,
        "recorded_at": format_instant(record.recorded_at),
        "position": record.position,
    }
