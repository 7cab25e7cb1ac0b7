"""Answers on standard output: a table for people, JSON and CSV for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
import orjson

from timeline.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from api.answers import Answer
    from api.tables import Layout

    Below = tuple[tuple[str, Layout], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer was asked to look."""

    as_json: bool = False
    as_csv: bool = False
    parquet: Path | None = None

    def __post_init__(self) -> None:
        """Refuse two forms at once."""
        told = {"--json": self.as_json, "--csv": self.as_csv, "--parquet": self.parquet}
        wanted = [name for name, value in told.items() if value]
        if len(wanted) > 1:
            raise BadInput(f"cannot go with {wanted[0]}; choose one", place=wanted[1])

    def show(
        self, answer: Answer, layout: Layout, *, explain: bool = False, below: Below = ()
    ) -> None:
        """Print a list; to people also the lists told `below` it, by their key in the answer."""
        if self.as_json:
            print_json(answer.items)
        elif self.as_csv:
            print_csv(answer.items, layout, explain=explain)
        elif self.parquet:
            _write_parquet(self.parquet, answer, layout, explain=explain)
        else:
            _print_table(answer, layout, explain=explain, below=below)


def print_json(told: Any) -> None:
    """Print one JSON value, with its keys as they came."""
    click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def print_rows(rows: list[dict[str, Any]], layout: Layout, summary: str, *, as_csv: bool) -> None:
    """Print rows that no answer holds: as CSV, or as a table with `summary` below it."""
    from api.tables import console, table_of  # noqa: PLC0415

    if as_csv:
        print_csv(rows, layout)
        return
    out = console()
    if rows:
        out.print(table_of(rows, layout))
    out.print(summary)


def print_csv(rows: list[dict[str, Any]], layout: Layout, *, explain: bool = False) -> None:
    """Print rows as CSV, the same bytes as over HTTP."""
    from api.forms.as_csv import csv_of_rows  # noqa: PLC0415

    click.echo(csv_of_rows(rows, layout, explain=explain), nl=False)


def _write_parquet(file: Path, answer: Answer, layout: Layout, *, explain: bool) -> None:
    from api.forms.as_parquet import parquet_of  # noqa: PLC0415

    file.write_bytes(parquet_of(answer, layout, explain=explain))
    click.echo(f"{file}: {_counted(len(answer.items), layout.title)}")


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
