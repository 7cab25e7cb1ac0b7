"""The demo: one read-out, announced for four windows, told at four dates."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from api.tables import console, days, printable
from api.timeline import Timeline
from timeline.bundle import read_bundle
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.table import Table

    from api.settings import Settings

    Row = dict[str, Any]

DATES = ("2006-09-01", "2008-07-08", "2008-10-01", "2009-04-01")
_PROGRAM = "omigard"
_MILESTONE = ("clin.ph3_topline", "CLIRS")


@contextmanager
def fresh_store(folder: Path | None) -> Iterator[str]:
    """Give the URL of a store that does not exist yet; without `folder` it goes away again.

    Raises BadInput where there is a store in `folder` already.
    """
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="timeline-demo-") as temporary:
            yield f"sqlite:///{temporary}/timeline.db"
        return
    file = folder.absolute() / "timeline.db"
    if file.exists():
        raise BadInput(f"{file} is there already; take an empty folder", place="--dir")
    folder.mkdir(parents=True, exist_ok=True)
    yield f"sqlite:///{file}"


def tell(settings: Settings, sample: Path) -> None:
    """Import the sample into a new store and print the story of the read-out."""
    bundle = read_bundle(sample)
    url, by = settings.database_url, settings.recorded_by
    with Timeline(url, recorded_by=by, create=True, packs=settings.packs) as timeline:
        imported = timeline.import_bundle(bundle)
        click.echo(
            f"{imported.added.total()} items of {imported.issuer} in {settings.database_url}"
        )
        rows = [(on, _read_out(timeline, imported.issuer, on)) for on in DATES]
    out = console()
    out.print("\nWhen will the Omigard Phase III (CLIRS) read-out come? As the public knew it on")
    out.print(_story(rows))
    last = rows[-1][1]
    if last is not None:
        out.print("What was said, and how far the read-out slipped from the end of each window:")
        out.print(_slips(last))


def _read_out(timeline: Timeline, issuer: str, on: str) -> Row | None:
    answer = timeline.milestones(issuer, _PROGRAM, as_of=on)
    of = (row for row in answer.items if (row["milestone"], row["qualifier"]) == _MILESTONE)
    return next(of, None)


def _story(rows: list[tuple[str, Row | None]]) -> Table:
    table = _table("as of", "expected (some day within)", "revisions", "verdict", "actual")
    for on, row in rows:
        cells = ["not spoken of yet", "", "", ""] if row is None else _told(row)
        table.add_row(on, *(printable(text) for text in cells))
    return table


def _told(row: Row) -> list[str]:
    standing, actual = row["standing"], row["actual"]
    expected = days(standing["window"]) if standing and standing["window"] else "-"
    came = "-" if actual is None else f"{days(actual)}, {actual['result'] or 'no result'}"
    return [expected, str(row["revisions"]), row["verdict"] or "-", came]


def _slips(row: Row) -> Table:
    """Tell each window once, from the day it was first said."""
    table = _table("first said on", "window (some day within)", "slip, days", "verdict")
    windows: dict[tuple[Any, Any], Row] = {}
    for said in row["statements"]:
        if said["window"] is not None:
            windows.setdefault((said["window"]["earliest"], said["window"]["latest"]), said)
    for said in windows.values():
        slip = said["slip_days"]
        told = "-" if slip is None else " to ".join(f"{n:+d}" for n in dict.fromkeys(slip))
        table.add_row(said["stated_on"], printable(days(said["window"])), told, said["verdict"])
    return table


def _table(*headings: str) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
