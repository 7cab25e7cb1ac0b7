"""The fact of the benchmarks as eventsourcing has it: an aggregate with one event.

Imported where it is measured and nowhere else: `eventsourcing.domain` patches the standard
library's dataclasses for the whole process.
"""

from __future__ import annotations

from typing import Any

from eventsourcing.domain import Aggregate, event


class StatedFact(Aggregate):
    """A fact on its clocks, said as our item says it; saving it stores its one event."""

    @event("Stated")
    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    @event("StatedAnew")
    def state(self, told: dict[str, Any]) -> None:
        """State the fact anew: one more event, and one more version."""
        self.told = told


def stated(item: dict[str, Any]) -> StatedFact:
    """Return the aggregate of an item of `made_up.fact_item`, with its event not saved yet."""
    return StatedFact(item)
