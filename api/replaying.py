"""Replaying: what the system said then, from the question log, and what it would have said.

A question is a pure function of its clocks, so asked again at the clocks it was answered at it must
give the same answer, byte for byte, whatever was recorded, corrected or rebuilt since.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

from api.names import find
from api.question_log import digest_of, quietly
from api.questions import QUESTIONS
from projections.differences import difference, differing, keyed, turning_points
from projections.event_index import positions_of
from timeline.bitemporal import format_instant, parse_clock, parse_day, start_of
from timeline.errors import BadInput, NotFound
from timeline.events import from_payload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from api.answers import Answer
    from api.clocks import Asked, ClockArguments
    from timeline.recorder import LoggedQuestion, QuestionLog, SqlRecorder, StoredRecord

    Row = dict[str, Any]
    Progress = Callable[[int, int], None]

ISSUER_KEYS: dict[str, tuple[str, ...]] = {
    "programs": ("program",),
    "milestones": ("program", "milestone", "qualifier"),
    "statements": ("expectation",),
    "documents": ("document",),
    "facts": ("subject", "attribute"),
    "commitments": ("commitment",),
    "governance": ("subject",),
    "scorecard": ("by", "of"),
    "forecasts": ("expectation",),
    "backtest": ("expectation",),
    "disappeared": ("expectation",),
}
OF_ONE_ISSUER = tuple(dict.fromkeys([*ISSUER_KEYS, *(question.name for question in QUESTIONS)]))
_BY_NAME = {question.name for question in QUESTIONS}
_OF_PROGRAMS = ("programs", "milestones", "statements")
_EXPLAINED = ("programs", "milestones", *_BY_NAME)
_ALL = 2**31
_DAY = len("2026-03-03")
# What a row or an entry that somebody altered can end in, besides another answer.
_BROKEN = (BadInput, AssertionError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One question, asked as at a past position and as at now, with the other clocks the same.

    A row of `differences` has the columns that name it, what `was` and what `is` (the keys that
    differ; null: no row), and `because`: the events recorded since that changed it, in order.
    """

    then: Asked
    now: Asked
    differences: list[Row]

    @property
    def agrees(self) -> bool:
        """Whether nothing recorded since changed the answer."""
        return not self.differences


