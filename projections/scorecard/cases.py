"""Cases: windows of the past, and whether the milestone came by their last day, or so much later.

A day that is uncertain counts from its last possible day, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from projections.scorecard.figures import IN_TIME
from timeline.expectations import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from timeline.expectations import ChainHistory, Judged, Statement

_ENDED = frozenset({Verdict.WITHDRAWN, Verdict.CONDITION_FAILED, Verdict.MOOT})


class Result(StrEnum):
    """What came of a window that is given some days more."""

    IN_TIME = "in_time"
    LATE = "late"
    PENDING = "pending"
    ENDED = "ended"
    UNMEASURED = "unmeasured"

    @property
    def counts(self) -> bool:
        """Whether it says that the milestone came by then, or that it did not."""
        return self in (Result.IN_TIME, Result.LATE)


@dataclass(frozen=True, slots=True)
class Case:
    """A statement whose window has a last day, as it looks on some day.

    `over` are the days since that last day, negative while it lies ahead. `came` are the days from
    there until the milestone came; None: it has not, or not on a day that can be told.
    """

    statement: Statement
    over: int
    came: int | None
    left_out: Result | None

    def after(self, days: int) -> Result:
        """Return what came of it by `days` days after the window's last day.

        PENDING while those days are not over, even if the milestone came already: else what comes
        early would be counted sooner than what is late. ENDED was taken back, hung on a condition
        that failed, or its program ended.
        """
        if self.left_out is not None:
            return self.left_out
        if self.over <= days:
            return Result.PENDING
        return Result.IN_TIME if self.came is not None and self.came <= days else Result.LATE

    def lasted(self, over: int) -> bool:
        """Say whether it had not come yet when its window was `over` so many days."""
        return self.came is None or self.came >= over


def cases_of(chains: Iterable[ChainHistory], today: date) -> Iterator[Case]:
    """Yield the cases among the statements of `chains`, as they look on `today`."""
    for chain in chains:
        for judged in chain.statements:
            window = judged.statement.window
            if window is not None and window.latest is not None:
                yield Case(judged.statement, (today - window.latest).days, *_came(judged))


def _came(judged: Judged) -> tuple[int | None, Result | None]:
    verdict, slip = judged.decision.verdict, judged.slip_days
    if verdict in _ENDED:
        return None, Result.ENDED
    if judged.actual is not None and slip is None:
        return None, Result.UNMEASURED
    return _days(verdict, None if slip is None else slip[1]), None


def _days(verdict: Verdict, last: int | None) -> int | None:
    """Return the days until it came; a person may have settled what the days alone do not."""
    if verdict in IN_TIME:
        return min(last or 0, 0)
    if verdict is Verdict.MISSED:
        return None
    return max(last, 1) if last is not None and verdict is Verdict.MET_LATE else last
