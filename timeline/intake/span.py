"""A span: where in a text something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`start`..`end` in code points of one text, the end exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        """How many code points it holds."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return what stands there in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both hold at least one code point of the same place."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether all of `other` lies within it."""
        return self.start <= other.start and other.end <= self.end
