"""`python -m tests.conformance FILE_OR_FOLDER`: exit 1 when an answer is wrong."""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.conformance.run import run_files, storages
from tests.databases.throwaway_postgres import PostgresServer
from timeline.recorder import create_store, open_engine


def main(arguments: list[str]) -> int:
    """Run the files named, or every JSON file of the folders named, and sum up."""
    paths = [f for a in arguments for f in _files(Path(a)) if f.is_file()]
    if not paths:
        sys.stderr.write(f"no conformance files in {arguments}: name a file or a folder\n")
        return 2
    server = PostgresServer().start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            tally = run_files(paths, storages(_sqlite(Path(folder)), _postgres(server)))
    finally:
        server.stop()
    for failure in tally.failures:
        sys.stdout.write(f"{failure}\n")
    sys.stdout.write(f"{tally}\n")
    return 1 if tally.wrong else 0


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.json")) if path.is_dir() else [path]


def _make(url: str) -> None:
    engine = open_engine(url)
    try:
        create_store(engine)
    finally:
        engine.dispose()


def _sqlite(folder: Path):  # type: ignore[no-untyped-def]
    template, numbers = folder / "template.db", count(1)
    _make(f"sqlite:///{template}")

    def fresh() -> str:
        copy = folder / f"{next(numbers)}.db"
        shutil.copyfile(template, copy)
        return f"sqlite:///{copy}"

    return fresh


def _postgres(server: PostgresServer):  # type: ignore[no-untyped-def]
    template = server.create_database()
    _make(server.url(template))
    return lambda: server.url(server.create_database(template))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
