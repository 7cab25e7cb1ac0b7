"""What a step on a draft did, or would do, told to a person or a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.printing import print_json
from api.cli.written import answers_changed, show_changes
from api.tables import printable

if TYPE_CHECKING:
    from api.deciding_drafts import DraftStep


def tell_step(done: DraftStep, *, as_json: bool, shown: bool = False) -> None:
    """Tell it on standard output; `shown` leaves out the changes, which were seen before."""
    if as_json:
        print_json(done.body())
        return
    click.echo(_sentence(done))
    if not shown:
        show_changes(done.changes)


def ask_first(preview: DraftStep) -> bool:
    """Show on stderr what a step would do, and ask; one that is done already needs no asking."""
    click.echo(_sentence(preview), err=True)
    show_changes(preview.changes, err=True)
    return not preview.added or click.confirm("Do it?", err=True)


def _sentence(done: DraftStep) -> str:
    name = f"the draft {printable(done.draft)}"
    state = "edited" if done.state == "proposed" else done.state
    as_what = f" and recorded as {printable(done.recorded_as)}" if done.recorded_as else ""
    if not done.added:
        if state == "edited":
            return f"{name} reads so already"
        return f"{name} was {state}{as_what} already, at position {done.position}"
    would = "would be" if done.dry_run else "is"
    told = f"{name} {would} {state}{as_what}, at position {done.position}"
    return told + (answers_changed(done.changes, dry_run=done.dry_run) if as_what else "")
