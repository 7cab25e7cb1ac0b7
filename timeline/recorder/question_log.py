"""The question log: what was asked, when and by whom, and the digest of what was answered.

It only grows, as the log of events does, and is evidence: each entry has all that is needed to ask
the question again, at the clocks it was answered at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, select, true
from sqlalchemy.exc import SQLAlchemyError

from timeline.canonical import canonical_text
from timeline.errors import QuestionNotLogged, StoreError
from timeline.recorder.engine import database_of
from timeline.recorder.failures import translated
from timeline.recorder.schema import questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping
    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder.clock import Clock

__all__ = ["AskedQuestion", "LoggedQuestion", "QuestionLog"]

_CHUNK = 1000
_JSON = ("arguments", "stated", "pinned", "release")
_LAST = (
    select(questions.c.number, questions.c.asked_at).order_by(questions.c.number.desc()).limit(1)
)
_INSERT = insert(questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question that was answered.

    `question` is its name and `arguments` what it was asked with, beside the clocks: `stated` as
    they were stated, `pinned` as they were resolved, `as_at` to a position. `position` is the one
    the answer rests on, `digest` the SHA-256 of the answer, `release` what answered it.
    """

    asked_by: str
    question: str
    arguments: dict[str, Any]
    stated: dict[str, Any]
    pinned: dict[str, Any]
    position: int
    digest: str
    release: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedQuestion(AskedQuestion):
    """An entry of the log: `number` is 1, 2, 3, without gaps, and `asked_at` never decreases."""

    number: int
    asked_at: datetime


class QuestionLog:
    """Writes and reads the question log of one store; safe to share by threads.

    On PostgreSQL it has a lock of its own, so that neither appends nor questions wait for each
    other. SQLite has one write lock for all, held for one insert.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._database = database_of(engine)
        self._appending = self._database.appending(engine)

    def keep(self, asked: AskedQuestion) -> LoggedQuestion:
        """Add one entry; its number and its instant are taken under the lock.

        Raises QuestionNotLogged when it cannot be written, whatever the reason.
        """
        try:
            with translated(self._database.tell), self._appending.begin() as connection:
                self._database.lock_questions(connection)
                return self._insert(connection, asked)
        except (StoreError, SQLAlchemyError) as error:
            raise QuestionNotLogged(
                f"the question log cannot be written, so the answer is withheld: {error}. "
                "TIMELINE_QUESTION_LOG=off answers without"
            ) from error

    def entries(
        self, asked_from: datetime | None = None, asked_to: datetime | None = None
    ) -> Iterator[LoggedQuestion]:
        """Yield the entries asked from `asked_from` up to and with `asked_to`, in order."""
        after = 0
        query = select(questions).where(_asked(asked_from, asked_to))
        query = query.order_by(questions.c.number).limit(_CHUNK)
        while True:
            with translated(self._database.tell), self._engine.connect() as connection:
                following = query.where(questions.c.number > after)
                chunk = connection.execute(following).mappings().all()
            if not chunk:
                return
            yield from map(_logged, chunk)
            after = chunk[-1]["number"]

    def count(self, asked_from: datetime | None = None, asked_to: datetime | None = None) -> int:
        """Return how many entries `entries` yields."""
        query = select(func.count()).where(_asked(asked_from, asked_to))
        with translated(self._database.tell), self._engine.connect() as connection:
            return connection.execute(query.select_from(questions)).scalar_one()

    def _insert(self, connection: Connection, asked: AskedQuestion) -> LoggedQuestion:
        last = connection.execute(_LAST).one_or_none()
        told = {name: getattr(asked, name) for name in AskedQuestion.__dataclass_fields__}
        number = last.number + 1 if last else 1
        asked_at = self._clock.stamp(last.asked_at if last else None)
        row = told | {name: canonical_text(told[name]) for name in _JSON}
        connection.execute(_INSERT, row | {"number": number, "asked_at": asked_at})
        return LoggedQuestion(number=number, asked_at=asked_at, **told)


def _asked(asked_from: datetime | None, asked_to: datetime | None) -> ColumnElement[bool]:
    t = questions.c
    since = true() if asked_from is None else t.asked_at >= asked_from
    return and_(since, true() if asked_to is None else t.asked_at <= asked_to)


def _logged(row: RowMapping) -> LoggedQuestion:
    told = dict(row)
    return LoggedQuestion(**told | {name: json.loads(told[name]) for name in _JSON})
