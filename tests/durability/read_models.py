"""The real read models and the ledger, as the crash runs need them: held to the whole log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.rebuild import rebuild_on
from projections.runner import Runner
from timeline.ledger.audit import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from timeline.recorder import StoredRecord

__all__ = ["differences", "inline"]


def inline(connection: Connection, records: Sequence[StoredRecord]) -> None:
    """Write the rows of the new events, in the transaction that stores them."""
    Runner()(connection, records)


def differences(connection: Connection, records: Sequence[StoredRecord]) -> list[str]:
    """Name every row that the read models have otherwise than a rebuild, or the ledger wrongly."""
    rebuilt = rebuild_on(connection, records, head=len(records))
    return [*map(str, rebuilt.differences), *map(str, audit(connection).faults)]
