"""The verb of the release desk: check holds a draft against the rules and the record."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.check_tables import CHECKED, together
from api.cli.opening import opened
from api.cli.options import clocks, example, forms
from api.cli.telling import stated
from api.settings import Settings
from timeline.errors import BadInput, StoreMissing

if TYPE_CHECKING:
    from api.checking import Checked

    Row = dict[str, Any]

_STDIN = "-"
_FAILED = 1


@click.command(
    "check",
    short_help="Hold a draft against the rules and the record.",
    epilog=example(
        "timeline check draft.txt --issuer migenix --published 2008-09-15",
        "timeline check draft.txt --issuer migenix --published 2008-09-15 --rule PC-10 --json",
        "timeline check draft.txt --issuer migenix --published 2008-09-15 --sarif > draft.sarif",
    ),
)
@click.argument("file", metavar="FILE|-")
@click.option("--issuer", metavar="ISSUER", required=True, help="Whose draft it is.")
@click.option("--published", metavar="DAY", required=True, help="When it is to come out, EDTF.")
@click.option("--kind", default="news release", show_default=True, help="What it will be.")
@click.option("--fiscal-year-end", metavar="MM-DD", help="[default: as on record]")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="This rule alone; repeatable.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Write SARIF 2.1.0, for pipelines.")
@clocks
@forms
def check(file: str, **options: Any) -> None:
    """Hold FILE, a text, HTML or PDF that is not yet published, against the rules and the record.

    Told is what the list of its legend does not cover, which windows moved against those that stand
    in public or were kept, what the last release spoke of and this one drops, what is settled
    already, and where cautions and assumptions are missing. The clocks are asked at the eve of
    publication. Nothing of the draft is kept. Exit code 1 when anything fails. - is standard input.
    """
    from api.cli.printing import Form  # noqa: PLC0415

    form = Form(options["as_json"], options["as_csv"])
    if options["as_sarif"] and (form.as_json or form.as_csv):
        raise BadInput("goes alone: choose one form", place="--sarif")
    found = _found(file, options)
    for warning in found.warnings:
        click.echo(f"warning: {warning}", err=True)
    _print(found, file, form, as_sarif=options["as_sarif"])
    if found.fails:
        raise click.exceptions.Exit(_FAILED)


def _found(file: str, options: dict[str, Any]) -> Checked:
    data = sys.stdin.buffer.read() if file == _STDIN else Path(file).read_bytes()
    how = {key: options[key] for key in ("published", "kind", "fiscal_year_end", "rules")}
    how["name"] = None if file == _STDIN else Path(file).name
    try:
        with opened() as timeline:
            when: Any = stated(options)
            return timeline.check(data, options["issuer"], **how, **when)
    except StoreMissing as missing:
        return _storeless(data, options["issuer"], str(missing), how)


def _storeless(data: bytes, issuer: str, missing: str, how: dict[str, Any]) -> Checked:
    from api.checking import check as read  # noqa: PLC0415

    packs = Settings.from_environment(os.environ).packs
    found = read(data, issuer, packs=packs, **how)
    return replace(found, warnings=[missing, *found.warnings])


def _print(found: Checked, file: str, form: Any, *, as_sarif: bool) -> None:
    from api.cli.printing import print_json, print_rows  # noqa: PLC0415

    if as_sarif:
        from api.sarif import sarif_of  # noqa: PLC0415

        print_json(sarif_of(found, None if file == _STDIN else file))
    elif form.as_json:
        print_json(found.items)
    else:
        rows = found.items if form.as_csv else [_one_row(same) for same in together(found.items)]
        print_rows(rows, CHECKED, _summary(found), as_csv=form.as_csv)


def _one_row(same: list[Row]) -> Row:
    return same[0] | {"more": len(same) - 1}


def _summary(found: Checked) -> str:
    results = [row["result"] for row in found.items]
    names = ("fail", "needs_review", "pass", "not_applicable")
    told = ", ".join(f"{results.count(name)} {name}" for name in names)
    at = found.clocks
    clocks = f", against what was public by {at['known_at']}" if at else ""
    return f"{told}{clocks}; nothing of the draft is kept"


VERBS = (check,)
