"""A chain told in full: every statement with its verdict, what stands, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.expectations.relation import Relation, relation
from timeline.expectations.verdict import Decision, judge, slip_of, stands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.expectations.register import Register
    from timeline.expectations.statements import OutcomeEvent, Statement, Target


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement of a chain as it looks at the asked clocks.

    `overridden` names the outcome that did not decide, because an adjudication, a withdrawal or a
    later statement came before it in the rules.
    """

    statement: Statement
    relation: Relation | None
    decision: Decision
    outcome: OutcomeEvent | None
    overridden: tuple[str, ...] = ()

    @property
    def actual(self) -> OutcomeEvent | None:
        """The outcome, if the milestone was reached; a failed milestone has no actual day."""
        return self.outcome if self.outcome is not None and self.outcome.reached else None

    @property
    def slip_days(self) -> tuple[int, int] | None:
        """Days from the window's last day to the actual: [first, last] possible."""
        return slip_of(self.statement, self.outcome)


@dataclass(frozen=True, slots=True)
class ChainHistory:
    """Expected against actual for one milestone, at the asked clocks."""

    target: Target
    statements: tuple[Judged, ...]
    standing: Judged | None
    outcome: OutcomeEvent | None

    @property
    def revisions(self) -> int:
        """How often what was said changed: every relation but `reaffirmed`."""
        told = (j.relation for j in self.statements)
        return sum(r not in (None, Relation.REAFFIRMED) for r in told)

    @property
    def decision(self) -> Decision | None:
        """The verdict of the standing statement, else of the last one."""
        judged = self.standing or (self.statements[-1] if self.statements else None)
        return judged.decision if judged else None


def history(target: Target, register: Register) -> ChainHistory:
    """Return the history of one chain."""
    judged = tuple(_judged(register, target))
    if not judged:
        first = next(iter(register.outcomes.get(target, ())), None)
        return ChainHistory(target, (), None, first)
    newest = judged[-1]
    standing = newest if stands(newest.statement, register) else None
    return ChainHistory(target, judged, standing, newest.outcome)


def _judged(register: Register, target: Target) -> Iterator[Judged]:
    previous: Statement | None = None
    for statement in register.chains.get(target, ()):
        told = None if previous is None else _relation(statement, previous)
        decision, outcome = judge(statement, register), register.outcome_of(statement)
        yield Judged(statement, told, decision, outcome, _set_aside(decision, outcome))
        previous = statement


def _relation(statement: Statement, previous: Statement) -> Relation:
    return relation(statement.window, previous.window, stated_on=statement.stated_on)


def _set_aside(decision: Decision, outcome: OutcomeEvent | None) -> tuple[str, ...]:
    return (outcome.id,) if outcome is not None and outcome.id not in decision.because else ()
