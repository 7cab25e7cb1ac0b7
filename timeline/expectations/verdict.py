"""The verdict on one statement at given clocks: the first rule that applies, in order.

The rules are those of the project's design, numbered there 1 to 6. Each returns its verdict with
the ids of the events that decided it, or None when it does not apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.bitemporal import Truth, days_between, inside
from timeline.bitemporal.window import after, before
from timeline.expectations.relation import MOVED, relation
from timeline.expectations.statements import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.bitemporal import Window
    from timeline.expectations.register import Register
    from timeline.expectations.statements import OutcomeEvent, Statement


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the events behind it."""

    verdict: Verdict
    because: tuple[str, ...] = ()

    @property
    def ends_standing(self) -> bool:
        """Whether a statement so judged no longer stands."""
        return self.verdict in _ENDS


_ENDS = {Verdict.WITHDRAWN, Verdict.CONDITION_FAILED, Verdict.MOOT}
_STILL_STANDING = {Verdict.OPEN, Verdict.LAPSED}


def judge(statement: Statement, register: Register) -> Decision:
    """Return the first verdict that applies to `statement`."""
    for rule in _RULES:
        decision = rule(statement, register)
        if decision is not None:
            return decision
    return _by_the_calendar(statement, register)


def stands(statement: Statement, register: Register) -> bool:
    """Say whether `statement`, the newest of its chain, still stands; a lapsed one does."""
    if register.outcome_of(statement) is not None:
        return False
    decision = judge(statement, register)
    if statement.id in register.decided:
        return decision.verdict in _STILL_STANDING
    return not decision.ends_standing


def slip_of(statement: Statement, actual: OutcomeEvent | None) -> tuple[int, int] | None:
    """Return the days from the window's last day to the actual: [first, last] possible.

    Negative is before the window's end. None without an actual, or where either has no bound.
    """
    window = statement.window
    if actual is None or not actual.reached or window is None or window.latest is None:
        return None
    return days_between(actual.occurred, window.latest)


def _adjudicated(statement: Statement, register: Register) -> Decision | None:
    decision = register.decided.get(statement.id)
    return None if decision is None else Decision(decision.verdict, (decision.id,))


def _withdrawn(statement: Statement, register: Register) -> Decision | None:
    if statement.only_withdraws:
        return Decision(Verdict.WITHDRAWN, (statement.id,))
    by = register.withdrawals.get(statement.id)
    return None if by is None else Decision(Verdict.WITHDRAWN, (by.id,))


def _superseded(statement: Statement, register: Register) -> Decision | None:
    if statement.window is None:
        return None
    outcome = register.outcome_of(statement)
    for later in register.after(statement):
        if not _in_time(later, statement.window, outcome):
            return None  # nor is any after it
        if _moves(later, statement.window):
            return Decision(Verdict.SUPERSEDED, (later.id,))
    return None


def _in_time(later: Statement, window: Window, outcome: OutcomeEvent | None) -> bool:
    before_end = window.latest is None or later.stated_on <= window.latest
    return before_end and (outcome is None or later.stated_on <= outcome.place.disclosed_at.date())


def _moves(later: Statement, window: Window) -> bool:
    return relation(later.window, window, stated_on=later.stated_on) in MOVED


def _condition_failed(statement: Statement, register: Register) -> Decision | None:
    condition = statement.condition
    if condition is None or condition.target is None:
        return None
    outcome = register.outcome(condition.target, said=statement)
    if outcome is None:
        return None
    if outcome.reached and not (condition.requires_positive and outcome.result != "positive"):
        return None
    return Decision(Verdict.CONDITION_FAILED, (outcome.id,))


def _moot(statement: Statement, register: Register) -> Decision | None:
    end, outcome = register.end_of(statement), register.outcome_of(statement)
    if end is None or (outcome is not None and outcome.place <= end.place):
        return None
    return Decision(Verdict.MOOT, (end.id,))


def _came_out(statement: Statement, register: Register) -> Decision | None:
    outcome = register.outcome_of(statement)
    if outcome is None:
        return None
    if not outcome.reached:
        return Decision(Verdict.MISSED, (outcome.id,))
    return Decision(_timing(outcome.occurred, statement.window), (outcome.id,))


def _timing(actual: Window, window: Window | None) -> Verdict:
    if window is None:
        return Verdict.INDETERMINATE
    if before(actual, window) is Truth.YES:
        return Verdict.MET_EARLY
    if inside(actual, window) is Truth.YES:
        return Verdict.MET_ON_TIME
    return Verdict.MET_LATE if after(actual, window) is Truth.YES else Verdict.INDETERMINATE


def _by_the_calendar(statement: Statement, register: Register) -> Decision:
    window = statement.window
    if window is None or not register.is_over(window):
        return Decision(Verdict.OPEN, (statement.id,))
    for later in register.after(statement, day=window.latest):
        if _still_ahead(later):
            return Decision(Verdict.MISSED, (later.id,))
    return Decision(Verdict.LAPSED, (statement.id,))


def _still_ahead(later: Statement) -> bool:
    """Say whether it puts the milestone on or after the day it was said."""
    return (
        later.window is not None and (later.window.earliest or later.stated_on) >= later.stated_on
    )


_RULES: tuple[Callable[[Statement, Register], Decision | None], ...] = (
    _adjudicated,
    _withdrawn,
    _superseded,
    _condition_failed,
    _moot,
    _came_out,
)
