"""A connection of one's own, for work that spans several transactions and temporary tables.

It never goes back to the others: when it closes, or its process dies, what is temporary is gone.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.recorder import tracks
from timeline.recorder.engine import database_of
from timeline.recorder.failures import translated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

__all__ = ["OwnConnection", "own_connection"]


@dataclass(frozen=True, slots=True)
class OwnConnection:
    """One connection and the two kinds of transaction on it."""

    connection: Connection
    engine: Engine

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """Open a transaction that sees the store as of now; yield what read models have reached.

        Temporary tables may be made and filled; they stay. Appends go on.
        """
        with self.connection.begin():
            if self.engine.dialect.name == "postgresql":
                self.connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield tracks.reach(self.connection).reached

    @contextmanager
    def append_lock(self) -> Iterator[int]:
        """Open a transaction that holds the append lock; yield what the read models have reached.

        No follower moves them meanwhile.
        """
        database = database_of(self.engine)
        options = database.appending(self.engine).get_execution_options()
        self.connection.execution_options(**options)
        with self.connection.begin():
            database.lock(self.connection)
            tracks.locked(self.connection)
            yield tracks.reach(self.connection).reached


@contextmanager
def own_connection(engine: Engine) -> Iterator[OwnConnection]:
    """Open a connection that is nobody else's and closes at the end."""
    with translated(database_of(engine).tell), engine.connect() as connection:
        try:
            yield OwnConnection(connection, engine)
        finally:
            connection.invalidate()  # closed, not given back
