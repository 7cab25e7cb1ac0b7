"""The audit: everything recorded is hashed anew and held against the ledger and what was signed."""

from __future__ import annotations

from timeline.ledger.audit.fault import Fault
from timeline.ledger.audit.file import audited_file
from timeline.ledger.audit.whole import Audited, audit

__all__ = ["Audited", "Fault", "audit", "audited_file"]
