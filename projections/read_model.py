"""What every read model has in common: how its rows come, stay visible and go.

A row belongs to one version of one recorded item. It is visible from the `position` that wrote it
until the `position_to` of the correction or retraction that closed it (None: still visible), and it
keeps the `place` of the item's first version in the order of knowledge. So a read model only says
which rows an item has; corrections and retractions are the same for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, and_, or_

from timeline.recorder.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import BindParameter, ColumnElement

    from timeline.events import Event, Kind
    from timeline.packs import Vocabulary

    Row = dict[str, Any]

_POSITION = BigInteger().with_variant(Integer, "sqlite")


@dataclass(frozen=True, slots=True)
class Version:
    """An item as it reads from `position` on: with every correction up to there applied."""

    event: Event
    place: int
    position: int


@dataclass(frozen=True, slots=True)
class ReadModel:
    """One table and the rows that a version of an item has in it."""

    table: Table
    kinds: frozenset[Kind]
    rows: Callable[[Version, Vocabulary], Iterable[Row]]

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def full_rows(self, version: Version, vocabulary: Vocabulary) -> Iterator[Row]:
        """Yield the rows of `version`, with the columns all read models share."""
        for number, row in enumerate(self.rows(version, vocabulary)):
            yield {
                "issuer_id": version.event.issuer,
                "item_id": version.event.item,
                "position": version.position,
                "row_number": number,
                "place": version.place,
                "position_to": None,
                **row,
            }


def read_model_table(name: str, *columns: Column[Any], indexes: Iterable[tuple[str, ...]]) -> Table:
    """Make a read model's table: the shared columns, its own, and indexes within an issuer."""
    return Table(
        name,
        metadata,
        Column("issuer_id", Text, primary_key=True),
        Column("item_id", Text, primary_key=True),
        Column("position", _POSITION, primary_key=True, autoincrement=False),
        Column("row_number", Integer, primary_key=True, autoincrement=False),
        Column("place", _POSITION, nullable=False),
        Column("position_to", _POSITION),
        *columns,
        *(Index(f"ix_{name}_{index[0]}", "issuer_id", *index) for index in indexes),
    )


def recorded_by(table: Table, as_at: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition that a row was recorded, and not yet closed, at position `as_at`."""
    return and_(
        table.c.position <= as_at,
        or_(table.c.position_to.is_(None), table.c.position_to > as_at),
    )
