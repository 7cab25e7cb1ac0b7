"""Differences: two answers to one question held against each other, row by row.

This file holds no table. Rows are the same when their JSON is; the position they rest on is not
told apart, for it is what moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.canonical import canonical_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    Row = dict[str, Any]
    Key = tuple[Any, ...]
    Keyed = dict[Key, Row]

_MOVED = "position"


def keyed(rows: Iterable[Row], key: Sequence[str]) -> Keyed:
    """Return `rows` without their position by the values of the columns `key`.

    Without `key` a row is told apart by all it says.
    """
    told = ({name: value for name, value in row.items() if name != _MOVED} for row in rows)
    return {_key(row, key): row for row in told}


def differing(was: Keyed, now: Keyed, among: Collection[Key] | None = None) -> set[Key]:
    """Return the keys whose rows differ, or are on one side only; of `among` where it is given.

    Compared as JSON texts are: 1, 1.0 and true are three values.
    """
    keys = was.keys() | now.keys() if among is None else among
    return {key for key in keys if canonical_text(was.get(key)) != canonical_text(now.get(key))}


def difference(was: Row | None, now: Row | None) -> tuple[Row | None, Row | None]:
    """Return what differs of two rows, as it was and as it is; all of it where one is missing."""
    if was is None or now is None:
        return was, now
    names = [n for n in was | now if canonical_text(was.get(n)) != canonical_text(now.get(n))]
    return {n: was.get(n) for n in names}, {n: now.get(n) for n in names}


def turning_points(
    positions: Sequence[int], was: Keyed, now: Keyed, rows_at: Callable[[int], Keyed]
) -> Iterator[tuple[int, set[Key]]]:
    """Yield the positions that made `was` into `now`, in order, and the keys each of them moved.

    `positions` are those since `was` that may count, the last one answering as `now`; `rows_at`
    answers at one of them. Halves that begin and end alike are not looked into, so it asks about
    as often as there are turning points, times the halvings it takes to find one.
    """
    wanted = differing(was, now)
    if not wanted:
        return
    if len(positions) == 1:
        yield positions[0], wanted
        return
    middle = len(positions) // 2
    between = rows_at(positions[middle - 1])
    yield from turning_points(positions[:middle], was, between, rows_at)
    yield from turning_points(positions[middle:], between, now, rows_at)


def _key(row: Row, key: Sequence[str]) -> Key:
    return tuple(row[name] for name in key) if key else (canonical_text(row),)
