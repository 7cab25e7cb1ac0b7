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


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer was asked to look."""

    as_json: bool = False
    as_csv: bool = False

    def __post_init__(self) -> None:
        """Refuse two forms at once."""
        if self.as_json and self.as_csv:
            raise BadInput("cannot go with --json; choose one", place="--csv")

    def show(self, answer: Answer, layout: Layout, *, explain: bool = False) -> None:
        """Print a list."""
        if self.as_json:
            print_json(answer.items)
        elif self.as_csv:
            print_csv(answer, layout, explain=explain)
        else:
            _print_table(answer, layout, explain=explain)


def print_json(told: Any) -> None:
    """Print one JSON value, with its keys as they came."""
    click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def print_csv(answer: Answer, layout: Layout, *, explain: bool) -> None:
    """Print a list as CSV: a header of dotted paths, then one line a row; empty means null."""
    from api.tables import cell  # noqa: PLC0415

    paths = layout.paths(explain=explain)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(paths)
    writer.writerows([cell(row, path) for path in paths] for row in answer.items)
    click.echo(text.getvalue(), nl=False)


def _print_table(answer: Answer, layout: Layout, *, explain: bool) -> None:
    from api.tables import console, table_of  # noqa: PLC0415

    asked = answer.asked
    out = console()
    out.print(table_of(answer.items, layout, explain=explain))
    rows = _counted(len(answer.items), layout.title)
    out.print(
        f"{rows}, as of {asked.as_of}, known at {asked.known_at}, "
        f"as at {asked.as_at} (position {asked.position})"
    )


def _counted(number: int, what: str) -> str:
    return f"1 {what.removesuffix('s')}" if number == 1 else f"{number} {what}"
