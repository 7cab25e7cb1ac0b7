"""`timeline events --follow`: a line for each event, as it is appended."""

from __future__ import annotations

import select
import signal
import sys
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from api.cli.opening import opened
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.timeline import Timeline

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
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), opened() as timeline:  # Ctrl-C is how it is meant to end
        _print(timeline, issuer, after, limit, as_json=options["as_json"])


def _print(
    timeline: Timeline, issuer: str | None, after: int, limit: int | None, *, as_json: bool
) -> None:
    import orjson  # noqa: PLC0415

    for row in islice(timeline.follow(issuer, after=after, idle=_require_reader), limit):
        click.echo(orjson.dumps(row) if as_json else _line(row))


def _line(row: dict[str, Any]) -> str:
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
