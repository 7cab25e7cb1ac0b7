"""How a question is asked of an open store: clocks and names resolved, sealed values opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Unpack

from api.answers import Answer
from api.clocks import Asked, ClockArguments, ask
from api.names import find, find_issuer
from api.opened import opened
from projections.issuers import issuers_at
from projections.programs import are_ids, program_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
    from timeline.packs import Vocabulary
    from timeline.recorder import Clock, SqlRecorder

    Row = dict[str, Any]
    Read = Callable[[Connection, str, str | None], list[Row]]
    ReadAt = Callable[[Connection, Clocks, str, str | None], list[Row]]


class Asking:
    """What every question has in common."""

    recorder: SqlRecorder
    vocabulary: Vocabulary
    _clock: Clock

    def asked(self, **clocks: Unpack[ClockArguments]) -> Asked:
        """Resolve the clocks of a question without asking it."""
        return ask(self.recorder, now=self._clock.now(), **clocks)

    @contextmanager
    def _snapshot(self, clocks: ClockArguments) -> Iterator[tuple[Connection, Asked]]:
        """Take the snapshot a question is answered from, and resolve its clocks there."""
        now = self._clock.now()
        with self.recorder.snapshot() as snapshot:
            yield snapshot.connection, ask(snapshot, now=now, **clocks)

    def _answered(
        self,
        clocks: ClockArguments,
        read: ReadAt,
        issuer: str,
        program: str | None = None,
        *,
        why: bool = False,
    ) -> Answer:
        """Ask at clocks resolved in the snapshot of the answer, and open what is sealed in it."""
        with self._snapshot(clocks) as (connection, asked):
            of, one = self._named(connection, asked, issuer, program)
            answer = Answer(asked, read(connection, asked.clocks, of, one))
            return opened(connection, answer, why=why)

    def _opened(
        self,
        asked: Asked,
        read: Read,
        issuer: str,
        program: str | None = None,
        *,
        why: bool = False,
        more: Callable[[list[Row]], Row] = lambda _: {},
    ) -> Answer:
        """Ask, and open what is sealed in the answer; `more` is made of the rows before that."""
        with self.recorder.begin_read() as connection:
            of, one = self._named(connection, asked, issuer, program)
            rows = read(connection, of, one)
            return opened(connection, Answer(asked, rows, more=more(rows)), why=why)

    def _named(
        self, connection: Connection, asked: Asked, issuer: str, program: str | None = None
    ) -> tuple[str, str | None]:
        """Return the ids; what is an id already needs no list of names."""
        at = asked.position
        are = are_ids(connection, issuer, program or "", as_at=at)
        of = issuer if are.issuer else find_issuer(issuer, issuers_at(connection, as_at=at))
        if program is None or (are.issuer and are.program):
            return of, program
        return of, find(program, program_names(connection, of, as_at=at), "program")
