"""Events known at the asked clocks, whole: the public ones, and those that only we know of.

This file holds no table: the event index says which they are, the log what they say.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from projections.event_index import event_index
from projections.items_in import items_in
from projections.read_model import recorded_by
from timeline.bitemporal import start_of
from timeline.events import Kind, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection

    from timeline.bitemporal import Clocks
    from timeline.events import Event


def events_known(
    connection: Connection, issuer: str, *, clocks: Clocks
) -> tuple[list[Event], list[Event]]:
    """Return the public events and the internal ones, each in the order they became known.

    A public one is disclosed by `known_at`, and over or disclosed by `as_of`. An internal one is
    there from the position that recorded it, once it is over by `as_of`.
    """
    t = event_index.c
    told = t.disclosed_at <= clocks.known_at
    public = _events(connection, issuer, clocks, Visibility.PUBLIC, told)
    internal = _events(connection, issuer, clocks, Visibility.INTERNAL)
    has_come = partial(_has_come, clocks=clocks)
    return list(filter(has_come, public)), list(filter(has_come, internal))


def _events(
    connection: Connection,
    issuer: str,
    clocks: Clocks,
    visibility: Visibility,
    *narrower: ColumnElement[bool],
) -> list[Event]:
    t = event_index.c
    query = select(event_index).where(
        t.issuer_id == issuer,
        t.kind == Kind.EVENT.value,
        t.visibility == visibility.value,
        recorded_by(event_index, clocks.as_at),
        *narrower,
    )
    rows = connection.execute(query.order_by(t.disclosed_at, t.place)).mappings().all()
    items = items_in(connection, rows, as_at=clocks.as_at)
    return list(_in_order((row["item_id"] for row in rows), items))


def _in_order(order: Iterable[str], items: dict[str, Event]) -> Iterable[Event]:
    return (items[item] for item in order if item in items)


def _has_come(event: Event, *, clocks: Clocks) -> bool:
    last, disclosed_at = event.occurred and event.occurred.latest, event.disclosed_at
    over = last is not None and start_of(last) <= clocks.as_of
    return over or (disclosed_at is not None and disclosed_at <= clocks.as_of)
