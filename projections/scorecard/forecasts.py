"""Forecasts: in which share of past cases a window like this one was late, and by how much.

Counted, not fitted. A standing window is held against the cases that had lasted as long: had not
come when their window had as many days left, or was over by as many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.milestones import chains_at
from projections.scorecard.cases import Result, cases_of
from projections.scorecard.scorecard import group_of
from projections.scorecard.shares import share_of
from projections.windows import window_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from projections.scorecard.cases import Case
    from timeline.bitemporal import Clocks
    from timeline.expectations import Statement, Target

LATE_BY = (0, 90, 365)
"""Days after a window's last day; late by more than 0 is late."""

ENOUGH = 10
"""From so many past cases on a pool is asked."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The past cases that a forecast counts: of one milestone, of its group, or of the issuer."""

    by: str
    of: str | None
    cases: Sequence[Case]

    def settled(self, days: int) -> list[Case]:
        """Return the cases of which it is known whether they were late by more than `days`."""
        return [case for case in self.cases if case.after(days).counts]

    def late(self, days: int) -> dict[str, Any]:
        """Return the share that was late by more than `days`, of those of which it is known."""
        known = [case.after(days) for case in self.cases]
        late = known.count(Result.LATE)
        return share_of(late, late + known.count(Result.IN_TIME))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the past says of one window: how late, with which pool; no pool is too few cases."""

    days: tuple[int, ...]
    pool: Pool | None
    everything: Pool

    def late_by(self) -> list[dict[str, Any]]:
        """Return, for each number of days, the share later than that, beside the base rate.

        `base_rate` is the share of all past cases of the issuer, however long they lasted.
        """
        if self.pool is None:
            return []
        return [
            {"days": d, "late": self.pool.late(d), "base_rate": self.everything.late(d)}
            for d in self.days
        ]

    def pool_told(self) -> dict[str, Any] | None:
        """Return which pool was asked, and how many cases of how many milestones are in it."""
        if self.pool is None:
            return None
        settled = self.pool.settled(self.days[0])
        chains = {case.statement.target for case in settled}
        told = {"by": self.pool.by, "of": self.pool.of}
        return told | {"cases": len(settled), "chains": len(chains)}

    def explained(self) -> dict[str, list[str]]:
        """Return the ids of the cases by what came of them by the first of the days."""
        told: dict[str, list[str]] = {}
        for case in self.pool.settled(self.days[0]) if self.pool else ():
            told.setdefault(case.after(self.days[0]).value, []).append(case.statement.id)
        return told


def forecast(statement: Statement, today: date, cases: Sequence[Case]) -> Forecast | None:
    """Return what `cases`, as they look `today`, say of a statement; None without a last day.

    The narrowest pool that has `ENOUGH` cases is asked: the same milestone, its group, all.
    """
    if statement.window is None or statement.window.latest is None:
        return None
    over = (today - statement.window.latest).days
    days = tuple(one for one in LATE_BY if one >= over)
    lasted = [case for case in cases if case.lasted(over)]
    pool = next(
        (p for p in _pools(statement.target, lasted) if days and len(p.settled(days[0])) >= ENOUGH),
        None,
    )
    return Forecast(days, pool, Pool("issuer", None, cases))


def _pools(target: Target, cases: Sequence[Case]) -> Iterator[Pool]:
    name, group = target.milestone, group_of(target.milestone)
    yield Pool("milestone", name, [c for c in cases if c.statement.target.milestone == name])
    alike = [c for c in cases if group_of(c.statement.target.milestone) == group]
    yield Pool("group", group, alike)
    yield Pool("issuer", None, cases)


def forecasts_at(
    connection: Connection, issuer: str, *, clocks: Clocks, explain: bool = False, **_: Any
) -> list[dict[str, Any]]:
    """Return what the past says of every standing window with a last day, the next to end first."""
    chains = chains_at(connection, issuer, clocks=clocks)
    cases = list(cases_of(chains, clocks.day))
    standing = (chain.standing for chain in chains if chain.standing is not None)
    rows = [
        _told(one.statement, found, clocks, explain=explain)
        | {"verdict": one.decision.verdict.value}
        for one in standing
        if (found := forecast(one.statement, clocks.day, cases)) is not None
    ]
    return sorted(rows, key=lambda row: (row["window"]["latest"], row["expectation"]))


def statement_told(statement: Statement) -> dict[str, Any]:
    """Return which statement a row is about."""
    program, milestone, qualifier = statement.target
    return {
        "expectation": statement.id,
        "program": program,
        "milestone": milestone,
        "qualifier": qualifier,
        "said_by": statement.said_by,
        "stated_on": statement.stated.edtf,
        "window": window_answer(statement.window, statement.words),
    }


def _told(
    statement: Statement, found: Forecast, clocks: Clocks, *, explain: bool
) -> dict[str, Any]:
    assert statement.window is not None  # noqa: S101  # of no other is there a forecast
    assert statement.window.latest is not None  # noqa: S101
    row = {
        **statement_told(statement),
        "days_left": (statement.window.latest - clocks.day).days,
        "pool": found.pool_told(),
        "late_by": found.late_by(),
        "position": clocks.as_at,
    }
    if not explain:
        return row
    behind = found.explained()
    because = [statement.id, *(name for ids in behind.values() for name in ids)]
    return row | {"behind": behind, "because": list(dict.fromkeys(because)), "overridden": []}
