"""Kill writers at random moments and look at what is left.

    python -m tests.durability.crash --kills 1000 --database both

A writer sleeps for random times inside its transactions and between the end of an append and its
acknowledgement, so that kills fall before the commit as well as right after it.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.databases.throwaway_postgres import PostgresServer
from tests.durability.audit import batches, faults
from tests.durability.writer import Acknowledged, Hooks, Job, acknowledged, load, start
from timeline.recorder import SqlRecorder, SystemClock, create_store, open_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.engine import Engine

    from timeline.recorder import StoredRecord

__all__ = ["Report", "crash"]

_PAUSE = 0.006
_LONGEST_LIFE = 0.06
_KILLS_OF_A_STORE = 50


@dataclass(slots=True)
class Report:
    """What a run of kills came to. An idle kill fell between an acknowledgement and a batch."""

    kills: int = 0
    before_commit: int = 0
    after_commit: int = 0
    idle: int = 0
    events: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = (
            f"{self.kills} kills in {self.seconds:.0f} s: {self.before_commit} before commit, "
            f"{self.after_commit} after commit and before acknowledgement, {self.idle} idle; "
            f"{self.events} events, {len(self.faults)} faults"
        )
        return "\n  ".join([said, *self.faults])


def crash(
    new_store: Callable[[], str], kills: int, folder: Path, hooks: Hooks | None = None
) -> Report:
    """Kill `kills` writers one after the other and check the whole store after each.

    A store is left for a new one, from `new_store`, after 50 kills: what is checked stays small.
    """
    report, started = Report(), time.monotonic()
    while report.kills < kills:
        killed = min(_KILLS_OF_A_STORE, kills - report.kills)
        _crash_one(report, new_store(), killed, folder, hooks or Hooks())
    report.seconds = time.monotonic() - started
    return report


def _crash_one(report: Report, url: str, kills: int, folder: Path, hooks: Hooks) -> None:
    engine, before = open_engine(url, lock_timeout=60), report.events
    promised: dict[str, Sequence[Acknowledged]] = {}
    for number in range(report.kills + 1, report.kills + kills + 1):
        job = Job(url, f"writer-{number}", folder / f"{number}.txt", pause=_PAUSE, hooks=hooks)
        _kill(job, random.Random(number))
        promised[job.name], begun = acknowledged(job.path)
        records = _judge(report, engine, promised, hooks)
        report.events = before + len(records)
        stored = begun is not None and (job.name, begun.batch) in batches(records)
        _count(report, begun=begun is not None, stored=stored)
    engine.dispose()


def _kill(job: Job, chance: random.Random) -> None:
    """Let a writer live until shortly after its first acknowledgement, then SIGKILL it."""
    process = start(job)
    try:
        while process.is_alive() and not acknowledged(job.path)[0]:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, _LONGEST_LIFE))
        if process.exitcode is not None:
            raise RuntimeError(f"{job.name} ended by itself with {process.exitcode}")
    finally:
        process.kill()
        process.join()
        process.close()


def _judge(
    report: Report, engine: Engine, promised: Mapping[str, Sequence[Acknowledged]], hooks: Hooks
) -> list[StoredRecord]:
    """Note what is wrong with the store after one more kill, and return what it holds."""
    recorder = SqlRecorder(engine, SystemClock())
    # A server may still be at a commit that its client asked for before it was killed. Whoever
    # gets the append lock knows that it is done.
    with recorder.begin_append() as connection:
        records = list(recorder.records())
        found = load(hooks.differences)(connection, records)
    report.kills += 1
    report.faults += [
        f"after kill {report.kills}: {fault}" for fault in [*found, *faults(records, promised)]
    ]
    return records


def _count(report: Report, *, begun: bool, stored: bool) -> None:
    if not begun:
        report.idle += 1
    elif stored:
        report.after_commit += 1
    else:
        report.before_commit += 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description="Kill writers at random and check what is left.")
    parser.add_argument("--kills", type=int, default=50, help="kills for each database")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--inline", default=Hooks().inline, help="module:function of the hook")
    parser.add_argument("--differences", default=Hooks().differences, help="module:function")
    asked = parser.parse_args(argv)
    hooks = Hooks(asked.inline, asked.differences)
    failed = False
    for database in ("sqlite", "postgresql"):
        if asked.database in (database, "both"):
            report = _run(database, asked.kills, hooks)
            sys.stdout.write(f"{database}: {report}\n")
            failed = failed or bool(report.faults)
    return int(failed)


def _run(database: str, kills: int, hooks: Hooks) -> Report:
    with tempfile.TemporaryDirectory(prefix="timeline-crash-") as folder:
        if database == "sqlite":
            numbers = itertools.count(1)
            return crash(
                lambda: _made(f"sqlite:///{folder}/{next(numbers)}.db"), kills, Path(folder), hooks
            )
        server = PostgresServer().start()
        try:
            return crash(
                lambda: _made(server.url(server.create_database())), kills, Path(folder), hooks
            )
        finally:
            server.stop()


def _made(url: str) -> str:
    engine = open_engine(url)
    create_store(engine)
    engine.dispose()
    return url


if __name__ == "__main__":
    sys.exit(main())
