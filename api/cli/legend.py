"""The verb that reads the cautionary text of a document: legend."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.opening import opened
from api.cli.options import example, forms
from api.legend_tables import PARTS, REMARKS, STATEMENTS
from api.settings import Settings
from timeline.errors import StoreMissing

if TYPE_CHECKING:
    from api.legend_reading import LegendFound

    Row = dict[str, Any]

_STDIN = "-"
_PASS = "pass"  # noqa: S105  # the result of a rule


@click.command(
    "legend",
    short_help="Read a document's cautionary text, and what it covers.",
    epilog=example(
        "timeline legend release.txt --issuer migenix --published 2008-07-08",
        "timeline legend - --issuer migenix --published 2008-07-08 --json < release.txt",
    ),
)
@click.argument("file", metavar="FILE|-")
@click.option("--issuer", metavar="ISSUER", required=True, help="Whose document it is.")
@click.option("--published", metavar="DAY", required=True, help="When it was published, EDTF.")
@click.option("--fiscal-year-end", metavar="MM-DD", help="[default: as on record]")
@forms
def legend(file: str, *, as_json: bool, as_csv: bool, **options: Any) -> None:
    """Read the cautionary text of FILE, a text, HTML or PDF, and hold it against what FILE says.

    Told are its parts with their places, which statements its list names and which not, which
    items of the list nothing in the text answers to, and what its cautions leave out; in CSV the
    remarks, one for each thing looked at. Nothing is recorded, and it needs no store. - is standard
    input.
    """
    from api.cli.printing import Form, print_json, print_rows  # noqa: PLC0415

    Form(as_json, as_csv)
    found = _found(file, options)
    for warning in found.warnings:
        click.echo(f"warning: {warning}", err=True)
    if as_json:
        print_json(found.body())
    elif as_csv:
        print_rows(found.remarks, REMARKS, "", as_csv=True)
    else:
        _show(found)


def _found(file: str, options: dict[str, Any]) -> LegendFound:
    data = sys.stdin.buffer.read() if file == _STDIN else Path(file).read_bytes()
    how = {key: options[key] for key in ("published", "fiscal_year_end")}
    how["name"] = None if file == _STDIN else Path(file).name
    try:
        with opened() as timeline:
            return timeline.legend(data, options["issuer"], **how)
    except StoreMissing as missing:
        return _storeless(data, options["issuer"], str(missing), how)


def _storeless(data: bytes, issuer: str, missing: str, how: dict[str, Any]) -> LegendFound:
    from api.legend_reading import legend as read  # noqa: PLC0415

    packs = Settings.from_environment(os.environ).packs
    found = read(data, issuer, packs=packs, **how)
    return replace(found, warnings=[missing, *found.warnings])


def _show(found: LegendFound) -> None:
    """Print the parts, the statements, and the remarks on anything else that is no pass."""
    from api.cli.printing import print_rows  # noqa: PLC0415

    if found.legend is None or found.coverage is None:
        click.echo("no legend was found")
        return
    parts, statements = found.legend["parts"], found.coverage["statements"]
    print_rows(parts, PARTS, f"{len(parts)} parts", as_csv=False)
    print_rows(statements, STATEMENTS, _counted(found.coverage), as_csv=False)
    open_ones = [row for row in found.remarks if row["result"] != _PASS and _is_other(row)]
    print_rows(open_ones, REMARKS, f"{len(open_ones)} remarks; nothing is recorded", as_csv=False)


def _is_other(row: Row) -> bool:
    return bool(row["rule"] != "legend.statement_listed")


def _counted(coverage: Row) -> str:
    statuses = [one["status"] for one in coverage["statements"]]
    told = (f"{statuses.count(one)} {one}" for one in ("covered", "partial", "not_covered"))
    return f"{', '.join(told)}; {len(coverage['apart'])} vague ones and puffery stand apart"


VERBS = (legend,)
