"""What feeds are made of: the schedule of an issuer, and the latest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer, checked_limit
from api.asking import Asking
from api.opened import opened
from api.question_log import logged
from projections.issuers import issuers_at
from projections.latest import begun_at_of, latest_at
from projections.programs import program_names
from projections.schedule import schedule_at

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from api.clocks import Asked, ClockArguments

    Row = dict[str, Any]

LATEST = 100


class Publishing(Asking):
    """What `Timeline` answers whoever subscribes."""

    @logged
    def schedule(
        self, issuer: str, program: str | None = None, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return on which days each milestone is expected, or came: one row an entry in a calendar.

        `sequence` counts what touched the milestone and never falls, whichever clock moves on;
        `modified_at` is when it was touched last. `more` has what the issuer is called.
        """
        with self._snapshot(clocks) as (connection, asked):
            of, one = self._named(connection, asked, issuer, program)
            rows = schedule_at(connection, of, clocks=asked.clocks, program=one)
            return self._called(connection, asked, of, rows)

    @logged
    def latest(
        self, issuer: str, *, limit: int = LATEST, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return what was last said, came or was decided, newest publication first.

        `more` has what the issuer is called, and since when it is on record, `begun_at`.
        """
        with self._snapshot(clocks) as (connection, asked):
            of, _ = self._named(connection, asked, issuer)
            wanted = checked_limit(limit)
            rows = latest_at(connection, of, clocks=asked.clocks, limit=wanted)
            begun_at = begun_at_of(connection, of, as_at=asked.position)
            return self._called(connection, asked, of, rows, begun_at=begun_at)

    def _called(
        self, connection: Connection, asked: Asked, issuer: str, rows: list[Row], **more: str
    ) -> Answer:
        """Answer with the rows in readable names, beside what the issuer is called."""
        known = issuers_at(connection, as_at=asked.position)
        name = next((one["name"] for one in known if one["issuer"] == issuer), None)
        programs = program_names(connection, issuer, as_at=asked.position)
        called = [{**row, **self._names(row, programs)} for row in rows]
        told = {"issuer": issuer, "name": name or issuer, **more}
        return opened(connection, Answer(asked, called, more=told))

    def _names(self, row: Row, programs: dict[str, list[str]]) -> Row:
        program, milestone = row["program"], row["milestone"]
        own = programs.get(program, [""])[0]
        label = milestone and self.vocabulary.milestone_label(milestone)
        return {"program_name": own or program, "label": label}
