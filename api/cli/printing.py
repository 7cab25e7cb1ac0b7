"""Answers on standard output: a table for people, JSON and CSV for machines."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
import orjson

from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.answers import Answer
    from api.tables import Layout

    Below = tuple[tuple[str, Layout], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer was asked to look."""

    as_json: bool = False
    as_csv: bool = False

    def __post_init__(self) -> None:
        """Refuse two forms at once."""
        if self.as_json and self.as_csv:
            raise BadInput("cannot go with --json; choose one", place="--csv")

    def show(
        self, answer: Answer, layout: Layout, *, explain: bool = False, below: Below = ()
    ) -> None:
        """Print a list; to people also the lists told `below` it, by their key in the answer."""
        if self.as_json:
            print_json(answer.items)
        elif self.as_csv:
            print_csv(answer, layout, explain=explain)
        else:
            _print_table(answer, layout, explain=explain, below=below)


def print_json(told: Any) -> None:
    """Print one JSON value, with its keys as they came."""
    click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def print_rows(rows: list[dict[str, Any]], layout: Layout, summary: str, *, as_csv: bool) -> None:
    """Print rows that no answer holds: as CSV, or as a table with `summary` below it."""
    from api.tables import console, table_of  # noqa: PLC0415

    if as_csv:
        _print_csv(rows, layout.paths(explain=False))
        return
    out = console()
    if rows:
        out.print(table_of(rows, layout))
    out.print(summary)


def print_csv(answer: Answer, layout: Layout, *, explain: bool) -> None:
    """Print a list as CSV: a header of dotted paths, then one line a row; empty means null."""
    _print_csv(answer.items, layout.paths(explain=explain))


def _print_csv(rows: list[dict[str, Any]], paths: tuple[str, ...]) -> None:
    from api.tables import cell  # noqa: PLC0415

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(paths)
    writer.writerows([cell(row, path) for path in paths] for row in rows)
    click.echo(text.getvalue(), nl=False)


def _print_table(answer: Answer, layout: Layout, *, explain: bool, below: Below) -> None:
    from api.tables import console, table_of  # noqa: PLC0415

    asked = answer.asked
    out = console()
    out.print(table_of(answer.items, layout, explain=explain))
    for key, further in below:
        out.print(table_of(answer.more[key], further))
    rows = _counted(len(answer.items), layout.title)
    out.print(
        f"{rows}{_since(answer)}, as of {asked.as_of}, known at {asked.known_at}, "
        f"as at {asked.as_at} (position {asked.position})"
    )


def _since(answer: Answer) -> str:
    """Tell from when a question with two dates was asked, on the clock that moves."""
    if "from" not in answer.more:
        return ""
    clock = answer.more["clock"]
    return f" from {clock.replace('_', ' ')} {answer.more['from'][clock]}"


def _counted(number: int, what: str) -> str:
    return f"1 {what.removesuffix('s')}" if number == 1 else f"{number} {what}"
