"""One row of the table: what was measured, beside what, and whether the goal is met."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

RATE, LATENCY, MEMORY, SECONDS = "per second", "ms", "MB", "s"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `ratio` is ours to theirs; `met` is None where there is no goal."""

    benchmark: str
    work: str
    unit: str
    ours: float
    against: str = ""
    theirs: float | None = None
    goal: str = ""
    met: bool | None = None

    @property
    def ratio(self) -> float | None:
        """How many times theirs ours is."""
        return self.ours / self.theirs if self.theirs else None

    def told(self) -> dict[str, Any]:
        """Return the row as JSON has it."""
        return {**asdict(self), "ratio": self.ratio}


def at_least(ratio: float, ours: float, theirs: float) -> bool:
    """Say whether ours is at least `ratio` times theirs."""
    return ours >= ratio * theirs
