"""`timeline events --follow`: a line for each event, as it is appended."""

from __future__ import annotations

import select
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from api.cli.ending import ended_by_signals
from api.cli.opening import opened
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.cli.ending import Ending

    Row = dict[str, Any]

_ALONE = ("item", "as_of", "known_at", "as_at", "explain", "as_csv", "parquet")
_COLUMNS = (
    ("position", 8),
    ("time", 27),
    ("itemkind", 12),
    ("subject", 24),
    ("type", 32),
    ("recordedby", 0),
)


def follow(issuer: str | None, after: int, limit: int | None, options: dict[str, Any]) -> None:
    """Print events until interrupted, told to end, or left by the reader of the pipe."""
    for name in _ALONE:
        if options[name] not in (None, False):
            raise BadInput(f"cannot go with {_spelled(name)}; leave one out", place="--follow")
    with ended_by_signals() as ending, opened() as timeline:

        def idle() -> None:
            ending.heed()
            _require_reader()

        rows = islice(timeline.follow(issuer, after=after, idle=idle), limit)
        _print(rows, ending, as_json=options["as_json"])


def _print(rows: Iterable[Row], ending: Ending, *, as_json: bool) -> None:
    import orjson  # noqa: PLC0415

    for row in rows:
        with ending.at_once():
            click.echo(orjson.dumps(row) if as_json else _line(row))


def _line(row: Row) -> str:
    from api.tables import printable  # noqa: PLC0415

    cells = (str(row[key]).ljust(width) for key, width in _COLUMNS)
    return printable("  ".join(cells)).replace("\n", " ")


def _require_reader() -> None:
    """Notice a closed pipe also while there is nothing to write into it."""
    poll = select.poll()
    poll.register(sys.stdout, 0)
    if any(state & select.POLLERR for _, state in poll.poll(0)):
        raise BrokenPipeError


def _spelled(name: str) -> str:
    return {"item": "--id", "as_csv": "--csv"}.get(name, f"--{name.replace('_', '-')}")
