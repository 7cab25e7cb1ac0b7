"""Adjudications: a person's recorded decision on one statement, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Text, bindparam, select

from projections.read_model import ReadModel, read_model_table, recorded_by
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


_MADE = Prepared(
    select(
        *(adjudications.c[n] for n in ("item_id", "expectation", "verdict", "reason")),
        adjudications.c.disclosed_at,
        adjudications.c.place,
    ).where(
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
    return [
        Adjudication(item, expectation, Verdict(verdict), reason, Place(*place))
        for item, expectation, verdict, reason, *place in _MADE.rows(
            connection, issuer=issuer, as_at=clocks.as_at, made_by=made_by
        )
    ]
