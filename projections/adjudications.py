"""Adjudications: a person's recorded decision on one statement, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Text, bindparam, select

from projections.read_model import (
    Lasting,
    ReadModel,
    read_model_table,
    recorded_by,
    recorded_upto,
)
from timeline.events import Kind
from timeline.expectations import Adjudication, Place, Verdict
from timeline.recorder.prepared import Prepared
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.read_model import Row
    from timeline.bitemporal import Clocks
    from timeline.events import Event
    from timeline.packs import Vocabulary

adjudications = read_model_table(
    "adjudications",
    Column("expectation", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("disclosed_at", Instant, nullable=False),
    indexes=[("expectation",)],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row]:
    told = event.facts
    return ((told["expectation"], told["verdict"], event.reason, event.disclosed_at),)


ADJUDICATIONS = ReadModel(adjudications, frozenset({Kind.ADJUDICATION}), _rows)


_TOLD = tuple(
    adjudications.c[name]
    for name in ("item_id", "expectation", "verdict", "reason", "disclosed_at", "place")
)
_MADE = Prepared(
    select(*_TOLD).where(
        adjudications.c.issuer_id == bindparam("issuer"),
        recorded_by(adjudications, bindparam("as_at")),
        adjudications.c.disclosed_at <= bindparam("made_by"),
    )
)


def adjudications_made(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> list[Adjudication]:
    """Return the decisions disclosed by the earlier of `as_of` and `known_at`."""
    made_by = min(clocks.as_of, clocks.known_at)
    asked = {"issuer": issuer, "as_at": clocks.as_at, "made_by": made_by}
    return [_adjudication(row) for row in _MADE.rows(connection, **asked)]


_EVER = Prepared(
    select(adjudications.c.position, adjudications.c.position_to, *_TOLD).where(
        adjudications.c.issuer_id == bindparam("issuer"),
        recorded_upto(adjudications, bindparam("as_at")),
        adjudications.c.disclosed_at <= bindparam("made_by"),
    )
)


def adjudications_ever_made(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> list[tuple[Lasting, Adjudication]]:
    """Return every version of those decisions, corrected and retracted ones too."""
    made_by = min(clocks.as_of, clocks.known_at)
    asked = {"issuer": issuer, "as_at": clocks.as_at, "made_by": made_by}
    rows = _EVER.rows(connection, **asked)
    return [(Lasting(*row[:2]), _adjudication(row[2:])) for row in rows]


def _adjudication(row: tuple[Any, ...]) -> Adjudication:
    item, expectation, verdict, reason, *place = row
    return Adjudication(item, expectation, Verdict(verdict), reason, Place(*place))
