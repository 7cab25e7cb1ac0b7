"""Outcomes: the events that reached or failed a milestone, and those that ended a program."""

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
from projections.windows import window_of
from timeline.events import Kind, Outcome
from timeline.expectations import OutcomeEvent, Place, ProgramEnd, Target
from timeline.recorder.prepared import Prepared
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from projections.read_model import Row
    from timeline.bitemporal import Clocks, Window
    from timeline.events import Event
    from timeline.packs import Vocabulary

PROGRAM_ENDED = "program.discontinued"
_ENDED = "ended"

outcomes = read_model_table(
    "outcomes",
    Column("program", Text),
    Column("milestone", Text),
    Column("qualifier", Text),
    Column("outcome", Text, nullable=False),
    Column("result", Text),
    Column("occurred", Text, nullable=False),
    Column("disclosed_at", Instant, nullable=False),
    indexes=[("program", "milestone")],
)


def _rows(event: Event, _: Vocabulary) -> Sequence[Row]:
    ended = event.type == PROGRAM_ENDED and event.program is not None
    if event.outcome is None and not ended:
        return ()
    if event.occurred is None or event.disclosed_at is None:
        return ()
    when = (event.occurred.edtf, event.disclosed_at)
    rows: list[Row] = []
    if event.outcome is not None:
        result = event.result and event.result.value
        reached = (event.milestone, event.qualifier, event.outcome.value, result)
        rows.append((event.program, *reached, *when))
    if ended:
        rows.append((event.program, None, None, _ENDED, None, *when))
    return rows


OUTCOMES = ReadModel(outcomes, frozenset({Kind.EVENT}), _rows)


_KNOWN = Prepared(
    select(outcomes).where(
        outcomes.c.issuer_id == bindparam("issuer"),
        recorded_by(outcomes, bindparam("as_at")),
        outcomes.c.disclosed_at <= bindparam("known_at"),
    )
)
_NAMES = tuple(outcomes.c.keys())


def outcomes_known(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> tuple[list[OutcomeEvent], list[ProgramEnd]]:
    """Return the outcomes and the ends of programs disclosed by `known_at`."""
    asked = {"issuer": issuer, "as_at": clocks.as_at, "known_at": clocks.known_at}
    rows = [dict(zip(_NAMES, row, strict=True)) for row in _KNOWN.rows(connection, **asked)]
    reached = [_outcome(row) for row in rows if row["outcome"] != _ENDED]
    return reached, [_end(row) for row in rows if row["outcome"] == _ENDED]


_EVER = Prepared(
    select(outcomes).where(
        outcomes.c.issuer_id == bindparam("issuer"),
        recorded_upto(outcomes, bindparam("as_at")),
        outcomes.c.disclosed_at <= bindparam("known_at"),
    )
)


def outcomes_ever_known(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> list[tuple[Lasting, OutcomeEvent | ProgramEnd]]:
    """Return every version of what `outcomes_known` tells, corrected and retracted ones too."""
    asked = {"issuer": issuer, "as_at": clocks.as_at, "known_at": clocks.known_at}
    rows = [dict(zip(_NAMES, row, strict=True)) for row in _EVER.rows(connection, **asked)]
    return [(Lasting(row["position"], row["position_to"]), _read(row)) for row in rows]


def _read(row: dict[str, Any]) -> OutcomeEvent | ProgramEnd:
    return _end(row) if row["outcome"] == _ENDED else _outcome(row)


def _outcome(row: dict[str, Any]) -> OutcomeEvent:
    return OutcomeEvent(
        id=row["item_id"],
        target=Target(row["program"], row["milestone"], row["qualifier"]),
        reached=row["outcome"] == Outcome.REACHED.value,
        result=row["result"],
        occurred=_occurred(row),
        place=Place(row["disclosed_at"], row["place"]),
    )


def _end(row: dict[str, Any]) -> ProgramEnd:
    place = Place(row["disclosed_at"], row["place"])
    return ProgramEnd(row["item_id"], row["program"], _occurred(row), place)


def _occurred(row: dict[str, Any]) -> Window:
    window = window_of(row["occurred"])
    assert window is not None  # noqa: S101  # the column is not nullable
    return window
