"""The schedule: on which days each milestone is expected, or came, and how often that was touched.

This file holds no table. It is what a calendar is made of: one entry a milestone, which stays the
same entry however often its days move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.milestones import actual_told, chains_at, outcome_told, target_told
from projections.touched import Touched, recorded_at_positions, versions_ever
from projections.windows import window_answer
from timeline.bitemporal import format_instant
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks, Window
    from timeline.expectations import ChainHistory, Judged

    Row = dict[str, Any]

TENTATIVE, CONFIRMED, CANCELLED = "tentative", "confirmed", "cancelled"
_CAME = {Verdict.MET_EARLY, Verdict.MET_ON_TIME, Verdict.MET_LATE}


def schedule_at(
    connection: Connection, issuer: str, *, clocks: Clocks, program: str | None = None
) -> list[Row]:
    """Return one row for each milestone that anything was ever said of.

    `days` are those it came on, else those of the newest window that names any, else null.
    """
    touched = Touched.of(versions_ever(connection, issuer, clocks=clocks), clocks)
    recorded_at = recorded_at_positions(connection, touched.positions())
    chains = chains_at(connection, issuer, clocks=clocks, program=program)
    return [_row(chain, touched, recorded_at) for chain in chains if chain.statements]


def _row(chain: ChainHistory, touched: Touched, recorded_at: dict[int, datetime]) -> Row:
    instants = touched.instants(chain.target, recorded_at)
    newest, dated = chain.statements[-1], _dated(chain)
    days = _days(chain, dated)
    return {
        **target_told(chain.target),
        "days": window_answer(days),
        "status": _status(chain),
        "sequence": touched.times(chain.target),
        "created_at": format_instant(instants[0]),
        "modified_at": format_instant(instants[-1]),
        "window": dated and window_answer(dated.statement.window, dated.statement.words),
        "stands": chain.standing is not None,
        "expectation": newest.statement.id,
        "said_by": newest.statement.said_by,
        "stated_on": newest.statement.stated.edtf,
        "revisions": chain.revisions,
        "verdict": newest.decision.verdict.value,
        "slip_days": newest.slip_days and list(newest.slip_days),
        "outcome": outcome_told(chain.outcome),
        "actual": actual_told(chain.outcome),
        "position": touched.clocks.as_at,
    }


def _dated(chain: ChainHistory) -> Judged | None:
    """Return the newest statement whose window names a day."""
    told = (one for one in reversed(chain.statements) if _names_a_day(one.statement.window))
    return next(told, None)


def _days(chain: ChainHistory, dated: Judged | None) -> Window | None:
    outcome = chain.outcome
    if outcome is not None and outcome.reached and _names_a_day(outcome.occurred):
        return outcome.occurred
    return dated.statement.window if dated else None


def _names_a_day(window: Window | None) -> bool:
    return window is not None and (window.earliest or window.latest) is not None


def _status(chain: ChainHistory) -> str:
    """Say whether its days are expected, fact, or no longer hold."""
    newest = chain.statements[-1]
    if chain.outcome is not None:
        return CONFIRMED if chain.outcome.reached else CANCELLED
    if newest.decision.verdict in _CAME:
        return CONFIRMED
    if chain.standing is not None:
        return TENTATIVE if _names_a_day(newest.statement.window) else CANCELLED
    return TENTATIVE if newest.decision.verdict is Verdict.INDETERMINATE else CANCELLED
