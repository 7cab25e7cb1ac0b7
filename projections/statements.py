"""Statements about the future, as they were made. Their verdicts are never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Column, Text, bindparam, or_, select

from projections.read_model import (
    Lasting,
    ReadModel,
    read_model_table,
    recorded_by,
    recorded_upto,
)
from projections.windows import window_of
from timeline.canonical import canonical_text
from timeline.events import Kind
from timeline.expectations import Condition, Statement, Target
from timeline.recorder.prepared import Prepared
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from sqlalchemy import Connection

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


# In this order a row is what `_statement` reads. Built once, as building takes longer than asking.
_TOLD = (
    "item_id",
    "program",
    "milestone",
    "qualifier",
    "stated",
    "window",
    "place",
    "said_by",
    "words",
    "condition",
    "withdraws",
    "document",
)
_MADE = select(*(statements.c[name] for name in _TOLD)).where(
    statements.c.issuer_id == bindparam("issuer"),
    recorded_by(statements, bindparam("as_at")),
    statements.c.stated_at <= bindparam("made_by"),
)
_ABOUT = or_(statements.c.program == bindparam("program"), statements.c.withdraws.is_not(None))
_ALL, _OF_PROGRAM = Prepared(_MADE), Prepared(_MADE.where(_ABOUT))


_EVER = Prepared(
    select(*(statements.c[name] for name in ("position", "position_to", *_TOLD))).where(
        statements.c.issuer_id == bindparam("issuer"),
        recorded_upto(statements, bindparam("as_at")),
        statements.c.stated_at <= bindparam("made_by"),
    )
)


def statements_made(
    connection: Connection, issuer: str, *, clocks: Clocks, program: str | None = None
) -> list[Statement]:
    """Return the statements made by the earlier of `as_of` and `known_at`.

    With `program` only those about it, and withdrawals, which may speak of other chains.
    """
    query = _ALL if program is None else _OF_PROGRAM
    made_by = min(clocks.as_of, clocks.known_at)
    asked = {"issuer": issuer, "as_at": clocks.as_at, "made_by": made_by, "program": program}
    return [_statement(row) for row in query.rows(connection, **asked)]


def statements_ever_made(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> list[tuple[Lasting, Statement]]:
    """Return every version of the statements made by then, corrected and retracted ones too."""
    made_by = min(clocks.as_of, clocks.known_at)
    asked = {"issuer": issuer, "as_at": clocks.as_at, "made_by": made_by}
    rows = _EVER.rows(connection, **asked)
    return [(Lasting(*row[:2]), _statement(row[2:])) for row in rows]


def _statement(row: tuple[Any, ...]) -> Statement:
    item, program, milestone, qualifier, made, window, place, said_by, words, condition, *more = row
    stated = window_of(made)
    assert stated is not None  # noqa: S101  # the column is not nullable
    return Statement(
        item,
        Target(program, milestone, qualifier),
        stated,
        window_of(window),
        place,
        said_by,
        words,
        _condition(condition, program),
        *more,
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