class Replaying:
    """What `Timeline` can say of its own earlier answers."""

    if TYPE_CHECKING:  # what `Timeline` has
        recorder: SqlRecorder
        _questions: QuestionLog

        def asked(self, **clocks: Unpack[ClockArguments]) -> Asked: ...
        def _named(
            self, connection: Connection, asked: Asked, issuer: str, program: str | None = None
        ) -> tuple[str, str | None]: ...

    def questions(
        self, *, asked_from: str | None = None, asked_to: str | None = None, question: str = ""
    ) -> list[Row]:
        """Return the entries of the question log, in order, each with its number.

        `asked_from` and `asked_to` are days or instants, both inclusive, a day through its end;
        `question` keeps the entries of that name. `stated` are the clocks as they were stated,
        `pinned` as they were resolved, `digest` is the SHA-256 of the answer.
        """
        entries = self._questions.entries(*_bounds(asked_from, asked_to))
        return [_entry(one) for one in entries if question in ("", one.question)]

    def replay_log(
        self,
        *,
        asked_from: str | None = None,
        asked_to: str | None = None,
        question: str = "",
        progress: Progress = lambda _done, _of: None,
    ) -> list[Row]:
        """Ask every logged question again at its pinned clocks; return entries with a `result`.

        `agrees`: the answer's digest is the logged one. `differs`: it is `recomputed`. `fails`: it
        is not answered any more, `error` says why. `missing`: the log has no entry of this number.
        The arguments narrow as in `questions`; `progress` is told how many of how many are done.
        """
        told: list[Row] = []
        bounds = _bounds(asked_from, asked_to)
        many = self._questions.count(*bounds)
        expected: int | None = None if asked_from else 1
        for done, entry in enumerate(self._questions.entries(*bounds), 1):
            missing = range(expected or entry.number, entry.number)
            told += [{"number": number, "result": "missing"} for number in missing]
            expected = entry.number + 1
            if question in ("", entry.question):
                told.append(_entry(entry) | self._again(entry))
            progress(done, many)
        return told

    def replay(
        self,
        question: str,
        issuer: str,
        program: str | None = None,
        *,
        explain: bool = False,
        **clocks: Unpack[ClockArguments],
    ) -> Replayed:
        """Ask a question about one issuer as at `as_at` and as at now, and say why they differ.

        `question` is one of `OF_ONE_ISSUER`. What differs is found in every row; the events behind
        it are those positions since `as_at` at which the row's answer turned.
        """
        name = find(question, {one: [one] for one in OF_ONE_ISSUER}, "question")
        more = _more(name, program, explain=explain)
        before = self.asked(**clocks)
        same: ClockArguments = {"as_of": before.as_of, "known_at": before.known_at}
        after = self.asked(**same)
        of, one = self._known(issuer, program, after, before)
        key = ISSUER_KEYS.get(name, ())

        def rows_at(position: int) -> dict[tuple[Any, ...], Row]:
            at = same | {"as_at": f"position:{position}"}
            try:
                return keyed(_ask(self, name, of, one, **more, **at).items, key)
            except NotFound:  # neither issuer nor program was recorded by then
                return {}

        was, now = rows_at(before.position), rows_at(after.position)
        with quietly():
            rows = self._differences(of, key, (before, was), (after, now), rows_at)
        return Replayed(before, after, rows)

    def _differences(
        self,
        issuer: str,
        key: Sequence[str],
        then: tuple[Asked, dict[tuple[Any, ...], Row]],
        later: tuple[Asked, dict[tuple[Any, ...], Row]],
        rows_at: Callable[[int], dict[tuple[Any, ...], Row]],
    ) -> list[Row]:
        (before, was), (after, now) = then, later
        wanted = differing(was, now)
        reasons: dict[tuple[Any, ...], list[int]] = {one: [] for one in wanted}
        between = self._since(issuer, before.position, after.position) if wanted else []
        kept = {one: was[one] for one in wanted if one in was}
        turned = turning_points(
            between,
            kept,
            {one: now[one] for one in wanted if one in now},
            lambda at: {k: v for k, v in rows_at(at).items() if k in wanted},
        )
        for position, keys in turned:
            for one in keys:
                reasons[one].append(position)
        events = self._events({p for some in reasons.values() for p in some})
        return [
            _difference(key, one, (was.get(one), now.get(one)), [events[p] for p in reasons[one]])
            for one in sorted(wanted, key=lambda k: tuple(str(part or "") for part in k))
        ]

    def _since(self, issuer: str, after: int, as_at: int) -> list[int]:
        with self.recorder.begin_read() as connection:
            return positions_of(connection, issuer=issuer, after=after, as_at=as_at, limit=_ALL)

    def _events(self, positions: set[int]) -> dict[int, Row]:
        records = self.recorder.at_positions(sorted(positions))
        return {record.position: _event(record) for record in records}

    def _known(self, issuer: str, program: str | None, *tried: Asked) -> tuple[str, str | None]:
        """Return the ids by the names of today, or by those of then where today has none."""
        with self.recorder.begin_read() as connection:
            for asked in tried[:-1]:
                try:
                    return self._named(connection, asked, issuer, program)
                except NotFound:
                    continue
            return self._named(connection, tried[-1], issuer, program)

    def _again(self, entry: LoggedQuestion) -> Row:
        try:
            with quietly():
                answer = _ask(self, entry.question, **entry.arguments | entry.pinned)
            digest = digest_of(answer)
        except _BROKEN as error:
            return {"result": "fails", "error": f"{type(error).__name__}: {error}"}
        if digest == entry.digest:
            return {"result": "agrees"}
        return {"result": "differs", "recomputed": digest}


def _ask(timeline: Any, question: str, *args: Any, **given: Any) -> Answer:
    """Ask a question by the name under which it is logged."""
    answer: Answer
    if question in _BY_NAME:
        issuer, *_ = (*args, given.pop("issuer", None))
        answer = timeline.ask(question, issuer, **given)
    else:
        answer = getattr(timeline, question)(*(one for one in args if one is not None), **given)
    return answer


def _more(question: str, program: str | None, *, explain: bool) -> dict[str, Any]:
    """Return the arguments beside names and clocks; raises BadInput for what it cannot take."""
    if program is not None and question not in _OF_PROGRAMS:
        raise BadInput(f"{question} are asked of the whole issuer; leave it out", place="program")
    return {"explain": explain} if question in _EXPLAINED else {}


def _bounds(
    asked_from: str | None, asked_to: str | None
) -> tuple[datetime | None, datetime | None]:
    """Read both ends of a stretch of the log, inclusive; a day begins at 00:00Z."""
    since = None if asked_from is None else parse_clock(asked_from, "from")
    if asked_from is not None and len(asked_from) == _DAY:
        since = start_of(parse_day(asked_from))
    return since, None if asked_to is None else parse_clock(asked_to, "to")


def _entry(entry: LoggedQuestion) -> Row:
    names = ("asked_by", "question", "arguments", "stated", "pinned", "position", "digest")
    told = {name: getattr(entry, name) for name in (*names, "release")}
    return {"number": entry.number, "asked_at": format_instant(entry.asked_at)} | told


def _event(record: StoredRecord) -> Row:
    event = from_payload(record.topic, record.payload)
    return {
        "position": record.position,
        "event": event.item,
        "type": event.type,
        "recorded_at": format_instant(record.recorded_at),
        "recorded_by": event.recorded_by,
        "reason": event.reason,
    }


def _difference(
    names: Sequence[str], key: tuple[Any, ...], rows: tuple[Row | None, Row | None], because: Any
) -> Row:
    was, now = difference(*rows)
    return {**dict(zip(names, key, strict=False)), "was": was, "is": now, "because": because}
