"""What is in the log: every version of every item, as it was recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from api.answers import Answer, Cursor, checked_limit
from api.asking import Asking
from api.clocks import public_by
from api.log import told
from api.opened import is_personal, opened_events
from api.question_log import logged
from projections.event_index import positions_of, versions_of
from timeline.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from api.clocks import Asked, ClockArguments


class EventLog(Asking):
    """What `Timeline` answers about what was recorded, not about what held."""

    @logged
    def events(
        self,
        *,
        issuer: str | None = None,
        after: int = 0,
        limit: int = 100,
        question: str = "",
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return what is in the log after position `after`, oldest first, every version of it.

        The log is a matter of `as_at`. With `as_of` or `known_at` stated, only what was public by
        the earlier of them is told. `question` goes into the cursor of the next page.
        """
        asked, wanted = self.asked(**clocks), checked_limit(limit) + 1
        by = public_by(asked, clocks)
        with self.recorder.begin_read() as connection:
            found = positions_of(
                connection,
                issuer=self._named(connection, asked, issuer)[0] if issuer else None,
                after=after,
                as_at=asked.position,
                limit=wanted,
                public_by=by,
            )
        answer = self._log(asked, found[:limit], by)
        if len(found) < wanted:
            return answer
        last = found[limit - 1]
        cursor = Cursor.at(asked, last, question=question, only_as_at=by is None)
        return replace(answer, next=cursor.text())

    @logged
    def event(
        self, event: str, *, issuer: str | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return every version of one item, by the id it was recorded under; see `events`."""
        asked = self.asked(**clocks)
        with self.recorder.begin_read() as connection:
            of = self._named(connection, asked, issuer)[0] if issuer else None
            by = public_by(asked, clocks)
            found = versions_of(connection, event, issuer=of, as_at=asked.position, public_by=by)
        if not found:
            raise NotFound(f"nothing recorded has the id {event!r}", place="id")
        return self._log(asked, found, by)

    def _log(self, asked: Asked, positions: list[int], by: datetime | None) -> Answer:
        rows = [told(record) for record in self.recorder.at_positions(positions)]
        return Answer(
            asked,
            opened_events(self.recorder, rows),
            moving=() if by else ("as_of", "known_at"),
            personal=any(is_personal(row) for row in rows),
            sealed=(rows, {}),
        )
