"""What the recorder needs of a database, and where SQLite and PostgreSQL differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection, Engine

    from timeline.errors import StoreError
    from timeline.recorder.inserts import Inserts
    from timeline.recorder.records import KeptAnswer, LogEnd

__all__ = ["Database", "Wakeup"]


class Wakeup(Protocol):
    """Waits for news of appends. It may wake for nothing, and must wake when the time is over."""

    def wait(self, seconds: float) -> None:
        """Return once something may have been appended, or after `seconds`."""
        ...


class Database(Protocol):
    """One of the databases a store can live in."""

    def appending(self, engine: Engine) -> Engine:
        """Return `engine` such that its transactions can take the append lock."""
        ...

    def reading(self, engine: Engine) -> Engine:
        """Return `engine` such that its transactions read one consistent snapshot."""
        ...

    def asking(self, engine: Engine) -> Engine:
        """Return `engine` such that single statements cost no more round trips than they must."""
        ...

    def lock(self, connection: Connection) -> None:
        """Hold the append lock until the transaction ends."""
        ...

    def lock_questions(self, connection: Connection) -> None:
        """Hold the lock of the question log until the transaction ends."""
        ...

    def lock_and_look(
        self, connection: Connection, key: str | None
    ) -> tuple[LogEnd, KeptAnswer | None]:
        """Lock, and return where the log ends and what was answered to an idempotency key."""
        ...

    def inserting(self, connection: Connection) -> AbstractContextManager[Inserts]:
        """Open the way by which the transaction's rows reach their tables."""
        ...

    def delete_for_good(
        self, connection: Connection, table: Table, which: ColumnElement[bool]
    ) -> None:
        """Delete rows so that `wipe`, after the commit, leaves nothing of them in the files."""
        ...

    def wipe(self, engine: Engine, table: Table) -> bool:
        """Remove deleted rows of `table` from the database's files; False where it could not."""
        ...

    def is_taken(self, error: BaseException) -> bool:
        """Tell whether the driver's error means that an event's key is taken in the log."""
        ...

    def tell(self, error: BaseException) -> StoreError | None:
        """Say what the driver's error means for the store; None for errors of other kinds."""
        ...

    def wakeup(self, engine: Engine) -> AbstractContextManager[Wakeup]:
        """Open the means by which a subscriber learns of appends."""
        ...
