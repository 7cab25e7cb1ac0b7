"""Turn stored records into read-model rows: inline in the append's transaction, or after it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from projections.event_index import EVENT_INDEX
from projections.read_model import Version
from projections.rows import READ_MODELS, models_of
from timeline.errors import ItemExists
from timeline.events import Event, Kind, from_payload
from timeline.items import fold
from timeline.packs import Vocabulary, vocabulary
from timeline.recorder.schema import events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table

    from projections.read_model import ReadModel, Row
    from timeline.recorder import Inserts, StoredRecord

    Pending = dict[str, list[Version]]

__all__ = ["READ_MODELS", "Runner", "event_of_record", "is_indexed"]


@dataclass(slots=True)
class Runner:
    """Applies records to every read model; `tables` says where their rows go."""

    tables: Mapping[str, Table] = field(
        default_factory=lambda: {model.name: model.table for model in READ_MODELS}
    )
    vocabulary: Vocabulary = field(default_factory=vocabulary)
    refuses: bool = True
    """Whether it may refuse a correction; what is in the log already is applied as it is."""

    def __call__(self, inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        """Apply `records`, which are in the log already, in position order."""
        pending: Pending = defaultdict(list)
        for record in records:
            event = event_of_record(record)
            if event.kind is Kind.CORRECTION:
                self._write(inserts, pending)
                self._supersede(inserts.connection, record, pending)
            self._add(Version(event, record.position, record.position), pending)
        self._write(inserts, pending)

    def _add(self, version: Version, pending: Pending) -> None:
        for model in models_of(version.event):
            pending[model.name].append(version)

    def _supersede(self, connection: Connection, record: StoredRecord, pending: Pending) -> None:
        """Close the rows of the item a correction speaks of; a corrected item gets new ones."""
        query = select(events.c.position, events.c.topic, events.c.payload).where(
            events.c.stream == record.stream, events.c.position <= record.position
        )
        versions = connection.execute(query.order_by(events.c.version)).all()
        item = fold(from_payload(v.topic, v.payload) for v in versions)
        if self.refuses:
            self._require_new(connection, item.seen[-1], record.position)
        assert item.recorded is not None  # noqa: S101  # a correction of nothing is never recorded
        self._close(connection, item.recorded, versions[-2].position, record.position)
        if item.current is not None:
            self._add(Version(item.current, versions[0].position, record.position), pending)

    def _require_new(self, connection: Connection, correction: Event, position: int) -> None:
        """Refuse a correction whose id names something else; its stream's key cannot see that."""
        table = self.tables[EVENT_INDEX.name]
        if is_indexed(connection, table, correction, before=position):
            raise ItemExists(f"the id {correction.item!r} is taken; choose another")

    def _close(self, connection: Connection, event: Event, before: int, position: int) -> None:
        """Close the rows of the version before, which stands at position `before`."""
        for model in READ_MODELS:
            if event.kind in model.kinds:
                t = self.tables[model.name]
                connection.execute(
                    update(t)
                    .where(t.c.issuer_id == event.issuer, t.c.position == before)
                    .where(t.c.item_id == event.item, t.c.position_to.is_(None))
                    .values(position_to=position)
                )

    def _write(self, inserts: Inserts, pending: Pending) -> None:
        """Add the rows a table at a time: while one is taken in, those of the next are made."""
        for model in READ_MODELS:
            if model.name in pending:
                rows = self._rows(model, pending.pop(model.name))
                inserts.add(self.tables[model.name], rows)

    def _rows(self, model: ReadModel, versions: list[Version]) -> list[Row]:
        return [row for v in versions for row in model.full_rows(v, self.vocabulary)]


def is_indexed(connection: Connection, table: Table, event: Event, *, before: int) -> bool:
    """Tell whether the index of events has the id of `event` at a position before `before`."""
    t = table.c
    same = (t.issuer_id == event.issuer, t.item_id == event.item, t.position < before)
    return connection.execute(select(t.position).where(*same).limit(1)).first() is not None


def event_of_record(record: StoredRecord) -> Event:
    """Return the event of `record`: the very one, if it was encoded a moment ago."""
    if isinstance(record.source, Event):
        return record.source
    return from_payload(record.topic, record.payload)
