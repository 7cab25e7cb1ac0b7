"""Across issuers: the programs and the milestones of all of them, at any date.

This file holds no table; it asks each issuer on record in turn.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from projections.issuers import issuers_at
from projections.milestones import milestones_at
from projections.programs import programs_at
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks

    Row = dict[str, Any]


def programs_everywhere(
    connection: Connection, *, clocks: Clocks, stage: str | None, explain: bool = False
) -> list[Row]:
    """Return the programs of which something was public, all of them or those at `stage`."""
    return [
        {"issuer": issuer, **row}
        for issuer in _issuers(connection, clocks)
        for row in programs_at(connection, issuer, clocks=clocks, explain=explain)
        if stage is None or row["stage"] == stage
    ]


def milestones_everywhere(
    connection: Connection,
    *,
    clocks: Clocks,
    closing_before: date | None = None,
    closing_within: int | None = None,
    lapsed: bool = False,
    explain: bool = False,
) -> list[Row]:
    """Return milestones by the last day of their standing window, those without one at the end.

    A window closes before a day when its last day does, and within N days when its last day is at
    most N days after the asked day. `lapsed` asks for windows that are over and unheard of.
    """
    bounds = [closing_before] if closing_before else []
    if closing_within is not None:
        bounds.append(clocks.day + timedelta(days=closing_within + 1))
    wanted = Verdict.LAPSED if lapsed else Verdict.OPEN
    rows = [
        row
        for issuer in _issuers(connection, clocks)
        for row in _closing(connection, issuer, clocks, explain=explain)
        if not (bounds or lapsed) or _closes(row, min(bounds, default=date.max), wanted)
    ]
    return sorted(rows, key=lambda row: row["closes_on"] or "9999-99")


def _issuers(connection: Connection, clocks: Clocks) -> list[str]:
    return [row["issuer"] for row in issuers_at(connection, as_at=clocks.as_at)]


def _closing(
    connection: Connection, issuer: str, clocks: Clocks, *, explain: bool
) -> Iterator[Row]:
    """Yield the issuer's milestones with the day their standing window ends, and how far off."""
    for row in milestones_at(connection, issuer, clocks=clocks, explain=explain):
        window = row["standing"] and row["standing"]["window"]
        last = window and window["latest"]
        left = (date.fromisoformat(last) - clocks.day).days if last else None
        yield {"issuer": issuer, **row, "closes_on": last, "days_left": left}


def _closes(row: Row, before: date, verdict: Verdict) -> bool:
    last = row["closes_on"]
    return bool(last) and date.fromisoformat(last) < before and row["verdict"] == verdict
