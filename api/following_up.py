"""What a compliance officer asks: the worksheet of what stands, and what is new since a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer
from api.asking import Asking
from api.opened import opened
from api.question_log import logged
from projections.follow_up import follow_up_between
from projections.worksheet import worksheet_at
from timeline.bitemporal import Clocks, end_of, parse_day
from timeline.errors import BadInput
from timeline.recorder import Outbox

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from api.clocks import Asked, ClockArguments

    Row = dict[str, Any]


class FollowingUp(Asking):
    """What `Timeline` answers whoever follows up on statements about the future."""

    _engine: Engine

    def outbox(self) -> Outbox:
        """Return the digests of this store."""
        return Outbox(self._engine, self._clock)

    def now(self) -> datetime:
        """Return the present instant of the store's clock, in UTC."""
        return self._clock.now()

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

    @logged
    def follow_up(
        self,
        issuer: str,
        *,
        since: str | date,
        since_position: int | None = None,
        within: int = 30,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return what lapsed, closes within `within` days, was revised or disappeared since then.

        `since` is a day, through its end, as it was known on it; `since_position` what was recorded
        then (default: as at now). A row says `what` it is, and whether it is `new` since.
        """
        asked = self.asked(**clocks)
        day, position = day_before(asked, since, "since"), since_position
        if position is None:
            position = asked.position
        if position > asked.position:
            raise BadInput(f"{position} lies beyond {asked.position}", place="since_position")
        assert day is not None  # noqa: S101  # it is stated
        before = Clocks(as_of=end_of(day), known_at=end_of(day), as_at=position)

        def read(connection: Connection, of: str, _: str | None) -> list[Row]:
            return follow_up_between(
                connection,
                of,
                before=before,
                after=asked.clocks,
                within=within,
                packs=self.vocabulary,
            )

        answer = self._opened(asked, read, issuer)
        told = {"since": day.isoformat(), "since_position": position, "within": within}
        return replace(answer, more=told)


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
