"""What benchmarks work with: a temporary folder, made stores, a durable PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from api import Timeline
from tests.databases.throwaway_postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Bench:
    """Where one run happens; all of it is gone when the run is over."""

    quick: bool = False
    _stack: ExitStack = field(default_factory=ExitStack)
    _folder: Path | None = None
    _server: PostgresServer | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __enter__(self) -> Self:
        """Make the folder."""
        self._folder = Path(tempfile.mkdtemp(prefix="timeline-bench-"))
        self._stack.callback(shutil.rmtree, self._folder, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server and remove the folder."""
        self._stack.close()

    def sized(self, whole: int, quick: int) -> int:
        """Return how much to do."""
        return quick if self.quick else whole

    def file(self) -> Path:
        """Return the path of a new file, which is not there yet."""
        assert self._folder is not None
        return self._folder / f"{next(self._numbers)}.db"

    @property
    def server(self) -> PostgresServer:
        """The run's one server, started when first asked for, with fsync on."""
        if self._server is None:
            self._server = PostgresServer(durable=True).start()
            self._stack.callback(self._server.stop)
        return self._server

    def url(self, database: str) -> str:
        """Return the URL of a new, empty database."""
        if database == "sqlite":
            return f"sqlite:///{self.file()}"
        return self.server.url(self.server.create_database())

    @contextmanager
    def timeline(self, database: str) -> Iterator[Timeline]:
        """Open a new store as users do, its read models written inside every append."""
        with Timeline(self.url(database), recorded_by="bench", create=True) as timeline:
            yield timeline
