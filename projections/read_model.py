"""What every read model has in common: how its rows come, stay visible and go.

A row belongs to one version of one recorded item. It is visible from the `position` that wrote it
until the `position_to` of the correction or retraction that closed it (None: still visible), and it
keeps the `place` of the item's first version in the order of knowledge. So a read model only says
which rows an item has; corrections and retractions are the same for all of them.

The key is (issuer, position, item, row number): what is recorded goes to the end of its issuer's
rows, and what a later version closes is found by the position of the version before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, and_, literal_column, or_

from timeline.recorder.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import BindParameter, ColumnElement

    from timeline.events import Event, Kind
    from timeline.packs import Vocabulary

    Row = tuple[Any, ...]

_POSITION = BigInteger().with_variant(Integer, "sqlite")

KEY = ("issuer_id", "position", "item_id", "row_number")


class Version(NamedTuple):
    """An item as it reads from `position` on: with every correction up to there applied."""

    event: Event
    place: int
    position: int


@dataclass(frozen=True, slots=True)
class ReadModel:
    """One table and the rows that a version of an item has in it.

    `rows` gives each row as a tuple of the table's own columns, in their order.
    """

    table: Table
    kinds: frozenset[Kind]
    rows: Callable[[Event, Vocabulary], Sequence[Row]]
    internal: bool = False
    """Whether it has rows of internal events too; then no public answer may be made of it."""
    name: str = field(init=False)
    """The table's name, as plain text."""

    def __post_init__(self) -> None:
        """Take the name from the table."""
        object.__setattr__(self, "name", str(self.table.name))

    def full_rows(
        self, version: Version, vocabulary: Vocabulary, position_to: int | None = None
    ) -> Sequence[Row]:
        """Return the rows of `version` as tuples of all columns, in the table's order.

        `position_to` closes them from the start, for whoever knows what comes later.
        """
        event, place, position = version
        made = self.rows(event, vocabulary)
        if not made:
            return made
        issuer, item = event.issuer, event.item
        if len(made) == 1:  # most have one, and a loop costs more than the row
            return ((issuer, position, item, 0, place, position_to, *made[0]),)
        return [
            (issuer, position, item, number, place, position_to, *row)
            for number, row in enumerate(made)
        ]


def read_model_table(name: str, *columns: Column[Any], indexes: Iterable[tuple[str, ...]]) -> Table:
    """Make a read model's table: the shared columns, its own, and indexes within an issuer."""
    return Table(
        name,
        metadata,
        Column("issuer_id", Text, primary_key=True),
        Column("position", _POSITION, primary_key=True, autoincrement=False),
        Column("item_id", Text, primary_key=True),
        Column("row_number", Integer, primary_key=True, autoincrement=False),
        Column("place", _POSITION, nullable=False),
        Column("position_to", _POSITION),
        *columns,
        *(Index(f"ix_{name}_{index[0]}", "issuer_id", *index) for index in indexes),
    )


def recorded_by(table: Table, as_at: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition that a row was recorded, and not yet closed, at position `as_at`."""
    open_then = or_(table.c.position_to.is_(None), table.c.position_to > as_at)
    return and_(recorded_upto(table, as_at), open_then)


class Lasting(NamedTuple):
    """The positions between which a row is visible: from, and to (None: still visible)."""

    position: int
    position_to: int | None


def recorded_upto(table: Table, as_at: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition that a row was recorded by position `as_at`, closed since or not.

    It only ever filters: written as a sum, it does not tempt SQLite to walk the primary key where
    an index on what is asked for finds a few rows.
    """
    return table.c.position + literal_column("0") <= as_at
