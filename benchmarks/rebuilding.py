"""Rebuilding the read models, beside decoding the log and doing nothing with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import made_up
from benchmarks.measuring import in_turn, per_second
from benchmarks.row import RATE, Row, at_least
from timeline.events import from_payload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_RATE, _OF_DECODE = 50_000, 0.5
_ROUNDS = 2


def rebuild(bench: Bench) -> Iterator[Row]:
    """All events applied, compared with the live rows and swapped, in one process."""
    with bench.timeline("sqlite") as timeline:
        made_up.History(bench.sized(100_000, 2_000), bench.sized(10_000, 200)).load(
            timeline.recorder
        )
        head = timeline.recorder.head()

        def decode() -> None:
            for record in timeline.recorder.records():
                from_payload(record.topic, record.payload)

        sides = {
            "ours": lambda: per_second(head, timeline.rebuild),
            "decode": lambda: per_second(head, decode),
        }
        rates = in_turn(sides, bench.sized(_ROUNDS, 1))
    ours, decoded = rates["ours"], rates["decode"]
    met = ours >= _RATE and at_least(_OF_DECODE, ours, decoded)
    goal = f">= {_RATE:,}/s and {_OF_DECODE}x"
    yield Row(
        "rebuild", f"rebuild of {head:,} events", RATE, ours, "decoding the log", decoded, goal, met
    )
