"""Governance: board, directors, officers, committees, meetings, requisitions, ownership.

This file holds no table: each of them is a subject about which facts hold, named and filled by what
the packs say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.subjects import subjects_at

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.subjects import HeldSubject
    from timeline.bitemporal import Clocks
    from timeline.packs import Vocabulary


def governance_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    explain: bool = False,
    packs: Vocabulary | None = None,
) -> list[dict[str, Any]]:
    """Return the board and everything else of which something holds, in the packs' order."""
    found = subjects_at(connection, issuer, "governance", clocks=clocks, packs=packs)
    return [_row(one, clocks.as_at) | (one.why() if explain else {}) for one in found]


def _row(subject: HeldSubject, position: int) -> dict[str, Any]:
    known = subject.values
    return {
        "subject": subject.name,
        "type": subject.kind.id,
        "name": next(iter(subject.names), None),
        "status": known.pop("status", None),
        "facts": known,
        "since": subject.since,
        "position": position,
    }
