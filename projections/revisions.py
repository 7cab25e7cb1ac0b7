"""Revisions: milestones along the knowledge date, every stretch of days with one answer once.

This file holds no table. It brings together what `milestones` does, finds the days on which an
answer can change, and lets the domain judge at each of them, one chain at a time.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from projections.milestones import (
    actual_told,
    condition_answer,
    outcome_told,
    recorded_at,
    target_told,
)
from projections.windows import window_answer
from timeline.bitemporal import Clocks, end_of
from timeline.expectations import Recorded, Register, history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.expectations import (
        ChainHistory,
        Judged,
        OutcomeEvent,
        ProgramEnd,
        Statement,
        Target,
    )

    Row = dict[str, Any]
    Heard = list[tuple[date, ChainHistory]]

_DAY = timedelta(days=1)


def revisions_along(connection: Connection, issuer: str, *, clocks: Clocks) -> list[Row]:
    """Return one row per milestone: what was said of it, and how that stood on every day.

    `states` are the stretches of days D up to `as_of` in which `milestones_at` answers alike with
    `as_of` and `known_at` both D; each statement has its `verdicts` alike. `in_hindsight` tells
    the same with `known_at` standing still as asked, null where that makes no difference.
    """
    last = max(clocks.as_of, clocks.known_at)
    everything = Clocks(as_of=last, known_at=last, as_at=clocks.as_at)
    parted = chains_of(recorded_at(connection, issuer, clocks=everything))
    return [_row(target, parted[target], clocks) for target in sorted(parted, key=_order)]


def chains_of(recorded: Recorded) -> dict[Target, Recorded]:
    """Part what is recorded into what can decide each chain; together they are no less."""
    said, came, ended, ruled = _Index(), _Index(), _Index(), _Index()
    for statement in recorded.statements:
        said.add(statement.target, statement)
    for outcome in recorded.outcomes:
        came.add(outcome.target, outcome)
    for end in recorded.ends:
        ended.add(end.program, end)
    for ruling in recorded.adjudications:
        ruled.add(ruling.expectation, ruling)
    taken_back = _Index()
    for statement in recorded.statements:
        taken_back.add(statement.withdraws, statement)
    parted: dict[Target, Recorded] = {}
    for target in dict.fromkeys([*said, *came]):
        own = said[target]
        waits = (s.condition.target for s in own if s.condition and s.condition.target)
        parted[target] = Recorded(
            statements=[*own, *(t for t in taken_back.of(s.id for s in own) if t.target != target)],
            outcomes=came.of(dict.fromkeys([target, *waits])),
            ends=ended[target.program],
            adjudications=ruled.of(s.id for s in own),
        )
    return parted


class _Index(defaultdict[Any, list[Any]]):
    """Things by what they are about, in the order they came."""

    def __init__(self) -> None:
        super().__init__(list)

    def add(self, key: Any, thing: Any) -> None:
        """Add a thing about `key`."""
        self[key].append(thing)

    def of(self, keys: Iterable[Any]) -> list[Any]:
        """Return all things about any of `keys`."""
        return [thing for key in keys for thing in self.get(key, ())]


def heard_along(
    target: Target, recorded: Recorded, *, until: date, known_at: Callable[[date], datetime]
) -> Heard:
    """Return the history of one chain from each day on that it is another, up to `until`.

    On day D it is asked with `as_of` the end of D and `known_at(D)`; before the first of these days
    nothing is known of the chain.
    """
    heard: Heard = []
    for day in sorted(day for day in set(_turns(recorded)) if day <= until):
        register = Register.at(recorded, _on(day, known_at(day)))
        if target in register.targets:
            told = history(target, register)
            if not heard or heard[-1][1] != told:
                heard.append((day, told))
    return heard


def _on(day: date, known_at: datetime) -> Clocks:
    return Clocks(as_of=end_of(day), known_at=known_at, as_at=0)


def _turns(recorded: Recorded) -> Iterator[date]:
    """Yield every day from which on an answer may be another."""
    for statement in recorded.statements:
        yield statement.stated_on
        last = statement.window and statement.window.latest
        if last and last < date.max:
            yield last + _DAY
    ended: tuple[OutcomeEvent | ProgramEnd, ...] = (*recorded.outcomes, *recorded.ends)
    for thing in ended:
        yield thing.place.disclosed_at.date()
        if thing.occurred.latest is not None:
            yield thing.occurred.latest
    for ruling in recorded.adjudications:
        yield ruling.place.disclosed_at.date()


def _row(target: Target, recorded: Recorded, clocks: Clocks) -> Row:
    until = clocks.as_of.date()
    known = heard_along(target, recorded, until=until, known_at=end_of)
    later = heard_along(target, recorded, until=until, known_at=lambda _: clocks.known_at)
    fullest = max((told for _, told in (*known, *later)), key=_said, default=None)
    return {
        **target_told(target),
        "statements": [_statement(judged) for judged in (fullest.statements if fullest else ())],
        **_told(known),
        "in_hindsight": None if known == later else _told(later),
        "position": clocks.as_at,
    }


def _said(told: ChainHistory) -> int:
    return len(told.statements)


def _told(heard: Heard) -> Row:
    return {
        "states": [_state(day, told) for day, told in heard],
        "verdicts": [_verdicts(number, heard) for number in range(_most(heard))],
    }


def _most(heard: Heard) -> int:
    return max((_said(told) for _, told in heard), default=0)


def _state(day: date, told: ChainHistory) -> Row:
    return {
        "from": day.isoformat(),
        "said": _said(told),
        "stands": told.standing is not None,
        "revisions": told.revisions,
        "verdict": told.decision and told.decision.verdict.value,
        "outcome": outcome_told(told.outcome),
        "actual": actual_told(told.outcome),
    }


def _verdicts(number: int, heard: Heard) -> list[Row]:
    """Return how one statement was judged, from the day it was made on."""
    told = ((day, chain.statements) for day, chain in heard)
    judged = ((day, some[number]) for day, some in told if number < len(some))
    stretches: list[Row] = []
    for day, one in judged:
        row = _verdict(one)
        if not stretches or {**stretches[-1], "from": ""} != {**row, "from": ""}:
            stretches.append({"from": day.isoformat(), **row})
    return stretches


def _verdict(judged: Judged) -> Row:
    return {
        "verdict": judged.decision.verdict.value,
        "slip_days": judged.slip_days and list(judged.slip_days),
        "because": list(judged.decision.because),
    }


def _statement(judged: Judged) -> Row:
    statement = judged.statement
    return {
        **_made(statement),
        "relation": judged.relation and judged.relation.value,
    }


def _made(statement: Statement) -> Row:
    return {
        "expectation": statement.id,
        "stated_on": statement.stated.edtf,
        "public_on": statement.stated_on.isoformat(),
        "said_by": statement.said_by,
        "document": statement.document,
        "window": window_answer(statement.window, statement.words),
        "words": statement.words,
        "condition": condition_answer(statement.condition),
    }


def _order(target: Target) -> list[str]:
    return [part or "" for part in target]
