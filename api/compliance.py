"""Compliance, as a Python library: findings on what is on record, and on drafts before that."""

from __future__ import annotations

from api.checking import Checking
from api.findings import Findings


class Compliance(Checking, Findings):
    """What an open store says of rules."""
