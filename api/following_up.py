"""What a compliance officer asks: the worksheet of what stands, and what is new since a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer
from api.asking import Asking
from api.opened import opened
from api.question_log import logged
from projections.worksheet import worksheet_at
from timeline.bitemporal import parse_day
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.clocks import Asked, ClockArguments

    Row = dict[str, Any]


class FollowingUp(Asking):
    """What `Timeline` answers whoever follows up on statements about the future."""

    @logged
    def worksheet(
        self, issuer: str, *, since: str | date | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return every standing statement, with what became public after `since` and touches it.

        `since` is a day; without it the period begins after the newest periodic document published
        before the asked day. `more` says which: `since`, and `since_document` where it was one.
        """
        asked = self.asked(**clocks)
        begins = day_before(asked, since, "since")
        with self.recorder.begin_read() as connection:
            of, _ = self._named(connection, asked, issuer)
            told = worksheet_at(
                connection, of, clocks=asked.clocks, packs=self.vocabulary, since=begins
            )
            more = {
                "since": told.since and told.since.isoformat(),
                "since_document": told.since_document,
            }
            return opened(connection, Answer(asked, told.rows, more=more))


def day_before(asked: Asked, day: str | date | None, name: str) -> date | None:
    """Read a day that may not come after the asked one; the error is said of `name`."""
    if day is None:
        return None
    try:
        read = parse_day(day) if isinstance(day, str) else day
    except BadInput as error:
        raise error.at(name) from None
    read = read.date() if isinstance(read, datetime) else read
    if read > asked.clocks.day:
        raise BadInput(f"{read} comes after {asked.clocks.day}, the asked day", place=name)
    return read
