"""The whole log folded into rows: what later versions close is known before it is written.

A row closes at the position of the next version of its item. Those positions are asked once, for
all items of more than one version; only these are kept until their next version passes, as bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, select, text

from projections.read_model import Version
from projections.rows import READ_MODELS, add_rows
from timeline.events import Kind, from_payload, to_payload, topic_of
from timeline.items import Item, evolve
from timeline.recorder.schema import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from projections.read_model import Row
    from timeline.events import Event
    from timeline.packs import Vocabulary

    Waiting = tuple[int, str, bytes]

CHUNK = 2_000
_BEFORE = events.alias("before")
_NEXT = (
    select(_BEFORE.c.position, events.c.position)
    .join(
        _BEFORE,
        and_(_BEFORE.c.stream == events.c.stream, _BEFORE.c.version == events.c.version - 1),
    )
    .where(events.c.version > 1, events.c.position <= bindparam("upto"))
)
# As text, so that the payload comes as the driver gives it.
_PAGE = text(
    "SELECT position, topic, payload FROM events "
    "WHERE position > :after AND position <= :upto ORDER BY position"
)


def rows_of_log(
    connection: Connection, vocabulary: Vocabulary, upto: int
) -> Iterator[tuple[int, dict[str, list[Row]]]]:
    """Yield, for some events at a time, the last position and the rows of each read model."""
    fold = LogFold(vocabulary, _next_versions(connection, upto))
    for after in range(0, upto, CHUNK):
        last = min(after + CHUNK, upto)
        page = connection.execute(_PAGE, {"after": after, "upto": last})
        yield last, fold.rows(page.all())


def _next_versions(connection: Connection, upto: int) -> dict[int, int]:
    """Return the position of the version after each one that has one by `upto`."""
    return dict(iter(connection.execute(_NEXT, {"upto": upto})))


@dataclass(slots=True)
class LogFold:
    """Folds events that come in order of position, all of them."""

    vocabulary: Vocabulary
    next_version: dict[int, int]
    _waiting: dict[int, Waiting] = field(default_factory=dict)

    def rows(self, stored: Iterable[Row]) -> dict[str, list[Row]]:
        """Return the rows of some events, closed where a later version closes them."""
        rows: dict[str, list[Row]] = {model.name: [] for model in READ_MODELS}
        for position, topic, payload in stored:
            event = from_payload(topic, payload)
            closes_at = self.next_version.get(position)
            if event.kind is Kind.CORRECTION:
                add_rows(Version(event, position, position), self.vocabulary, rows)
                self._supersede(event, position, closes_at, rows)
                continue
            add_rows(Version(event, position, position), self.vocabulary, rows, closes_at)
            if closes_at is not None:
                self._waiting[closes_at] = position, topic, payload
        return rows

    def _supersede(
        self, correction: Event, position: int, closes_at: int | None, rows: dict[str, list[Row]]
    ) -> None:
        """Add the rows of the item as it reads once corrected; once retracted it has none."""
        place, topic, payload = self._waiting.pop(position)
        current = evolve(Item(recorded=from_payload(topic, payload)), correction).current
        if current is None:
            return
        add_rows(Version(current, place, position), self.vocabulary, rows, closes_at)
        if closes_at is not None:
            self._waiting[closes_at] = place, topic_of(current), to_payload(current)
