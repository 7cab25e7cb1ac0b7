"""The back-test: every statement forecast from what was public before it was made, and what came.

Walked forward. The forecast of a statement is made at the end of the day before it was stated, by
the same `Register` that answers every question there; what came is read at the asked clocks. So
nothing that was published on that day or later can be in the forecast.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from projections.milestones import histories, recorded_at
from projections.scorecard.cases import cases_of
from projections.scorecard.figures import heard
from projections.scorecard.forecasts import LATE_BY, forecast, statement_told
from timeline.bitemporal import Clocks, end_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from projections.scorecard.cases import Case
    from timeline.expectations import Recorded, Statement

    Row = dict[str, Any]
    Before = Callable[[date], list[Case]]


def backtest_at(
    connection: Connection, issuer: str, *, clocks: Clocks, explain: bool = False, **_: Any
) -> list[Row]:
    """Return every statement with a last day, as it was forecast and as it came."""
    recorded = recorded_at(connection, issuer, clocks=clocks)
    rows = backtest(recorded, clocks)
    return [_row(row, clocks.as_at, explain=explain) for row in rows]


def backtest(recorded: Recorded, clocks: Clocks) -> list[Row]:
    """Return the rows of the back-test, in the order the statements were made.

    `result` is told for each number of days at the asked clocks; `late_by` is empty where fewer
    past cases than enough were public.
    """
    chains = histories(recorded, clocks)
    came = {case.statement.id: case for case in cases_of(chains, clocks.day)}
    said = [one.judged.statement for one in heard(chains) if one.id in came]
    before = _each_day_once(partial(cases_before, recorded, as_at=clocks.as_at))
    return [_tried(statement, came[statement.id], before) for statement in said]


def cases_before(recorded: Recorded, day: date, *, as_at: int) -> list[Case]:
    """Return the cases as they looked at the end of the day before `day`, as known then."""
    if day == date.min:
        return []
    eve = day - timedelta(days=1)
    then = Clocks(as_of=end_of(eve), known_at=end_of(eve), as_at=as_at)
    return list(cases_of(histories(recorded, then), eve))


def _each_day_once(before: Before) -> Before:
    found: dict[date, list[Case]] = {}

    def cases(day: date) -> list[Case]:
        if day not in found:
            found[day] = before(day)
        return found[day]

    return cases


def _tried(statement: Statement, came: Case, before: Before) -> Row:
    made_on = statement.stated_on
    eve = made_on - timedelta(days=min(1, (made_on - date.min).days))
    found = forecast(statement, eve, before(made_on))
    assert found is not None  # noqa: S101  # a case has a last day
    return {
        **statement_told(statement),
        "pool": found.pool_told(),
        "late_by": found.late_by(),
        "results": {str(days): came.after(days).value for days in LATE_BY},
        "behind": found.explained(),
    }


def _row(row: Row, position: int, *, explain: bool) -> Row:
    told = {name: value for name, value in row.items() if name != "behind" or explain}
    if explain:
        ids = [row["expectation"], *(one for part in row["behind"].values() for one in part)]
        told |= {"because": list(dict.fromkeys(ids)), "overridden": []}
    return told | {"position": position}
