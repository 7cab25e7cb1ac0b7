"""Compliance: what was said held against rules, on what was visible at the asked clocks alone."""

from projections.compliance.finding import Finding, Found, Result
from projections.compliance.rule import Rule, rule_of, rules, versions

__all__ = [
    "Finding",
    "Found",
    "Result",
    "Rule",
    "rule_of",
    "rules",
    "versions",
]
