"""Kill competing followers at random moments and count how often each event was applied.

    python -m tests.durability.following --kills 1000 --database both

A writer appends all the while. Whoever is killed is started again at once; in the end everything
is applied, and the counter of each event and the read models are looked at.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from projections.followed import FOLLOWED, INLINE, keep_as
from projections.runner import Runner
from tests.databases.throwaway_postgres import PostgresServer
from tests.durability import writer
from tests.durability.follower import (
    BETWEEN,
    EXACTLY_ONCE,
    NAIVE,
    PATIENTLY,
    WITHIN,
    Follower,
    counted,
    counts,
    make_counter,
    start,
)
from tests.durability.read_models import differences
from timeline.recorder import SqlRecorder, SystemClock, create_store, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.context import ForkServerProcess

__all__ = ["Report", "follow_and_kill", "switch_to_and_fro"]

_BEFORE = 500
_LONGEST_LIFE = 0.25
_PATIENCE = 120
_KILLS_OF_A_STORE = 100


@dataclass(slots=True)
class Report:
    """What a run of kills came to: `within` fell into a page's transaction."""

    kills: int = 0
    within: int = 0
    events: int = 0
    seconds: float = 0.0
    lacking: list[int] = field(default_factory=list)
    repeated: dict[int, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether every event was applied once, and the read models equal a rebuild."""
        return not (self.lacking or self.repeated or self.differences)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills of followers in {self.seconds:.0f} s, {self.within} in a page; "
            f"{self.events} events, {len(self.lacking)} not applied, {len(self.repeated)} applied "
            f"more than once, {len(self.differences)} rows otherwise than in a rebuild"
        )


def follow_and_kill(
    url: str, folder: Path, kills: int, *, followers: int = 2, work: str = EXACTLY_ONCE
) -> Report:
    """Kill one of so many `followers` after the other, and see what has become of each event."""
    report, started = Report(), time.monotonic()
    recorder = SqlRecorder(open_engine(url, lock_timeout=60), SystemClock())
    keep_as(recorder, Runner(refuses=False), FOLLOWED)
    with recorder.begin_append() as connection:
        make_counter(connection)
    writer.write(writer.Job(url, "before", folder / "before", events=_BEFORE))
    jobs = [Follower(url, folder / f"follower-{n}", work) for n in range(followers)]
    with ExitStack() as stack:
        crowd = _Crowd(jobs, [start(job) for job in jobs])
        stack.callback(crowd.end)
        with _writing(url, folder):
            for _ in range(kills):
                report.within += crowd.kill_one()
                report.kills += 1
        _await_head(recorder)
    _judge(report, recorder)
    recorder.engine.dispose()
    report.seconds = time.monotonic() - started
    return report


def switch_to_and_fro(url: str, folder: Path, switches: int) -> Report:
    """Have the read models followed and inline in turn, beside a writer and two followers."""
    report, started = Report(), time.monotonic()
    recorder = SqlRecorder(open_engine(url, lock_timeout=60), SystemClock())
    with recorder.begin_append() as connection:
        make_counter(connection)
    jobs = [Follower(url, folder / f"follower-{n}", PATIENTLY) for n in range(2)]
    with ExitStack() as stack:
        crowd = _Crowd(jobs, [start(job) for job in jobs])
        stack.callback(crowd.end)
        with _writing(url, folder):
            for number in range(switches):
                keep_as(recorder, counted, (FOLLOWED, INLINE)[number % 2])
                time.sleep(crowd.chance.uniform(0, _LONGEST_LIFE))
        keep_as(recorder, counted, INLINE)
    _judge(report, recorder)
    recorder.engine.dispose()
    report.seconds = time.monotonic() - started
    return report


@dataclass(slots=True)
class _Crowd:
    """The followers at work."""

    jobs: list[Follower]
    processes: list[ForkServerProcess]
    chance: random.Random = field(default_factory=lambda: random.Random(20))

    def kill_one(self) -> bool:
        """SIGKILL one at a random moment, start it anew; tell whether it was within a page."""
        chosen = self.chance.randrange(len(self.jobs))
        job, process = self.jobs[chosen], self.processes[chosen]
        self._choose_moment(job)
        if process.exitcode is not None:
            raise RuntimeError(f"a follower ended by itself with {process.exitcode}")
        process.kill()
        process.join()
        within = _where(job) == WITHIN
        process.close()
        self.processes[chosen] = start(job)
        return within

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.join()
            process.close()

    def _choose_moment(self, job: Follower) -> None:
        """Wait: for the very moment, if it is known, at which killing does harm."""
        if job.work != NAIVE:
            time.sleep(self.chance.uniform(0, _LONGEST_LIFE))
            return
        deadline = time.monotonic() + _PATIENCE
        while _where(job) != BETWEEN and time.monotonic() < deadline:
            time.sleep(0.001)


def _where(job: Follower) -> str:
    return job.noted.read_text().strip()


@contextmanager
def _writing(url: str, folder: Path) -> Iterator[None]:
    hooks = writer.Hooks("tests.durability.follower:counted")
    job = writer.Job(url, "meanwhile", folder / "meanwhile", pause=0.006, hooks=hooks)
    process = writer.start(job)
    try:
        yield
    finally:
        process.kill()
        process.join()
        process.close()


def _await_head(recorder: SqlRecorder) -> None:
    deadline = time.monotonic() + _PATIENCE
    with recorder.begin_append():
        pass  # a server may still be at a commit of the killed writer
    while (reach := recorder.reach()).reached < reach.head:
        if time.monotonic() > deadline:
            raise RuntimeError(f"the followers do not reach the head: {reach}")
        time.sleep(0.02)


def _judge(report: Report, recorder: SqlRecorder) -> None:
    with recorder.begin_append() as connection:
        applied, head = counts(connection), recorder.head()
        report.differences = differences(connection, [])
    report.events = head
    report.lacking = [position for position in range(1, head + 1) if position not in applied]
    report.repeated = {position: times for position, times in applied.items() if times != 1}


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 if anything was left out, applied twice, or differs."""
    parser = argparse.ArgumentParser(description="Kill followers and count what they applied.")
    parser.add_argument("--kills", type=int, default=20, help="kills for each database")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked = parser.parse_args(argv)
    clean = True
    for database in ("sqlite", "postgresql"):
        if asked.database in (database, "both"):
            for report in _runs(database, asked.kills):
                sys.stdout.write(f"{database}: {report}\n")
                clean = clean and report.clean
    return int(not clean)


def _runs(database: str, kills: int) -> Iterator[Report]:
    """Take a new store after so many kills: what is checked stays small."""
    with tempfile.TemporaryDirectory(prefix="timeline-follow-") as folder, ExitStack() as stack:
        server = PostgresServer().start() if database == "postgresql" else None
        if server is not None:
            stack.callback(server.stop)
        for number, done in enumerate(range(0, kills, _KILLS_OF_A_STORE)):
            place = Path(folder) / str(number)
            place.mkdir()
            url = f"sqlite:///{place}/timeline.db"
            if server is not None:
                url = server.url(server.create_database())
            engine = open_engine(url)
            create_store(engine)
            engine.dispose()
            yield follow_and_kill(url, place, min(_KILLS_OF_A_STORE, kills - done))


if __name__ == "__main__":
    sys.exit(main())
