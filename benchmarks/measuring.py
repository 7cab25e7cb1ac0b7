"""How is measured: sides take turns, a first round is thrown away, medians are told."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Side = Callable[[], float]

ROUNDS = 5


def per_second(count: int, work: Callable[[], object]) -> float:
    """Return how many a second `work` does, given that it does `count`."""
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def in_turn(sides: Mapping[str, Side], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median rate of each side; they take turns, so that all meet the same weather.

    The first round warms up and does not count.
    """
    seen: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            rate = side()
            if number:
                seen[name].append(rate)
    return {name: median(rates) for name, rates in seen.items()}


def durations(works: Iterable[Callable[[], object]]) -> list[float]:
    """Return how long each of `works` takes, in milliseconds."""
    taken = []
    for work in works:
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def p99(samples: list[float]) -> float:
    """Return the value that 99 of 100 samples do not exceed."""
    return sorted(samples)[max(0, -(-len(samples) * 99 // 100) - 1)]
