"""The milestone history of one program: twenty chains, two hundred statements."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import made_up
from benchmarks.made_up import day, item_as_stored
from benchmarks.measuring import durations, p99
from benchmarks.row import LATENCY, Row
from timeline.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventsourcing.persistence import StoredEvent

    from benchmarks.bench import Bench

_CHAINS, _EACH, _GOAL = 20, 10, 10.0
_PROGRAM = "alpha"


def history(bench: Bench) -> Iterator[Row]:
    """Ask for expected against actual of one program, at random days."""
    count = bench.sized(300, 20)
    chance = random.Random(made_up.SEED)
    days = [day(chance.randrange(made_up.DAYS)) for _ in range(count)]
    with bench.timeline("sqlite") as timeline:
        timeline.recorder.append(list(_records()))
        ask = partial(timeline.milestones, made_up.ISSUER, _PROGRAM)
        taken = p99(durations(partial(ask, as_of=one) for one in days))
    work = f"milestone history, {_CHAINS} chains, {_CHAINS * _EACH} statements, SQLite, p99"
    goal = f"p99 < {_GOAL:.0f} ms"
    yield Row("history", work, LATENCY, taken, goal=goal, met=taken < _GOAL)


def _records() -> Iterator[StoredEvent]:
    """Yield chains that slip statement by statement; every second one is reached in the end."""
    yield made_up.issuer()
    yield item_as_stored(Kind.PROGRAM, {"id": _PROGRAM, "name": "Alpha"})
    for chain in range(_CHAINS):
        for number in range(_EACH):
            yield item_as_stored(Kind.EXPECTATION, _statement(chain, number))
        if chain % 2:
            yield item_as_stored(Kind.EVENT, _reached(chain))


def _statement(chain: int, number: int) -> dict[str, object]:
    stated = chain * 50 + number * 500
    return {
        "id": f"x{chain}-{number}",
        "program": _PROGRAM,
        "milestone": f"milestone.{chain}",
        "window": f"{day(stated + 300)}/{day(stated + 400)}",
        "stated_on": day(stated),
    }


def _reached(chain: int) -> dict[str, object]:
    reached = day(chain * 50 + _EACH * 500)
    return {
        "id": f"r{chain}",
        "type": "milestone.reached",
        "program": _PROGRAM,
        "milestone": f"milestone.{chain}",
        "occurred": reached,
        "disclosed": reached,
    }
