"""News: the items that became known, happened, or were recorded between two settings of a clock.

This file holds no table: the event index says which items, the log what they say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from projections.event_index import event_index
from projections.items_in import items_in
from projections.read_model import recorded_by
from timeline.bitemporal import format_instant, start_of
from timeline.events import Kind, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from timeline.bitemporal import Clocks, Window
    from timeline.events import Event

    Row = dict[str, Any]
    Group = tuple[str | None, str | None, str | None]

_TOLD = (Kind.EVENT, Kind.EXPECTATION, Kind.ADJUDICATION)


class Clock(StrEnum):
    """The clock that moves while the others stand still."""

    KNOWN_AT = "known_at"
    AS_OF = "as_of"
    AS_AT = "as_at"


@dataclass(frozen=True, slots=True)
class Between:
    """Two settings of the clocks, and which of them moved: after `before`, up to `after`."""

    clock: Clock
    before: Clocks
    after: Clocks


def news_between(
    connection: Connection, issuer: str, *, between: Between
) -> Iterator[tuple[Group, Row]]:
    """Yield (program, milestone, qualifier) and the item, oldest publication first.

    On `known_at` what was published in between; on `as_of` what happened in between, as published
    by `known_at`; on `as_at` what was recorded, corrected or retracted in between.
    """
    t = event_index.c
    query = select(event_index).where(
        t.issuer_id == issuer,
        t.kind.in_([kind.value for kind in _TOLD]),
        t.visibility == Visibility.PUBLIC.value,
        t.disclosed_at <= between.after.known_at,
        _moved(between),
    )
    rows = connection.execute(query.order_by(t.disclosed_at, t.place)).mappings().all()
    new = list(_new(rows, between))
    items = items_in(connection, [row for row, _ in new], as_at=between.after.as_at)
    for row, how in new:
        event = items[row["item_id"]]
        if between.clock is not Clock.AS_OF or _happened(event.occurred, between):
            yield (event.program, event.milestone, event.qualifier), _told(event, row, how)


def _moved(between: Between) -> ColumnElement[bool]:
    """Return the condition that narrows to what the moving clock went past."""
    t, before, after = event_index.c, between.before, between.after
    if between.clock is Clock.KNOWN_AT:
        return and_(recorded_by(event_index, after.as_at), t.disclosed_at > before.known_at)
    if between.clock is Clock.AS_OF:
        return recorded_by(event_index, after.as_at)
    came = and_(t.position > before.as_at, t.position <= after.as_at)
    went = and_(t.position_to > before.as_at, t.position_to <= after.as_at)
    return or_(came, went)


def _new(rows: Sequence[RowMapping], between: Between) -> Iterator[tuple[RowMapping, str]]:
    """Yield one row for each item, and how it is new."""
    if between.clock is not Clock.AS_AT:
        how = "published" if between.clock is Clock.KNOWN_AT else "happened"
        yield from ((row, how) for row in rows)
        return
    after, before = between.after.as_at, between.before.as_at
    current = {r["item_id"] for r in rows if not r["position_to"] or r["position_to"] > after}
    for row in rows:
        if not row["position_to"] or row["position_to"] > after:
            yield row, "recorded" if row["place"] > before else "corrected"
        elif row["item_id"] not in current and row["position"] <= before:
            yield row, "removed"


def _happened(occurred: Window | None, between: Between) -> bool:
    """Say whether the last day it can have happened on lies in between."""
    if occurred is None or occurred.latest is None:
        return False
    return between.before.as_of < start_of(occurred.latest) <= between.after.as_of


def _told(event: Event, row: RowMapping, how: str) -> Row:
    told: Row = {
        "event": event.item,
        "kind": event.kind.value,
        "type": event.type,
        "how": how,
        "occurred": event.occurred and event.occurred.edtf,
        "disclosed_at": _text(row["disclosed_at"]),
        "document": event.document,
        "summary": event.summary or event.facts.get("words") or event.reason,
    }
    if event.kind is Kind.ADJUDICATION:
        told["expectation"] = event.facts["expectation"]
    return told


def _text(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)
