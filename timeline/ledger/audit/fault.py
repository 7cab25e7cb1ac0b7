"""What an audit has to tell: what is wrong, where, and which check has seen it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was recorded.

    `place` names the position, or the row's key where there is none; `first` and `last` are the
    positions it lies within, where they are known.
    """

    check: str
    place: str
    told: str
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        """Tell it in one line."""
        return f"{self.place}: {self.told}"


def at(check: str, first: int, told: str, last: int | None = None) -> Fault:
    """Return a fault at a position, or within the positions `first` to `last`, both inclusive."""
    if last is None or last == first:
        return Fault(check, f"position {first}", told, first, first)
    return Fault(check, f"positions {first} to {last}", told, first, last)
