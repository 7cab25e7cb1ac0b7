"""Statuses: what held of many programs at one setting of the clocks, numbers until it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from projections.programs import STATUS
from timeline.canonical import canonical_text

if TYPE_CHECKING:
    from projections.columns import Numbering, Numbers

    Row = dict[str, Any]

NOTHING = -1
"""The number of the value of what does not hold."""

_STAGE = STATUS.index("stage")


@dataclass(frozen=True, slots=True)
class Statuses:
    """Programs in the order they were recorded, issuer by issuer.

    For each its number among `keys`, its texts among `texts`, and in `held` one number of a value
    for each of `STATUS`. What the numbers stand for only ever grows, so it may be read later.
    """

    keys: Numbering
    texts: list[tuple[str | None, str, str]]
    values: Numbering
    key: Numbers
    text: Numbers
    held: Numbers
    position: int

    def __len__(self) -> int:
        """How many programs these are."""
        return len(self.key)

    def at_stage(self, stage: str) -> Statuses:
        """Return those at `stage`."""
        number = self.values.find(canonical_text(stage))
        # A stage nobody ever was at has the number of nothing, and nothing is no stage.
        return self._only(np.flatnonzero((self.held[:, _STAGE] == number) & (number != NOTHING)))

    def between(self, start: int, end: int | None) -> Statuses:
        """Return those from the one numbered `start` to before the one numbered `end`."""
        return self._only(np.arange(len(self))[start:end])

    def stages(self) -> list[Row]:
        """Return how many programs are at each stage, those at none under null, at the end."""
        numbers, counts = np.unique(self.held[:, _STAGE], return_counts=True)
        told = zip(map(self._value, numbers.tolist()), counts.tolist(), strict=True)
        ordered = sorted(told, key=lambda one: (one[0] is None, str(one[0])))
        return [{"stage": stage, "programs": count} for stage, count in ordered]

    def rows(self) -> list[Row]:
        """Return one row for each program, as `programs_at` does, with its issuer."""
        each = zip(self.key.tolist(), self.text.tolist(), self.held.tolist(), strict=True)
        return [self._row(*one) for one in each]

    def _only(self, which: Numbers) -> Statuses:
        return replace(self, key=self.key[which], text=self.text[which], held=self.held[which])

    def _row(self, key: int, text: int, held: list[int]) -> Row:
        issuer, program = self.keys.things[key]
        name, aliases, attributes = self.texts[text]
        return {
            "issuer": issuer,
            "program": program,
            "name": name,
            "aliases": orjson.loads(aliases),
            "attributes": orjson.loads(attributes),
            **dict(zip(STATUS, map(self._value, held), strict=True)),
            "position": self.position,
        }

    def _value(self, number: int) -> Any:
        return None if number == NOTHING else orjson.loads(self.values.things[number])
