"""What counts at the asked clocks, and the questions a verdict asks of it.

With D the earlier of `as_of` and `known_at` these count: statements made by D; adjudications
disclosed by D; outcomes disclosed by `known_at` whose last possible day, or whose disclosure, is
not after `as_of`. Nothing else is kept, so nothing later can influence an answer.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain as joined
from itertools import islice
from typing import TYPE_CHECKING

from timeline.bitemporal import start_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from timeline.bitemporal import Clocks, Window
    from timeline.expectations.statements import (
        Adjudication,
        OutcomeEvent,
        Place,
        ProgramEnd,
        Statement,
        Target,
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that is recorded about one issuer's expectations at one `as_at`."""

    statements: Sequence[Statement] = ()
    outcomes: Sequence[OutcomeEvent] = ()
    ends: Sequence[ProgramEnd] = ()
    adjudications: Sequence[Adjudication] = ()


@dataclass(slots=True)
class Register:
    """What counts at one setting of the clocks, indexed by what it is about."""

    today: date
    chains: dict[Target, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[Target, list[OutcomeEvent]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, list[ProgramEnd]] = field(default_factory=lambda: defaultdict(list))
    decided: dict[str, Adjudication] = field(default_factory=dict)
    withdrawals: dict[str, Statement] = field(default_factory=dict)

    @classmethod
    def at(cls, recorded: Recorded, clocks: Clocks) -> Register:
        """Keep of `recorded` what counts at `clocks`."""
        register = cls(today=clocks.day)
        register._add_statements(recorded.statements)
        known_by = min(clocks.as_of, clocks.known_at)
        for decision in sorted(recorded.adjudications, key=_place):
            if decision.place.disclosed_at <= known_by:
                register.decided[decision.expectation] = decision
        for outcome in sorted(recorded.outcomes, key=_place):
            if counts(outcome, clocks):
                register.outcomes[outcome.target].append(outcome)
        for end in sorted(recorded.ends, key=_place):
            if counts(end, clocks):
                register.ends[end.program].append(end)
        return register

    def _add_statements(self, statements: Iterable[Statement]) -> None:
        for statement in sorted(statements, key=_order):
            if statement.stated_on > self.today:
                break
            self.chains[statement.target].append(statement)
            if statement.withdraws is not None:
                self.withdrawals[statement.withdraws] = statement

    @property
    def targets(self) -> list[Target]:
        """Everything a statement or an outcome speaks of."""
        return list(dict.fromkeys(joined(self.chains, self.outcomes)))

    def outcome_of(self, statement: Statement) -> OutcomeEvent | None:
        """Return the outcome of the milestone `statement` speaks of."""
        return self.outcome(statement.target, said=statement)

    def outcome(self, target: Target, *, said: Statement) -> OutcomeEvent | None:
        """Return the first outcome on `target` that is not of a round before `said`."""
        return next((o for o in self.outcomes.get(target, ()) if not _earlier_round(o, said)), None)

    def end_of(self, statement: Statement) -> ProgramEnd | None:
        """Return the first end of the statement's program that came after it was made."""
        ends = self.ends.get(statement.target.program or "", ())
        return next((e for e in ends if not _earlier_round(e, statement)), None)

    def after(self, statement: Statement, *, day: date | None = None) -> Iterator[Statement]:
        """Yield the statements of the chain made after `statement`, and after `day`, oldest first.

        A chain is in order, so where they begin is looked up and what comes before is not walked.
        """
        chain = self.chains.get(statement.target, [])
        begin = statement.order if day is None else max(statement.order, (day, sys.maxsize))
        return islice(chain, bisect_right(chain, begin, key=_order), None)

    def is_over(self, window: Window) -> bool:
        """Say whether the window's last day lies before today; the last day is still inside."""
        return window.latest is not None and window.latest < self.today


def _order(statement: Statement) -> tuple[date, int]:
    return statement.order


def _place(thing: OutcomeEvent | ProgramEnd | Adjudication) -> Place:
    return thing.place


def counts(thing: OutcomeEvent | ProgramEnd, clocks: Clocks) -> bool:
    """Say whether what came, or ended, counts at `clocks`: public, and happened or told by then."""
    disclosed_at, last = thing.place.disclosed_at, thing.occurred.latest
    happened = last is not None and start_of(last) <= clocks.as_of
    return disclosed_at <= clocks.known_at and (happened or disclosed_at <= clocks.as_of)


def _earlier_round(thing: OutcomeEvent | ProgramEnd, said: Statement) -> bool:
    """Both over and public when `said` was made: it belongs to a round before."""
    last = thing.occurred.latest
    over = last is not None and last < said.stated_on
    return over and thing.place.disclosed_at.date() <= said.stated_on
