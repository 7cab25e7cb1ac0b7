"""Rebuild every read model from the log, beside the live one; compare; swap.

A difference is a defect, or a tampered row: it is reported by table and key, and the rebuilt rows
take the place of the live ones, which are only derived.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, Table, delete, except_, func, insert, select

from projections.runner import READ_MODELS, Runner
from timeline.packs import vocabulary
from timeline.recorder import inserting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Connection

    from timeline.packs import Vocabulary
    from timeline.recorder import SqlRecorder, StoredRecord

    Progress = Callable[[int, int], None]

_CHUNK = 2_000
_KEY = ("issuer_id", "item_id", "position", "row_number")


def _quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


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


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: events read, rows per table, differences found."""

    position: int
    rows: Counter[str] = field(default_factory=Counter)
    differences: tuple[Difference, ...] = ()


def rebuild(
    recorder: SqlRecorder, *, progress: Progress = _quiet, packs: Vocabulary | None = None
) -> Rebuilt:
    """Rebuild all read models up to the head, compare them with the live ones, and swap.

    Appends wait while it runs, so nothing is missed between the last event read and the swap.
    `progress` is told how many of how many events are applied; `packs` is the vocabulary they are
    read with, without it the one that comes with the project.
    """
    with recorder.begin_append() as connection:
        head = recorder.head()
        records = recorder.records(upto=head)
        return rebuild_on(connection, records, head=head, progress=progress, packs=packs)


def rebuild_on(
    connection: Connection,
    records: Iterable[StoredRecord],
    *,
    head: int,
    progress: Progress = _quiet,
    packs: Vocabulary | None = None,
) -> Rebuilt:
    """Rebuild from `records`, the whole log, on a connection that holds the append lock."""
    beside = {model.name: _beside(model.table) for model in READ_MODELS}
    for table in beside.values():
        table.create(connection)
    progress(0, head)
    runner = Runner(beside, packs or vocabulary())
    for chunk in _chunks(records):
        with inserting(connection) as inserts:
            runner(inserts, chunk)
        progress(chunk[-1].position, head)
    rebuilt = _swap(connection, beside, head)
    for table in beside.values():
        table.drop(connection)
    return rebuilt


def _beside(table: Table) -> Table:
    copy = table.to_metadata(MetaData(), name=f"{table.name}_rebuilt")
    copy.primary_key.name = f"pk_{copy.name}"
    copy.indexes.clear()
    return copy


def _chunks(records: Iterable[StoredRecord]) -> Iterator[list[StoredRecord]]:
    chunk: list[StoredRecord] = []
    for record in records:
        chunk.append(record)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _swap(connection: Connection, beside: dict[str, Table], position: int) -> Rebuilt:
    differences: list[Difference] = []
    rows: Counter[str] = Counter()
    for model in READ_MODELS:
        live, rebuilt = model.table, beside[model.name]
        found = list(_differences(connection, live, rebuilt))
        differences += found
        rows[model.name] = _count(connection, rebuilt)
        if found:
            connection.execute(delete(live))
            connection.execute(insert(live).from_select(list(live.c.keys()), select(rebuilt)))
    return Rebuilt(position, rows, tuple(differences))


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _differences(connection: Connection, live: Table, rebuilt: Table) -> Iterator[Difference]:
    sides = ((live, rebuilt, "not in a rebuild"), (rebuilt, live, "missing or changed"))
    for here, there, side in sides:
        only = except_(select(here), select(there)).subquery()
        keys = select(*(only.c[name] for name in _KEY)).order_by(*(only.c[name] for name in _KEY))
        for key in connection.execute(keys):
            yield Difference(live.name, tuple(key), side)
