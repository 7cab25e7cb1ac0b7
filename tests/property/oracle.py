"""A brute-force oracle for the bitemporal core: time is a handful of integer cells.

It paints cell by cell, in knowledge order, over plain dicts. It knows nothing of the core and
shares no code with it; it is slow, obvious, and right by reading the rules of the design aloud.

An operation is {"id", "from", "to", "open_end", "value", "disclosed", "place", "position",
"position_to"}, where "to" and "position_to" may be None. The cells are 0..cells-1, and the last
one stands for all time from there on.
"""

from __future__ import annotations

from typing import Any

Op = dict[str, Any]
Run = tuple[int, int | None, Any, list[str]]


def seen(ops: list[Op], known_at: int, as_at: int) -> list[Op]:
    """Return what the question may see, in knowledge order."""
    chosen = []
    for op in ops:
        published = op["disclosed"] <= known_at
        recorded = op["position"] <= as_at
        closed = op["position_to"] is not None and op["position_to"] <= as_at
        if published and recorded and not closed:
            chosen.append(op)
    return sorted(chosen, key=lambda op: (op["disclosed"], op["place"]))


def paint(ops: list[Op], cells: int) -> list[Op | None]:
    """Return the operation that holds each cell, the given ones laid over each other in order."""
    canvas: list[Op | None] = [None] * cells
    for op in ops:
        before = list(canvas)
        cell = op["from"]
        while cell < cells:
            if op["to"] is not None:
                if cell >= op["to"]:
                    break
            elif op["open_end"] == "until_next" and before[cell] is not before[op["from"]]:
                break
            canvas[cell] = op
            cell += 1
    return canvas


def holder(ops: list[Op], valid_at: int, known_at: int, as_at: int, cells: int) -> Op | None:
    """Return the operation that holds at `valid_at`."""
    return paint(seen(ops, known_at, as_at), cells)[valid_at]


def overridden(ops: list[Op], valid_at: int, known_at: int, as_at: int, cells: int) -> list[str]:
    """Return the ids of those that reach `valid_at` on their own and lost, newest first."""
    winner = holder(ops, valid_at, known_at, as_at, cells)
    lost = []
    for op in reversed(seen(ops, known_at, as_at)):
        reaches = op["from"] <= valid_at and (op["to"] is None or valid_at < op["to"])
        if reaches and op is not winner:
            lost.append(op["id"])
    return lost


def valid_runs(ops: list[Op], known_at: int, as_at: int, cells: int) -> list[Run]:
    """Return (from, to, value, ids) of each run of one value along valid time."""
    return _runs(paint(seen(ops, known_at, as_at), cells))


def known_runs(ops: list[Op], valid_at: int, as_at: int, cells: int, days: int) -> list[Run]:
    """Return (from, to, value, ids) of each run of one value along publication time."""
    return _runs([holder(ops, valid_at, day, as_at, cells) for day in range(days)])


def same(a: Any, b: Any) -> bool:
    """Compare two JSON values as their texts would: 0, false, 0.0 and "" are all different."""
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return set(a) == set(b) and all(same(a[key], b[key]) for key in a)
    return bool(a == b)


def _runs(canvas: list[Op | None]) -> list[Run]:
    runs: list[Run] = []
    start = 0
    while start < len(canvas):
        first = canvas[start]
        value = None if first is None else first["value"]
        end = start
        ids: list[str] = []
        while end < len(canvas):
            op = canvas[end]
            if not same(None if op is None else op["value"], value):
                break
            if op is not None and op["id"] not in ids:
                ids.append(op["id"])
            end += 1
        if value is not None:
            runs.append((start, None if end == len(canvas) else end, value, ids))
        start = end
    return runs
