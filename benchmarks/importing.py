"""A bundle from bytes to committed rows: parsed, validated, decided, appended, derived."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from benchmarks import made_up
from benchmarks.measuring import in_turn, per_second
from benchmarks.peers import raw
from benchmarks.row import RATE, Row
from timeline.bundle import parse_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_GOAL = 5_000


def import_sqlite(bench: Bench) -> Iterator[Row]:
    """Import a whole bundle on SQLite."""
    yield _imported(bench, "sqlite")


def import_postgresql(bench: Bench) -> Iterator[Row]:
    """Import a whole bundle on PostgreSQL."""
    yield _imported(bench, "postgresql")


def _imported(bench: Bench, database: str) -> Row:
    items = bench.sized(5_000, 500)
    data, numbers = made_up.bundle(items), itertools.count()

    def ours() -> float:
        with bench.timeline(database) as timeline:
            return per_second(items, lambda: timeline.import_bundle(parse_bundle(data)))

    with raw(bench, database) as insert:

        def floor() -> float:
            new = [made_up.fact(next(numbers)) for _ in range(items)]
            return per_second(items, lambda: insert(new))

        rates = in_turn({"ours": ours, "floor": floor})
    work = f"bundle of {items:,} items, whole import, {database}"
    met = rates["ours"] >= _GOAL
    goal = f">= {_GOAL:,}/s"
    return Row(
        f"import-{database}", work, RATE, rates["ours"], "raw insert", rates["floor"], goal, met
    )
