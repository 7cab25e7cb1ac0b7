"""Expectations: what was said to come, held against what came. Pure; the clocks are data."""

from timeline.expectations.chain import ChainHistory, Judged, history
from timeline.expectations.register import Recorded, Register
from timeline.expectations.relation import Relation, relation
from timeline.expectations.statements import (
    Adjudication,
    Condition,
    OutcomeEvent,
    Place,
    ProgramEnd,
    Statement,
    Target,
    Verdict,
)
from timeline.expectations.verdict import Decision, judge

__all__ = [
    "Adjudication",
    "ChainHistory",
    "Condition",
    "Decision",
    "Judged",
    "OutcomeEvent",
    "Place",
    "ProgramEnd",
    "Recorded",
    "Register",
    "Relation",
    "Statement",
    "Target",
    "Verdict",
    "history",
    "judge",
    "relation",
]
