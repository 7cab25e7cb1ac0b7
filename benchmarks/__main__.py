"""Run benchmarks: python -m benchmarks [NAME ...] [--json FILE] [--quick]."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

from benchmarks.appending import append_postgresql, append_sqlite, batch_postgresql, batch_sqlite
from benchmarks.bench import Bench
from benchmarks.extracting import extract
from benchmarks.history import history
from benchmarks.hostile import hostile
from benchmarks.importing import import_postgresql, import_sqlite
from benchmarks.memory import memory
from benchmarks.pages import pages
from benchmarks.portfolios import portfolio
from benchmarks.proving import append_with_ledger, prove
from benchmarks.reading import read, worst
from benchmarks.rebuilding import projection_runner, rebuild
from benchmarks.serving import serve
from benchmarks.starting import start
from benchmarks.table import as_json, as_table

if TYPE_CHECKING:
    from benchmarks.row import Row

BENCHMARKS = {
    "append-sqlite": append_sqlite,
    "append-postgresql": append_postgresql,
    "batch-sqlite": batch_sqlite,
    "batch-postgresql": batch_postgresql,
    "import-sqlite": import_sqlite,
    "import-postgresql": import_postgresql,
    "read": read,
    "worst": worst,
    "history": history,
    "portfolio": portfolio,
    "rebuild": rebuild,
    "ledger": append_with_ledger,
    "proof": prove,
    "projection-runner": projection_runner,
    "http": serve,
    "extract": extract,
    "hostile": hostile,
    "start": start,
    "memory": memory,
    "pages": pages,
}
_WIDTH = 150


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
@click.option(
    "--quick", is_flag=True, help="Small sizes, to see that it runs; judge nothing by it."
)
def main(names: tuple[str, ...], file: Path | None, *, quick: bool) -> None:
    """Measure, all or NAMES, and tell which goals are met."""
    rows: list[Row] = []
    try:
        _run(names or tuple(BENCHMARKS), rows, quick=quick)
    finally:  # what was measured before one failed, or before somebody interrupts, is told
        wide = Console()
        (wide if wide.is_terminal else Console(width=_WIDTH)).print(as_table(rows))
        if file is not None:
            file.write_bytes(as_json(rows, quick=quick))


def _run(names: tuple[str, ...], rows: list[Row], *, quick: bool) -> None:
    told = Console(stderr=True)
    with Bench(quick) as bench, Progress(console=told, disable=not told.is_terminal) as progress:
        task = progress.add_task("", total=len(names))
        for name in names:
            progress.update(task, description=name)
            rows += BENCHMARKS[name](bench)
            progress.advance(task)


if __name__ == "__main__":
    main()
