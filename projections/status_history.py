"""The status of programs along the knowledge date, every stretch of days with one answer once.

This file holds no table. The facts are those of `facts`, and the core decides which holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from projections.event_index import event_index
from projections.facts import fact_at, facts_about
from projections.programs import STATUS, programs_at
from projections.read_model import recorded_by
from timeline.bitemporal import Clocks, end_of
from timeline.recorder.prepared import Prepared
from timeline.recorder.schema import Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime

    from sqlalchemy import Connection

    from timeline.bitemporal import Fact

    Row = dict[str, Any]
    Facts = dict[str, list[Fact]]

_e = event_index.c
_FIRST_SPOKEN_OF = Prepared(
    select(_e.program, func.min(_e.disclosed_at, type_=Instant))
    .where(
        _e.issuer_id == bindparam("issuer"),
        _e.program.is_not(None),
        recorded_by(event_index, bindparam("as_at")),
    )
    .group_by(_e.program)
)


def statuses_along(connection: Connection, issuer: str, *, clocks: Clocks) -> list[Row]:
    """Return one row per program: its names, and its status on every day from `spoken_from` on.

    `states` are the stretches of days D up to `as_of` in which `programs_at` answers alike with
    `as_of` and `known_at` both D; `in_hindsight` those with `known_at` standing still as asked,
    null where that makes no difference.
    """
    last = max(clocks.as_of, clocks.known_at)
    everything = Clocks(as_of=last, known_at=last, as_at=clocks.as_at)
    rows = _FIRST_SPOKEN_OF.rows(connection, issuer=issuer, as_at=clocks.as_at)
    spoken: dict[str, datetime] = dict(rows)
    told: dict[str, Facts] = {}
    for (subject, attribute), facts in facts_about(connection, issuer, clocks=everything).items():
        if attribute in STATUS:
            told.setdefault(subject, {})[attribute] = facts
    known = programs_at(connection, issuer, clocks=everything)
    return [
        _row(row, spoken[row["program"]], told.get(row["program"], {}), clocks) for row in known
    ]


def _row(row: Row, spoken: datetime, facts: Facts, clocks: Clocks) -> Row:
    days = _days(facts, clocks.as_of.date())
    known = list(_states(facts, days, end_of, clocks.as_at))
    later = list(_states(facts, days, lambda _: clocks.known_at, clocks.as_at))
    return {
        **{name: row[name] for name in ("program", "name", "aliases")},
        "spoken_from": spoken.date().isoformat(),
        "states": known,
        "in_hindsight": None if known == later else later,
    }


def _days(facts: Facts, until: date) -> list[date]:
    """Return every day from which on another fact may hold."""
    turns: Iterable[datetime | None] = (
        at
        for some in facts.values()
        for fact in some
        for at in (fact.disclosed_at, fact.valid_from, fact.valid_to)
    )
    return sorted(day for day in {at.date() for at in turns if at} if day <= until)


def _states(
    facts: Facts, days: list[date], known_at: Callable[[date], datetime], as_at: int
) -> Iterator[Row]:
    before: Row = dict.fromkeys(STATUS)
    for day in days:
        clocks = Clocks(as_of=end_of(day), known_at=known_at(day), as_at=as_at)
        held = {name: _held((name, name), facts.get(name, []), clocks) for name in STATUS}
        if held != before:
            before = held
            yield {"from": day.isoformat(), **held}


def _held(key: tuple[str, str], facts: list[Fact], clocks: Clocks) -> Any:
    return fact_at(key, facts, clocks, explain=False)["value"]
