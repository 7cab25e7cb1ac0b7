"""The verbs by which a person decides on a draft: accept, edit, reject."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import example
from api.cli.recording import pairs_of, writing
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.deciding_drafts import DraftStep
    from api.timeline import Timeline

    Do = Callable[..., DraftStep]

Verb = TypeVar("Verb", bound="Callable[..., Any]")

_KEYS = {
    "kind": "event or expectation.",
    "type": "Of an event: its type.",
    "program": "The program it is about: id, name or alias.",
    "milestone": "The milestone.",
    "qualifier": "Which one: the trial, the round, the region.",
    "window": "When: EDTF, some day within.",
    "condition": "What it hangs on, in words.",
    "speaker": "Who said so.",
    "outcome": "Of an event: reached or failed.",
    "result": "Of an event: positive, negative or mixed.",
    "summary": "Of an event: what happened, in a sentence.",
}


def _changes(verb: Verb) -> Verb:
    """Give `verb` an option for every key of a draft that may be edited."""
    verb = click.option(
        "--set", "pairs", multiple=True, metavar="KEY=JSON", help="Any key; null removes it."
    )(verb)
    for name, told in reversed(_KEYS.items()):
        verb = click.option(f"--{name}", metavar="TEXT", help=told)(verb)
    return verb


def _step(verb: Verb) -> Verb:
    """Give `verb` the draft, and the options of every step."""
    issuer = click.option("--issuer", metavar="ISSUER", help="Where several have such a draft.")
    reason = click.option("--reason", metavar="TEXT", help="Why, for those who read it later.")
    return click.argument("draft")(issuer(reason(writing(verb))))


@click.command(
    "accept",
    short_help="Accept a draft: record what it says.",
    epilog=example(
        "timeline accept 9b68d9349e185487543a73fb",
        "timeline accept 9b68d9349e185487543a73fb --program omigard --speaker 'Ann Lee'",
    ),
)
@_step
@_changes
@click.option("--id", metavar="TEXT", help="Of what is recorded. [default: made of the draft's]")
def accept(draft: str, **options: Any) -> None:
    """Accept DRAFT: record the event or expectation it proposes, and that it was accepted.

    What is given by options is edited first, and kept as an edit. Accepted before, it adds nothing.
    """
    told = {"changes": _told(options), "id": options["id"]}
    _carry_out(lambda t: partial(t.accept, draft, **told), options)


@click.command(
    "edit",
    short_help="Edit a draft; what was read is kept.",
    epilog=example('timeline edit 9b68d9349e185487543a73fb --window 2009-01/2009-03 --reason "Q1"'),
)
@_step
@_changes
def edit(draft: str, **options: Any) -> None:
    """Edit DRAFT before it is decided on. What was read is kept beside what it reads now."""
    changes = _told(options)
    if not changes:
        raise BadInput("say what to edit, as --milestone or --set", place="DRAFT")
    _carry_out(lambda t: partial(t.edit, draft, changes), options)


@click.command(
    "reject",
    short_help="Reject a draft, and say why.",
    epilog=example('timeline reject 9b68d9349e185487543a73fb --reason "said of another company"'),
)
@_step
def reject(draft: str, **options: Any) -> None:
    """Reject DRAFT: nothing is recorded of it but that it was rejected, by whom and why."""
    _carry_out(lambda t: partial(t.reject, draft), options)


def _told(options: dict[str, Any]) -> dict[str, Any]:
    given = {name: options[name] for name in _KEYS if options[name] is not None}
    return pairs_of(options["pairs"], "--set", given)


def _carry_out(step: Callable[[Timeline], Do], options: dict[str, Any]) -> None:
    """Show what it would change and ask, where somebody can answer; do it; tell what it did."""
    from api.cli.stepped import ask_first, tell_step  # noqa: PLC0415

    how = {name: options[name] for name in ("issuer", "reason", "key")}
    with opened() as timeline:
        do = partial(step(timeline), **how)
        asks = not (options["dry_run"] or options["yes"]) and sys.stdin.isatty()
        if asks and not ask_first(do(dry_run=True)):
            click.echo("nothing was recorded", err=True)
            sys.exit(CHECK_FAILED)
        done = do(dry_run=options["dry_run"])
    tell_step(done, as_json=options["as_json"], shown=asks)


VERBS = (accept, edit, reject)
