"""HTTP: an as-of question beside a bare FastAPI route, each in one process on one core."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks import made_up
from benchmarks.measuring import in_turn, per_second
from benchmarks.row import RATE, Row, at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_GOAL = 0.5
_KEYS, _PROGRAMS = 1_000, 20
_AT_ONCE = 8


def serve(bench: Bench) -> Iterator[Row]:
    """One program's status at random clocks, with uvloop and httptools and no access log."""
    count = bench.sized(1_000, 50)
    chance = random.Random(made_up.SEED)
    with bench.timeline("sqlite") as timeline:
        made_up.History(bench.sized(10_000, 1_000), _KEYS, _PROGRAMS).load(timeline.recorder)
        head = timeline.recorder.head()
        url = str(timeline.recorder.engine.url)
        timeline.close()
        with served(url) as (ours, _), served("bare") as (bare, _):
            rates = _compare(ours, bare, [random_path(chance, head) for _ in range(count)])
    met = at_least(_GOAL, rates["ours"], rates["bare"])
    yield Row(
        "http", "HTTP as-of question, SQLite", RATE, rates["ours"],
        "bare FastAPI route", rates["bare"], f">= {_GOAL}x", met,
    )  # fmt: skip


def random_path(chance: random.Random, head: int) -> str:
    """Return a question about one program at clocks of chance."""
    as_of, known_at = (made_up.day(chance.randrange(made_up.DAYS)) for _ in range(2))
    position = quote(f"position:{chance.randrange(_PROGRAMS + 1, head + 1)}", safe="")
    program = f"s{chance.randrange(_PROGRAMS)}"
    path = f"/v1/issuers/{made_up.ISSUER}/programs/{program}"
    return f"{path}?as_of={as_of}&known_at={known_at}&as_at={position}"


def _compare(ours: int, bare: int, paths: list[str]) -> dict[str, float]:
    with ExitStack() as stack:
        us, them = ([_connect(stack, port) for _ in range(_AT_ONCE)] for port in (ours, bare))
        count = len(paths)
        return in_turn(
            {
                "ours": lambda: per_second(count, lambda: _ask(us, paths)),
                "bare": lambda: per_second(count, lambda: _ask(them, paths)),
            }
        )


def _connect(stack: ExitStack, port: int) -> HTTPConnection:
    return stack.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=30)))


def _ask(connections: list[HTTPConnection], paths: list[str]) -> None:
    """Ask on all connections before reading from any, so that the server never waits for us."""
    for start in range(0, len(paths), len(connections)):
        asked = list(zip(connections, paths[start:], strict=False))
        for connection, path in asked:
            connection.request("GET", path)
        for connection, path in asked:
            _require_answer(connection, path)


def _require_answer(connection: HTTPConnection, path: str) -> None:
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{path}: {answer.status} {body!r}")


@contextmanager
def served(what: str) -> Iterator[tuple[int, int]]:
    """Serve a store, or `bare`, in a process of its own; give its port and the process."""
    argv = [sys.executable, "-m", "benchmarks.served", what]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline()), process.pid
        finally:
            process.terminate()
