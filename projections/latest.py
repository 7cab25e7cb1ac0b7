"""The latest: what was said, came and was decided, newest publication first.

This file holds no table: the event index says which items, the log what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from projections.event_index import event_index
from projections.items_in import items_in
from projections.read_model import recorded_by
from projections.touched import recorded_at_positions
from projections.windows import window_answer, window_of
from timeline.bitemporal import format_instant
from timeline.events import Kind, Visibility

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from timeline.bitemporal import Clocks
    from timeline.events import Event

    Row = dict[str, Any]

_TOLD = (Kind.EVENT, Kind.EXPECTATION, Kind.ADJUDICATION)


def latest_at(connection: Connection, issuer: str, *, clocks: Clocks, limit: int) -> list[Row]:
    """Return at most `limit` items public by the earlier of `as_of` and `known_at`.

    `updated_at` is when it was published, or when its last correction was recorded.
    """
    t = event_index.c
    query = select(event_index).where(
        t.issuer_id == issuer,
        t.kind.in_([kind.value for kind in _TOLD]),
        t.visibility == Visibility.PUBLIC.value,
        recorded_by(event_index, clocks.as_at),
        t.disclosed_at <= min(clocks.as_of, clocks.known_at),
    )
    newest = query.order_by(t.disclosed_at.desc(), t.place.desc()).limit(limit)
    rows = connection.execute(newest).mappings().all()
    items = items_in(connection, rows, as_at=clocks.as_at)
    corrected = {row["position"] for row in rows if row["position"] != row["place"]}
    recorded_at = recorded_at_positions(connection, corrected)
    return [_row(items[row["item_id"]], row, recorded_at, clocks.as_at) for row in rows]


def begun_at_of(connection: Connection, issuer: str, *, as_at: int) -> str:
    """Return when the issuer was first recorded."""
    t = event_index.c
    query = select(func.min(t.position)).where(t.issuer_id == issuer, t.position <= as_at)
    first: int = connection.execute(query).scalar_one()
    return format_instant(recorded_at_positions(connection, {first})[first])


def _row(event: Event, row: RowMapping, recorded_at: dict[int, datetime], position: int) -> Row:
    published = row["disclosed_at"]
    corrected = recorded_at.get(row["position"], published)
    return {
        "event": event.item,
        "kind": event.kind.value,
        "type": event.type,
        "program": event.program,
        "milestone": event.milestone,
        "qualifier": event.qualifier,
        "published_at": format_instant(published),
        "updated_at": format_instant(max(published, corrected)),
        "occurred": event.occurred and event.occurred.edtf,
        "outcome": event.outcome and event.outcome.value,
        "result": event.result and event.result.value,
        "document": event.document,
        "said_by": event.attributed_to,
        "summary": event.summary,
        **_said(event),
        "position": position,
    }


def _said(event: Event) -> Row:
    """Return what only statements and decisions on them have."""
    facts = event.facts
    statement, decision = event.kind is Kind.EXPECTATION, event.kind is Kind.ADJUDICATION
    window = window_of(facts.get("window")) if statement else None
    return {
        "window": window_answer(window),
        "words": facts.get("words") if statement else None,
        "withdraws": facts.get("withdraws") if statement else None,
        "expectation": facts["expectation"] if decision else None,
        "verdict": facts["verdict"] if decision else None,
        "reason": event.reason if decision else None,
    }
