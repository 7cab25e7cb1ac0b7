"""The verbs of intake: extract reads a document, drafts lists what was read."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.opening import opened
from api.cli.options import clocks, example, forms, tables
from api.cli.telling import tell
from api.draft_tables import DRAFTS, EDITS, STEPS
from api.settings import Settings
from timeline.errors import BadInput, StoreMissing

if TYPE_CHECKING:
    from api.answers import Answer
    from api.extraction import Extraction
    from api.timeline import Timeline

_STDIN = "-"
_STATES = click.Choice(["proposed", "accepted", "rejected"])


@click.command(
    "extract",
    short_help="Read a document: what it says, as drafts.",
    epilog=example(
        "timeline extract release.txt --issuer migenix --published 2008-07-08",
        "timeline extract - --issuer migenix --published 2008-07-08 --json < release.txt",
        "timeline extract release.html --issuer migenix --published 2008-07-08 --save",
    ),
)
@click.argument("file", metavar="FILE|-")
@click.option("--issuer", metavar="ISSUER", required=True, help="Whose document it is.")
@click.option("--published", metavar="DAY", required=True, help="When it was published, EDTF.")
@click.option("--fiscal-year-end", metavar="MM-DD", help="[default: as on record]")
@click.option("--save", is_flag=True, help="Store the document and its drafts.")
@click.option("--document", metavar="ID", help="With --save: its id. [default: one is made]")
@click.option("--key", metavar="TEXT", help="With --save: the idempotency key.")
@forms
def extract(file: str, *, as_json: bool, as_csv: bool, **options: Any) -> None:
    """Read FILE, a text, HTML or PDF, and list what it says will happen and what did, as drafts.

    Nothing is recorded, save with --save, and then only drafts: a person decides on each, by
    accept, edit or reject. It needs no store; of an issuer that is not on record the names of
    programs are guessed. - is standard input. Times are read from the day of publication.
    """
    from api.cli.printing import Form, print_json, print_rows  # noqa: PLC0415

    Form(as_json, as_csv)
    for name in ("document", "key"):
        if options[name] is not None and not options["save"]:
            raise BadInput("goes with --save", place=f"--{name}")
    found = _extracted(file, options)
    for warning in found.warnings:
        click.echo(f"warning: {warning}", err=True)
    if as_json or as_csv:
        if options["save"]:
            click.echo(_summary(found), err=True)
        if as_json:
            print_json(found.items)
            return
    print_rows(found.items, DRAFTS, _summary(found), as_csv=as_csv)


def _extracted(file: str, options: dict[str, Any]) -> Extraction:
    data = sys.stdin.buffer.read() if file == _STDIN else Path(file).read_bytes()
    how = {key: options[key] for key in ("published", "fiscal_year_end")}
    how["name"] = None if file == _STDIN else Path(file).name
    saving = {key: options[key] for key in ("save", "document", "key")}
    try:
        with opened() as timeline:
            return timeline.extract(data, options["issuer"], **how, **saving)
    except StoreMissing as missing:
        if options["save"]:
            raise
        return _storeless(data, options["issuer"], str(missing), how)


def _storeless(data: bytes, issuer: str, missing: str, how: dict[str, Any]) -> Extraction:
    from api.extraction import extract as read  # noqa: PLC0415

    packs = Settings.from_environment(os.environ).packs
    found = read(data, issuer, packs=packs, **how)
    return replace(found, warnings=[missing, *found.warnings])


def _summary(found: Extraction) -> str:
    drafts = f"{len(found.items)} draft{'' if len(found.items) == 1 else 's'}"
    if found.document is None:
        return f"{drafts}; nothing is recorded, --save does"
    if not found.added:
        return f"already read as {found.document}, {drafts}"
    return f"{drafts} of {found.document} stored, up to position {found.position}"


@click.command(
    "drafts",
    short_help="List drafts, or tell one.",
    epilog=example(
        "timeline drafts migenix --state proposed",
        "timeline drafts --id 9b68d9349e185487543a73fb",
        "timeline drafts migenix --edited --csv",
    ),
)
@click.argument("issuer", required=False)
@click.option("--state", type=_STATES, help="Only those that have come so far.")
@click.option("--document", metavar="ID", help="Only those of this document.")
@click.option("--id", "draft", metavar="DRAFT", help="One draft, and what was done with it.")
@click.option("--edited", is_flag=True, help="Instead: what people edited, value by value.")
@clocks
@tables
def drafts(
    issuer: str | None,
    *,
    state: str | None,
    document: str | None,
    draft: str | None,
    edited: bool,
    **options: Any,
) -> None:
    """List what was read in documents, of ISSUER or of all, and how far each draft has come.

    Drafts are internal: only --as-at moves what is told of them.
    """
    _check_alone({"--edited": edited, "--id": draft}, {"--state": state, "--document": document})

    def ask(timeline: Timeline, when: Any) -> Answer:
        if draft is not None:
            return _with_steps(timeline.draft(draft, issuer=issuer, **when))
        if edited:
            return timeline.draft_edits(issuer, **when)
        return timeline.drafts(issuer, state=state, document=document, **when)

    below = (("steps", STEPS),) if draft is not None else ()
    layout = EDITS if edited else DRAFTS
    one = draft is not None
    tell(layout, ask, options | {"explain": False}, one=one, below=below)


def _with_steps(answer: Answer) -> Answer:
    """Put the steps of the one draft beside the list as well, where a table looks for them."""
    return replace(answer, more={"steps": answer.items[0]["steps"]})


def _check_alone(alone: dict[str, Any], narrowing: dict[str, Any]) -> None:
    """Refuse what would be passed over: one of `alone` goes with nothing else."""
    there = [name for name, value in (alone | narrowing).items() if value]
    if any(alone[name] for name in there if name in alone) and len(there) > 1:
        raise BadInput(f"cannot go with {there[1]}; choose one", place=there[0])


VERBS = (extract, drafts)
