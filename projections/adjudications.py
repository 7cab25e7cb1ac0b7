"""Adjudications: a person's recorded decision on one statement, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Text, select

from projections.read_model import ReadModel, read_model_table, recorded_by
from timeline.events import Kind
from timeline.expectations import Adjudication, Place, Verdict
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


def adjudications_made(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> list[Adjudication]:
    """Return the decisions disclosed by the earlier of `as_of` and `known_at`."""
    t = adjudications.c
    query = select(adjudications).where(
        t.issuer_id == issuer,
        recorded_by(adjudications, clocks.as_at),
        t.disclosed_at <= min(clocks.as_of, clocks.known_at),
    )
    return [
        Adjudication(
            id=row["item_id"],
            expectation=row["expectation"],
            verdict=Verdict(row["verdict"]),
            reason=row["reason"],
            place=Place(row["disclosed_at"], row["place"]),
        )
        for row in connection.execute(query).mappings()
    ]
