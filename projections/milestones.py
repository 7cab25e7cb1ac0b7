"""Milestones: expected against actual, computed for the clocks asked and never stored.

This file holds no table. It brings together what `statements`, `outcomes` and `adjudications` keep,
and lets the domain judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.adjudications import adjudications_made
from projections.outcomes import outcomes_known
from projections.statements import statements_made
from projections.windows import window_answer
from timeline.expectations import Recorded, Register, history

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
    from timeline.expectations import ChainHistory, Condition, Judged, OutcomeEvent, Target


def recorded_at(
    connection: Connection, issuer: str, *, clocks: Clocks, program: str | None = None
) -> Recorded:
    """Return what is recorded of the issuer's expectations and may count at `clocks`, or before."""
    outcomes, ends = outcomes_known(connection, issuer, clocks=clocks)
    return Recorded(
        statements=statements_made(connection, issuer, clocks=clocks, program=program),
        outcomes=outcomes,
        ends=ends,
        adjudications=adjudications_made(connection, issuer, clocks=clocks),
    )


def chains_at(
    connection: Connection, issuer: str, *, clocks: Clocks, program: str | None = None
) -> list[ChainHistory]:
    """Return the history of every chain of the issuer, or of one of its programs."""
    recorded = recorded_at(connection, issuer, clocks=clocks, program=program)
    return histories(recorded, clocks, program=program)


def histories(
    recorded: Recorded, clocks: Clocks, *, program: str | None = None
) -> list[ChainHistory]:
    """Return the history of every chain as it looks at `clocks`, by program and milestone."""
    register = Register.at(recorded, clocks)
    wanted = (t for t in register.targets if program is None or t.program == program)
    ordered = sorted(wanted, key=lambda t: tuple(part or "" for part in t))
    return [history(target, register) for target in ordered]


def milestones_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    program: str | None = None,
    explain: bool = False,
) -> list[dict[str, Any]]:
    """Return one row per milestone: what stands, what was said before, what came of it."""
    chains = chains_at(connection, issuer, clocks=clocks, program=program)
    return [_milestone(chain, clocks.as_at, explain=explain) for chain in chains]


def statements_at(
    connection: Connection, issuer: str, *, clocks: Clocks, program: str | None = None
) -> list[dict[str, Any]]:
    """Return the register of statements with their verdicts, in the order they were made."""
    chains = chains_at(connection, issuer, clocks=clocks, program=program)
    judged = sorted((j for c in chains for j in c.statements), key=lambda j: j.statement.order)
    return [statement_told(one) | {"position": clocks.as_at} for one in judged]


def _milestone(chain: ChainHistory, position: int, *, explain: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        **target_told(chain.target),
        "standing": chain.standing and _standing(chain.standing),
        "first_window": _first_window(chain),
        "revisions": chain.revisions,
        "statements": [_told(judged, explain=explain) for judged in chain.statements],
        "actual": actual_told(chain.outcome),
        "outcome": outcome_told(chain.outcome),
        "verdict": chain.decision and chain.decision.verdict.value,
        "position": position,
    }
    if explain:
        row["because"], row["overridden"] = _because(chain), _overridden(chain)
    return row


def target_told(target: Target) -> dict[str, Any]:
    """Return what a chain is about, as answers tell it."""
    program, milestone, qualifier = target
    return {"program": program, "milestone": milestone, "qualifier": qualifier}


def _first_window(chain: ChainHistory) -> dict[str, Any] | None:
    if not chain.statements:
        return None
    first = chain.statements[0].statement
    return window_answer(first.window, first.words)


def _standing(judged: Judged) -> dict[str, Any]:
    statement = judged.statement
    return {
        "expectation": statement.id,
        "window": window_answer(statement.window, statement.words),
        "said_by": statement.said_by,
        "stated_on": statement.stated.edtf,
    }


def _told(judged: Judged, *, explain: bool) -> dict[str, Any]:
    statement = judged.statement
    told: dict[str, Any] = {
        "expectation": statement.id,
        "stated_on": statement.stated.edtf,
        "window": window_answer(statement.window, statement.words),
        "relation": judged.relation and judged.relation.value,
        "verdict": judged.decision.verdict.value,
        "slip_days": judged.slip_days and list(judged.slip_days),
    }
    if explain:
        told |= {"because": list(judged.decision.because), "overridden": list(judged.overridden)}
    return told


def statement_told(judged: Judged) -> dict[str, Any]:
    """Return one statement with its verdict, as answers tell it."""
    statement = judged.statement
    return {
        "expectation": statement.id,
        "program": statement.target.program,
        "milestone": statement.target.milestone,
        "qualifier": statement.target.qualifier,
        "document": statement.document,
        "said_by": statement.said_by,
        "stated_on": statement.stated.edtf,
        "window": window_answer(statement.window, statement.words),
        "words": statement.words,
        "condition": condition_answer(statement.condition),
        "relation": judged.relation and judged.relation.value,
        "verdict": judged.decision.verdict.value,
        "slip_days": judged.slip_days and list(judged.slip_days),
        "actual": actual_told(judged.outcome),
        "because": list(judged.decision.because),
        "overridden": list(judged.overridden),
    }


def actual_told(outcome: OutcomeEvent | None) -> dict[str, Any] | None:
    """Return when a milestone was reached, as answers tell it; None while it was not."""
    if outcome is None or not outcome.reached:
        return None
    when = outcome.occurred
    return {
        "earliest": when.earliest and when.earliest.isoformat(),
        "latest": when.latest and when.latest.isoformat(),
        "event": outcome.id,
        "result": outcome.result,
    }


def outcome_told(outcome: OutcomeEvent | None) -> str | None:
    """Return whether a milestone was reached or failed; None while neither is known."""
    if outcome is None:
        return None
    return "reached" if outcome.reached else "failed"


def condition_answer(condition: Condition | None) -> dict[str, Any] | None:
    """Return a condition as answers tell it; words only, where no milestone is named."""
    if condition is None:
        return None
    told: dict[str, Any] = {"text": condition.text}
    if condition.target is not None:
        program, milestone, qualifier = condition.target
        told |= {"milestone": milestone, "program": program, "qualifier": qualifier}
        told["requires"] = "positive" if condition.requires_positive else "reached"
    return told


def _because(chain: ChainHistory) -> list[str]:
    named = list(chain.decision.because) if chain.decision else []
    standing = [chain.standing.statement.id] if chain.standing else []
    outcome = [chain.outcome.id] if chain.outcome else []
    return list(dict.fromkeys([*named, *standing, *outcome]))


def _overridden(chain: ChainHistory) -> list[str]:
    because = set(_because(chain))
    earlier = (j.statement.id for j in chain.statements)
    return [i for i in earlier if i not in because]
