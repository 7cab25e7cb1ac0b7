"""Issuers: the companies whose record this is, and the names they are found by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Column, Text, bindparam, select

from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.canonical import canonical_text
from timeline.events import Kind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.read_model import Row
    from timeline.events import Event
    from timeline.packs import Vocabulary

issuers = read_model_table(
    "issuers",
    Column("name", Text),
    Column("aliases", Text, nullable=False),
    Column("identifiers", Text, nullable=False),
    Column("packs", Text, nullable=False),
    indexes=[("name",)],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row]:
    told = event.facts
    aliases, packs = (canonical_text(told.get(name, [])) for name in ("aliases", "packs"))
    return ((told.get("name"), aliases, canonical_text(told.get("identifiers", {})), packs),)


ISSUERS = ReadModel(issuers, frozenset({Kind.ISSUER}), _rows)

# Built once: building and hashing a statement takes longer than asking it.
_RECORDED = (
    select(issuers).where(recorded_by(issuers, bindparam("as_at"))).order_by(issuers.c.place)
)


def issuers_at(connection: Connection, *, as_at: int) -> list[dict[str, Any]]:
    """Return the issuers recorded by position `as_at`, in the order they were recorded."""
    return [
        {
            "issuer": row["issuer_id"],
            "name": row["name"],
            **{key: orjson.loads(row[key]) for key in ("aliases", "identifiers", "packs")},
            "position": as_at,
        }
        for row in connection.execute(_RECORDED, {"as_at": as_at}).mappings()
    ]
