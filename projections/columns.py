"""Columns: rows of a read model as arrays of numbers, for questions that go over all of them.

Every row carries the `place` of its item. What is known of an item is replaced as a whole, so a
correction or a retraction needs no search for the row that it closes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Truths = NDArray[np.bool_]
    Block = dict[str, Numbers]

NEVER = np.iinfo(np.int64).max
"""Stands for an end that has not come: after every instant and every position."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant_number(at: datetime | None) -> int:
    """Return an instant as microseconds since 1970; None is `NEVER`."""
    return int(NEVER) if at is None else (at - _EPOCH) // _MICROSECOND


def position_number(position: int | None) -> int:
    """Return a position, None being `NEVER`."""
    return int(NEVER) if position is None else position


def instant_of(number: int) -> datetime:
    """Return the instant that `instant_number` made a number of."""
    return _EPOCH + number * _MICROSECOND


class Columns:
    """Named columns of one length, kept in the order of those named in `order`.

    `place`, `position` and `position_to` are always there. A column is read as an item.
    """

    def __init__(self, *names: str, order: Sequence[str] = ()) -> None:
        self._names = ("place", "position", "position_to", *names)
        self._order = order
        self._columns: Block = {name: np.empty(0, np.int64) for name in self._names}

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __getitem__(self, name: str) -> Numbers:
        return self._columns[name]

    def replace(self, rows: Iterable[Sequence[int]]) -> None:
        """Take in `rows`, their values in order of the names, for all that is known of their items.

        They must be all rows of each item they are of; an item that lost its last row stays.
        """
        width = len(self._names)
        told = np.fromiter((one for row in rows for one in row), np.int64).reshape(-1, width)
        come = dict(zip(self._names, told.T, strict=True))
        kept = _chosen(self._columns, ~np.isin(self["place"], come["place"]))
        self._columns = self._merged(kept, come) if self._order else _joined(kept, come)

    def _merged(self, kept: Block, come: Block) -> Block:
        """Put what comes in its order; only what shares its first column with it is sorted."""
        first = self._order[0]
        touched = np.isin(kept[first], come[first])
        rest, some = _chosen(kept, ~touched), _joined(_chosen(kept, touched), come)
        some = _chosen(some, np.lexsort([some[name] for name in reversed(self._order)]))
        at = np.searchsorted(rest[first], some[first])
        return {name: np.insert(rest[name], at, some[name]) for name in self._names}

    def recorded_by(self, as_at: int) -> Truths:
        """Tell which rows were recorded, and not yet closed, at position `as_at`."""
        return (self["position"] <= as_at) & (self["position_to"] > as_at)


def _chosen(block: Block, which: Numbers | Truths) -> Block:
    return {name: column[which] for name, column in block.items()}


def _joined(one: Block, other: Block) -> Block:
    return {name: np.concatenate((column, other[name])) for name, column in one.items()}


class Numbering:
    """Numbers for things that are no numbers, from 0 on, each thing once."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def __len__(self) -> int:
        return len(self.things)

    def find(self, thing: Any) -> int:
        """Return the number of `thing`, -1 if it has none."""
        return int(self._numbers.get(thing, -1))

    def of(self, thing: Any) -> int:
        """Return the number of `thing`, a new one unless it has one."""
        number = self._numbers.setdefault(thing, len(self.things))
        if number == len(self.things):
            self.things.append(thing)
        return number
