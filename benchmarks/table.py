"""The rows as a table of text, and as JSON."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING, Any

import orjson
from rich.table import Table

from benchmarks.row import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.row import Row

_MET = {True: "met", False: "NOT MET", None: ""}
_COLUMNS = ("work", "ours", "against", "theirs", "ratio", "goal", "")


def as_table(rows: Sequence[Row]) -> Table:
    """Return the rows for a person; rates are per second, times in milliseconds."""
    table = Table(*_COLUMNS)
    for row in rows:
        table.add_row(*_cells(row))
    return table


def as_json(rows: Sequence[Row], *, quick: bool) -> bytes:
    """Return the rows for a program, with what the ratios do not depend on beside them."""
    told: dict[str, Any] = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "quick": quick,
        "rows": [row.told() for row in rows],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.work,
        _number(row.ours, row.unit),
        row.against,
        "" if row.theirs is None else _number(row.theirs, row.unit),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        row.goal,
        _MET[row.met],
    )


def _number(value: float, unit: str) -> str:
    if unit == RATE:
        return f"{value:,.0f}/s"
    return f"{value:,.2f} {unit}"
