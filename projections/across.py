"""Across issuers: the programs and the milestones of all of them, at any date.

This file holds no table. Programs are answered by the portfolio; milestones by each issuer that may
have one of those wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from projections.closing import closing_programs
from projections.issuers import issuers_at
from projections.milestones import milestones_at
from projections.programs import programs_at
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from projections.portfolio import Portfolio
    from timeline.bitemporal import Clocks

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProgramsFound:
    """The rows asked for, of how many, and how many programs there are at each stage.

    `stages` counts all of which something was public, whatever stage was asked for.
    """

    rows: list[Row]
    of: int
    stages: list[Row]


def programs_everywhere(
    connection: Connection,
    portfolio: Portfolio,
    *,
    clocks: Clocks,
    stage: str | None = None,
    explain: bool = False,
    start: int = 0,
    limit: int | None = None,
) -> ProgramsFound:
    """Return the programs of which something was public, all of them or those at `stage`.

    They come in the order they were recorded, issuer by issuer; `limit` rows from `start` on.
    """
    everything = portfolio.statuses(connection, clocks)
    found = everything if stage is None else everything.at_stage(stage)
    rows = found.between(start, None if limit is None else start + limit).rows()
    if explain:
        rows = _explained(connection, rows, clocks)
    return ProgramsFound(rows, len(found), everything.stages())


def _explained(connection: Connection, rows: list[Row], clocks: Clocks) -> list[Row]:
    """Return the rows as their issuers tell them, with the events behind every value."""
    told = {
        (issuer, row["program"]): row["explain"]
        for issuer in dict.fromkeys(row["issuer"] for row in rows)
        for row in programs_at(connection, issuer, clocks=clocks, explain=True)
    }
    return [row | {"explain": told[row["issuer"], row["program"]]} for row in rows]


def milestones_everywhere(
    connection: Connection,
    *,
    clocks: Clocks,
    issuer: str | None = None,
    closing_before: date | None = None,
    closing_within: int | None = None,
    lapsed: bool = False,
    explain: bool = False,
) -> list[Row]:
    """Return milestones by the last day of their standing window, those without one at the end.

    With `issuer` only that one's. A window closes before a day when its last day does, and within N
    days when its last day is at most N days after the asked day. `lapsed` asks for windows that are
    over and unheard of.
    """
    bounds = [closing_before] if closing_before else []
    if closing_within is not None:
        bounds.append(clocks.day + timedelta(days=closing_within + 1))
    wanted = Verdict.LAPSED if lapsed else Verdict.OPEN
    before = min(bounds, default=date.max) if bounds or lapsed else None
    rows = [
        row
        for of, programs in _asked(connection, clocks, before, wanted, issuer)
        for row in _closing(connection, of, programs, clocks, explain=explain)
        if before is None or _closes(row, before, wanted)
    ]
    return sorted(rows, key=lambda row: row["closes_on"] or "9999-99")


def _asked(
    connection: Connection,
    clocks: Clocks,
    before: date | None,
    wanted: Verdict,
    only: str | None,
) -> Iterator[tuple[str, Iterable[str | None]]]:
    """Yield the issuers to ask, in the order they were recorded, and of which programs each."""
    if only is not None:
        yield only, (None,)
        return
    recorded = [row["issuer"] for row in issuers_at(connection, as_at=clocks.as_at)]
    if before is None:
        yield from ((issuer, (None,)) for issuer in recorded)
        return
    found = closing_programs(connection, clocks=clocks, before=before, verdict=wanted)
    yield from ((issuer, found[issuer]) for issuer in recorded if issuer in found)


def _closing(
    connection: Connection,
    issuer: str,
    programs: Iterable[str | None],
    clocks: Clocks,
    *,
    explain: bool,
) -> Iterator[Row]:
    """Yield milestones with the day their standing window ends, and how far off; None: of all."""
    for program in programs:
        rows = milestones_at(connection, issuer, clocks=clocks, program=program, explain=explain)
        for row in rows:
            window = row["standing"] and row["standing"]["window"]
            last = window and window["latest"]
            left = (date.fromisoformat(last) - clocks.day).days if last else None
            yield {"issuer": issuer, **row, "closes_on": last, "days_left": left}


def _closes(row: Row, before: date, verdict: Verdict) -> bool:
    last = row["closes_on"]
    return bool(last) and date.fromisoformat(last) < before and row["verdict"] == verdict
