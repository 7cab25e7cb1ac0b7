"""Statements about the future, as they were made. Their verdicts are never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from sqlalchemy import Column, Text, or_, select

from projections.read_model import ReadModel, read_model_table, recorded_by
from projections.windows import window_of
from timeline.canonical import canonical_text
from timeline.events import Kind
from timeline.expectations import Condition, Statement, Target
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from projections.read_model import Row
    from timeline.bitemporal import Clocks
    from timeline.events import Event
    from timeline.packs import Vocabulary

statements = read_model_table(
    "statements",
    Column("program", Text),
    Column("milestone", Text, nullable=False),
    Column("qualifier", Text),
    Column("said_by", Text),
    Column("stated", Text, nullable=False),
    Column("stated_at", Instant, nullable=False),
    Column("window", Text),
    Column("words", Text),
    Column("condition", Text),
    Column("withdraws", Text),
    Column("document", Text),
    indexes=[("program", "stated_at")],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row, ...]:
    if event.occurred is None or event.milestone is None:
        return ()
    told = event.facts
    condition = told.get("condition")
    return (
        (
            event.program,
            event.milestone,
            event.qualifier,
            event.attributed_to,
            event.occurred.edtf,
            event.disclosed_at,
            told.get("window"),
            told.get("words"),
            condition and canonical_text(condition),
            told.get("withdraws"),
            event.document,
        ),
    )


STATEMENTS = ReadModel(statements, frozenset({Kind.EXPECTATION}), _rows)


def statements_made(
    connection: Connection, issuer: str, *, clocks: Clocks, program: str | None = None
) -> list[Statement]:
    """Return the statements made by the earlier of `as_of` and `known_at`.

    With `program` only those about it, and withdrawals, which may speak of other chains.
    """
    t = statements.c
    query = select(statements).where(
        t.issuer_id == issuer,
        recorded_by(statements, clocks.as_at),
        t.stated_at <= min(clocks.as_of, clocks.known_at),
    )
    if program is not None:
        query = query.where(or_(t.program == program, t.withdraws.is_not(None)))
    return [_statement(row) for row in connection.execute(query).mappings()]


def _statement(row: RowMapping) -> Statement:
    stated = window_of(row["stated"])
    assert stated is not None  # noqa: S101  # the column is not nullable
    return Statement(
        id=row["item_id"],
        target=Target(row["program"], row["milestone"], row["qualifier"]),
        stated=stated,
        window=window_of(row["window"]),
        position=row["place"],
        said_by=row["said_by"],
        words=row["words"],
        condition=_condition(row["condition"], row["program"]),
        withdraws=row["withdraws"],
        document=row["document"],
    )


def _condition(text: str | None, program: str | None) -> Condition | None:
    """Read a condition; without a `program` key it means the statement's own program."""
    if text is None:
        return None
    told = orjson.loads(text)
    milestone = told.get("milestone")
    of = told.get("program", program)
    return Condition(
        text=told.get("text"),
        target=Target(of, milestone, told.get("qualifier")) if milestone else None,
        requires_positive=told.get("requires") == "positive",
    )
