"""The memory of a served process: whether it stays as it is while it answers."""

from __future__ import annotations

import random
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from benchmarks import made_up
from benchmarks.row import MEMORY, Row
from benchmarks.serving import random_path, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_MINUTES, _WARM = 10, 0.1
_GROWTH = 1.05
_KEYS, _PROGRAMS = 1_000, 20
_OTHERS = ("milestones", "statements", "documents", "governance")


def memory(bench: Bench) -> Iterator[Row]:
    """Ask one served process for ten minutes; what it holds then, and held after the first."""
    seconds = bench.sized(_MINUTES * 60, 3)
    with bench.timeline("sqlite") as timeline:
        made_up.History(bench.sized(10_000, 1_000), _KEYS, _PROGRAMS).load(timeline.recorder)
        head = timeline.recorder.head()
        url = str(timeline.recorder.engine.url)
    with served(url) as (port, process):
        resident = psutil.Process(process).memory_info
        _ask(port, head, seconds * _WARM)
        first = resident().rss / 1e6
        _ask(port, head, seconds * (1 - _WARM))
        last = resident().rss / 1e6
    work = f"memory of a server after {seconds / 60:g} minutes of questions"
    goal = f"<= {_GROWTH}x of after the first tenth"
    yield Row("memory", work, MEMORY, last, "after the first tenth", first, goal,
              last <= _GROWTH * first)  # fmt: skip


def _ask(port: int, head: int, seconds: float) -> None:
    """Ask for single programs at random clocks, and now and then for a whole list."""
    chance = random.Random(made_up.SEED)
    until = time.monotonic() + seconds
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        while time.monotonic() < until:
            for path in (*(random_path(chance, head) for _ in range(20)), _list(chance)):
                connection.request("GET", path)
                connection.getresponse().read()


def _list(chance: random.Random) -> str:
    day = made_up.day(chance.randrange(made_up.DAYS))
    return f"/v1/issuers/{made_up.ISSUER}/{chance.choice(_OTHERS)}?as_of={day}"
