"""The long sweep: python -m tests.tampering --attacks 2000."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.databases.throwaway_postgres import PostgresServer
from tests.tampering.packages import package, sweep_package
from tests.tampering.sweep import Swept, sweep
from tests.tampering.victim import victim
from timeline.recorder import create_store, open_engine


def main() -> int:
    """Attack both databases and an audit package; 1 if anything was not found in its place."""
    parser = argparse.ArgumentParser(description="Tamper with a store, and see it found.")
    parser.add_argument("--attacks", type=int, default=2000, help="on each database")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    swept = {}
    with tempfile.TemporaryDirectory(prefix="timeline-tamper-") as folder:
        swept["sqlite"] = _swept(f"sqlite:///{folder}/t.db", folder, asked)
        whole = package(Path(folder) / "package")
        swept["package"] = sweep_package(whole, asked.attacks, asked.seed)
    server = PostgresServer().start()
    try:
        with tempfile.TemporaryDirectory(prefix="timeline-tamper-") as folder:
            swept["postgresql"] = _swept(server.url(server.create_database()), folder, asked)
    finally:
        server.stop()
    for name, one in swept.items():
        sys.stdout.write(f"{name}: {one}\n")
    return int(any(one.unseen or one.misplaced for one in swept.values()))


def _swept(url: str, folder: str, asked: argparse.Namespace) -> Swept:
    engine = open_engine(url)
    create_store(engine)
    one = victim(engine, Path(folder))
    swept = sweep(one, asked.attacks, asked.seed)
    one.engine.dispose()
    engine.dispose()
    return swept


if __name__ == "__main__":
    sys.exit(main())
