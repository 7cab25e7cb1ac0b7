"""Rebuilt rows in temporary tables beside the live ones: loaded, compared, taken over.

Temporary tables belong to one connection. They need no lock on the store and no rights on its
tables, and nothing of them is left, however that connection ends.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Index,
    MetaData,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
)

from projections.bulk_load import bulk_load
from projections.read_model import KEY
from projections.rows import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    from projections.read_model import Row

MISSING, EXTRA = "missing or changed", "not in a rebuild"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that the live read model has and a rebuild has not, or the other way round."""

    table: str
    key: tuple[Any, ...]
    side: str

    def __str__(self) -> str:
        """Name the row for a person."""
        issuer, item, position, number = self.key
        return f"{self.table}: {issuer}/{item} at position {position}, row {number}: {self.side}"


class Beside:
    """The temporary tables of one rebuild, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Make the tables, empty and without keys: what is loaded in bulk is indexed after."""
        self.connection = connection
        self.tables = {model.name: _beside(model.table) for model in READ_MODELS}
        self._indexed = False
        for table in self.tables.values():
            table.create(connection)

    def load(self, rows: dict[str, list[Row]]) -> None:
        """Add rows in bulk."""
        for name, some in rows.items():
            bulk_load(self.connection, self.tables[name], some)

    def index(self) -> None:
        """Make what single rows are found by; asked only where something has to be put right."""
        if not self._indexed:
            for model in READ_MODELS:
                for index in _indexes(model.table, self.tables[model.name]):
                    index.create(self.connection)
        self._indexed = True

    def ready(self) -> None:
        """Tell PostgreSQL how much was loaded, or it joins as if there were little."""
        if self.connection.dialect.name == "postgresql":
            for table in self.tables.values():
                self.connection.exec_driver_sql(f"ANALYZE {table.name}")

    def counted(self) -> Counter[str]:
        """Return how many rows each table has."""
        return Counter({n: _count(self.connection, t) for n, t in self.tables.items()})

    def differences(self, live: Table) -> Iterator[Difference]:
        """Yield the keys of all rows that are not the same on both sides; extra ones first."""
        rebuilt = self.tables[live.name]
        if _count(self.connection, live) == self._same(live, rebuilt) == self._count(rebuilt):
            return
        self.index()
        for here, there, side in ((live, rebuilt, EXTRA), (rebuilt, live, MISSING)):
            told = [here.c[name] for name in ("issuer_id", "item_id", "position", "row_number")]
            lonely = select(*told).where(~_there(here, there)).order_by(*told)
            for key in self.connection.execute(lonely):
                yield Difference(str(live.name), tuple(key), side)

    def take_over(self, live: Table) -> None:
        """Put the rebuilt rows in the place of the live ones that differ, and leave the others."""
        self.index()
        rebuilt = self.tables[live.name]
        self.connection.execute(delete(live).where(~_there(live, rebuilt)))
        lacking = select(rebuilt).where(~exists().where(_same_key(rebuilt, live)))
        ordered = lacking.order_by(rebuilt.c.position)
        self.connection.execute(insert(live).from_select(list(live.c.keys()), ordered))

    def drop(self) -> None:
        """Drop the tables, for a connection that goes on to other work."""
        for table in self.tables.values():
            table.drop(self.connection)

    def _count(self, table: Table) -> int:
        return _count(self.connection, table)

    def _same(self, live: Table, rebuilt: Table) -> int:
        both = rebuilt.join(live, _same_row(rebuilt, live))
        query = select(func.count()).select_from(both)
        return self.connection.execute(query).scalar_one()


def _beside(live: Table) -> Table:
    name = f"{live.name}_rebuilt"
    columns = [Column(c.name, c.type, nullable=c.nullable) for c in live.c]
    return Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])


def _indexes(live: Table, rebuilt: Table) -> Iterator[Index]:
    """Yield indexes on the key, and on the item where the live table has one."""
    yield Index(f"ix_{rebuilt.name}_key", *(rebuilt.c[name] for name in KEY))
    for index in live.indexes:
        if index.name == f"ix_{live.name}_item_id":
            yield Index(f"ix_{rebuilt.name}_item_id", *(rebuilt.c[c.name] for c in index.columns))


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _there(here: Table, there: Table) -> ColumnElement[bool]:
    return exists().where(_same_row(here, there))


def _same_key(one: Table, other: Table) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in KEY))


def _same_row(one: Table, other: Table) -> ColumnElement[bool]:
    rest = (c.name for c in one.c if c.name not in KEY)
    return and_(_same_key(one, other), *(one.c[n].is_not_distinct_from(other.c[n]) for n in rest))
