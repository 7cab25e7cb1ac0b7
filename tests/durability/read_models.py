"""The real read models and the ledger, as the crash runs need them: held to the whole log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.rebuild import rebuild_on
from projections.runner import Runner
from timeline.ledger.audit import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from timeline.recorder import Inserts, StoredRecord

__all__ = ["differences", "inline"]


def inline(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
    """Write the rows of the new events, in the transaction that stores them."""
    Runner()(inserts, records)


def differences(connection: Connection, _records: Sequence[StoredRecord]) -> list[str]:
    """Name every row that the read models have otherwise than a rebuild, or the ledger wrongly."""
    rebuilt = rebuild_on(connection)
    return [*map(str, rebuilt.differences), *map(str, audit(connection).faults)]
