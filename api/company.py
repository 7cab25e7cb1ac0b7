"""Questions about the whole company, from one date to another, and about all issuers at once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer, Cursor, checked_limit
from api.following_up import FollowingUp
from api.opened import opened
from api.question_log import logged
from api.questions import loaded, question_of
from projections.across import milestones_everywhere, programs_everywhere
from projections.changes import changes_between
from projections.news import Between, Clock
from timeline.bitemporal import parse_day
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Connection

    from api.clocks import Asked, ClockArguments, Position
    from projections.portfolio import Portfolio

    Row = dict[str, Any]
    Read = Callable[[Connection, str, str | None], list[Row]]


class CompanyQuestions(FollowingUp):
    """What `Timeline` answers beyond programs and milestones of one issuer at one date."""

    @logged
    def ask(
        self,
        question: str,
        issuer: str,
        *,
        by: str | None = None,
        explain: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return the answer to one of `api.questions`, by its name; `by` keeps one grouping of it.

        Raises NotFound, with what it may have meant, for a name that is none of theirs, and
        BadInput for a grouping that the question has not.
        """
        wanted = question_of(question)
        rows_at, asked = loaded(wanted.read), self.asked(**clocks)

        def read(connection: Connection, of: str, _: str | None) -> list[Row]:
            told: list[Row] = rows_at(
                connection, of, clocks=asked.clocks, explain=explain, packs=self.vocabulary
            )
            return wanted.narrowed(told, by)

        def beside(rows: list[Row]) -> Row:
            return {beside.name: loaded(beside.read)(rows) for beside in wanted.beside}

        return self._opened(asked, read, issuer, why=explain, more=beside)

    def commitments(
        self, issuer: str, *, explain: bool = False, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return licences, funding and stakes; `more` has the totals, currencies never mixed."""
        return self.ask("commitments", issuer, explain=explain, **clocks)

    def governance(
        self, issuer: str, *, explain: bool = False, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return the board, officers, committees, meetings, requisitions and ownership."""
        return self.ask("governance", issuer, explain=explain, **clocks)

    def scorecard(
        self,
        issuer: str,
        *,
        by: str | None = None,
        explain: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return how statements did, in figures: all of them, then group by group.

        `by` keeps one grouping: `issuer`, `speaker`, `group` (of milestones) or `milestone`.
        """
        return self.ask("scorecard", issuer, by=by, explain=explain, **clocks)

    def forecasts(
        self, issuer: str, *, explain: bool = False, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return in which share of past cases windows like those that stand were late."""
        return self.ask("forecasts", issuer, explain=explain, **clocks)

    def backtest(
        self, issuer: str, *, explain: bool = False, **clocks: Unpack[ClockArguments]
    ) -> Answer:
        """Return every statement as it was forecast and came; `more` has scores, calibration."""
        return self.ask("backtest", issuer, explain=explain, **clocks)

    @logged
    def changes(
        self,
        issuer: str,
        *,
        since: Position,
        to: Position,
        clock: str = Clock.KNOWN_AT,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return what became known after `since` and up to `to`, one row per milestone.

        `clock` says which of the three moves from `since` to `to`. The others stand still, save
        that `as_of` goes along with `known_at` unless it is stated.
        """
        before, after = self._sides(since, to, clock, clocks)
        moves = Clock(clock)
        between = Between(moves, before.clocks, after.clocks)

        def read(connection: Connection, of: str, _: str | None) -> list[Row]:
            return changes_between(connection, of, between=between)

        answer = self._opened(after, read, issuer, why=True)
        told = {"clock": moves.value, "from": before.texts(), "to": after.texts()}
        follows = moves is Clock.KNOWN_AT and clocks.get("as_of") is None
        moving = ("as_of", "known_at") if follows else (moves.value,)
        return replace(answer, more=told, moving=moving)

    @logged
    def all_programs(
        self,
        *,
        stage: str | None = None,
        explain: bool = False,
        start: int = 0,
        limit: int | None = None,
        question: str = "",
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return the programs of all issuers, or those of them at one stage.

        `limit` rows from the one numbered `start` on, all of them without; `question` goes into the
        cursor of the next page. `more` has how many programs are at each stage, of all of them.
        """
        asked = self.asked(**clocks)
        with self.recorder.begin_read() as connection:
            found = programs_everywhere(
                connection,
                self._portfolio,
                clocks=asked.clocks,
                stage=stage,
                explain=explain,
                start=start,
                limit=None if limit is None else checked_limit(limit),
            )
            end = start + len(found.rows)
            cursor = Cursor.at(asked, end, question=question).text() if end < found.of else None
            answer = Answer(asked, found.rows, cursor, more={"stages": found.stages})
            return opened(connection, answer, why=explain)

    @logged
    def stages(self, **clocks: Unpack[ClockArguments]) -> Answer:
        """Return how many programs of all issuers are at each stage, those at none under null."""
        asked = self.asked(**clocks)
        with self.recorder.begin_read() as connection:
            found = programs_everywhere(connection, self._portfolio, clocks=asked.clocks, limit=0)
        return Answer(asked, found.stages)

    @cached_property
    def _portfolio(self) -> Portfolio:
        """What is kept of all programs; numpy is loaded when somebody first asks for it."""
        from projections.portfolio import Portfolio  # noqa: PLC0415

        return Portfolio()

    @logged
    def all_milestones(
        self,
        issuer: str | None = None,
        *,
        closing_before: str | date | None = None,
        closing_within: int | None = None,
        lapsed: bool = False,
        explain: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Answer:
        """Return the milestones of all issuers, the one whose window ends first before the others.

        With `issuer` only that one's. `closing_before` keeps those still open whose window's last
        day lies before that day, `closing_within` those whose last day is at most so many days
        away; `lapsed` keeps those whose window is over unheard of, instead of the open ones.
        """
        asked = self.asked(**clocks)
        if isinstance(closing_before, str):
            closing_before = _day(closing_before)
        with self.recorder.begin_read() as connection:
            rows = milestones_everywhere(
                connection,
                clocks=asked.clocks,
                issuer=self._named(connection, asked, issuer)[0] if issuer else None,
                closing_before=closing_before,
                closing_within=closing_within,
                lapsed=lapsed,
                explain=explain,
            )
        return Answer(asked, rows)

    def _sides(
        self, since: Position, to: Position, clock: str, clocks: ClockArguments
    ) -> tuple[Asked, Asked]:
        """Resolve both settings of the clocks; what stands still is the same in both."""
        if clock not in list(Clock):
            raise BadInput(f"{clock!r} is none of {', '.join(Clock)}", place="clock")
        if clocks.get(clock) is not None:
            raise BadInput("moves from one date to the other; leave it out", place=clock)
        still = self._still(clock, clocks)
        after = self._side(to, "to", clock, still)
        if clock != Clock.AS_AT:
            still["as_at"] = after.position
        before = self._side(since, "from", clock, still)
        moved = [getattr(side.clocks, clock) for side in (before, after)]
        if moved[0] > moved[1]:
            raise BadInput(f"{since} comes after {to}; turn them round", place="from")
        return before, after

    def _still(self, clock: str, clocks: ClockArguments) -> dict[str, Any]:
        still: dict[str, Any] = {k: v for k, v in clocks.items() if v is not None}
        if clock == Clock.AS_OF:
            still.setdefault("known_at", self.asked().as_of)
        if clock == Clock.AS_AT:
            still.setdefault("as_of", self.asked().as_of)
        return still

    def _side(self, at: Position, name: str, clock: str, still: dict[str, Any]) -> Asked:
        follows = {"as_of": at} if clock == Clock.KNOWN_AT and "as_of" not in still else {}
        try:
            return self.asked(**{**still, **follows, clock: at})
        except BadInput as error:
            raise error.at(name) if error.place in (clock, *follows) else error from None


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except BadInput as error:
        raise error.at("closing_before") from None
