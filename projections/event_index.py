"""The index of everything recorded: finds events by issuer, id and position.

The events themselves stand in the log; here is what they are looked up by.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Column, Text, and_, or_, select, true

from projections.read_model import ReadModel, read_model_table, recorded_upto
from timeline.events import Kind, Visibility
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from projections.read_model import Row
    from timeline.events import Event
    from timeline.packs import Vocabulary

T = TypeVar("T")

event_index = read_model_table(
    "event_index",
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("program", Text),
    Column("milestone", Text),
    Column("document", Text),
    Column("visibility", Text, nullable=False),
    Column("disclosed_at", Instant),
    indexes=[("item_id",), ("program", "disclosed_at")],
)


def _rows(event: Event, _: Vocabulary) -> tuple[Row]:
    return (
        (
            event.kind._value_,  # of an enum, .value goes through a descriptor
            event.type,
            event.program,
            event.milestone,
            event.document,
            event.visibility._value_,
            event.disclosed_at,
        ),
    )


EVENT_INDEX = ReadModel(event_index, frozenset(Kind), _rows, internal=True)


def positions_of(
    connection: Connection,
    *,
    issuer: str | None,
    after: int,
    as_at: int,
    limit: int,
    public_by: datetime | None = None,
) -> list[int]:
    """Return the positions after `after` of events of `issuer` (None: of all), in order.

    With `public_by` only what was public by that instant, and what has no publication of its own.
    """
    t = event_index.c
    query = select(t.position).where(t.position > after, t.position <= as_at)
    if issuer is not None:
        query = query.where(t.issuer_id == issuer)
    query = query.where(_public(public_by))
    query = query.distinct().order_by(t.position).limit(limit)
    return list(connection.execute(query).scalars())


def versions_of(
    connection: Connection,
    item: str,
    *,
    issuer: str | None,
    as_at: int,
    public_by: datetime | None = None,
) -> list[int]:
    """Return the positions of every version of the item called `item`, oldest first.

    A correction is found by its own id too. Without `issuer`, items of all issuers are found.
    With `public_by` as in `positions_of`.
    """
    t = event_index.c
    query = select(t.position).where(t.item_id == item, recorded_upto(event_index, as_at))
    if issuer is not None:
        query = query.where(t.issuer_id == issuer)
    query = query.where(_public(public_by))
    return sorted(set(connection.execute(query).scalars()))


def positions_of_items(
    connection: Connection, issuer: str, items: Collection[str], *, as_at: int
) -> dict[str, list[int]]:
    """Return the positions of every version of each of `items` recorded by `as_at`, in order."""
    t = event_index.c
    found: dict[str, list[int]] = {item: [] for item in items}
    for some in batched(items):
        query = select(t.item_id, t.position).distinct()
        query = query.where(t.issuer_id == issuer, t.item_id.in_(some), t.position <= as_at)
        for item, position in connection.execute(query.order_by(t.position)):
            found[item].append(position)
    return found


def programs_of(
    connection: Connection, issuer: str, items: Collection[str], *, as_at: int
) -> dict[str, str | None]:
    """Return the program each of `items` is about, as last corrected by position `as_at`."""
    t = event_index.c
    found: dict[str, str | None] = {}
    for some in batched(items):
        query = select(t.item_id, t.program).where(
            t.issuer_id == issuer, t.item_id.in_(some), t.position <= as_at
        )
        found |= {
            row.item_id: row.program for row in connection.execute(query.order_by(t.position))
        }
    return found


def batched(items: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Yield `items` in lists that a query can take as parameters."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def _public(by: datetime | None) -> ColumnElement[bool]:
    t = event_index.c
    if by is None:
        return true()
    told = or_(t.disclosed_at <= by, t.disclosed_at.is_(None))
    return and_(told, t.visibility == Visibility.PUBLIC.value)
