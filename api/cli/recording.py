"""The verbs that record by hand: record, correct, retract, adjudicate."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import as_json, example
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answers import Written
    from api.timeline import Timeline

    Write = Callable[..., Written]

Verb = TypeVar("Verb", bound="Callable[..., Any]")

_STDIN = "-"
_KINDS = ("event", "expectation", "document", "program", "issuer")
_OF_EXPECTATIONS = ("window", "stated_on")
_KEYS = {
    "id": "Its own id. [default: one is made]",
    "type": "Of an event: its type, such as clin.ph3_topline.",
    "program": "The program it is about, by id.",
    "milestone": "The milestone, such as clin.ph3_topline.",
    "qualifier": "Which one: the trial, the round, the region.",
    "occurred": "When it happened: EDTF, some day within.",
    "disclosed": "When it became public: EDTF or an instant.",
    "outcome": "What it does to the milestone: reached or failed.",
    "result": "What it found: positive, negative or mixed.",
    "window": "Of an expectation: when it is to happen, EDTF.",
    "stated-on": "When the expectation was stated, EDTF.",
    "said-by": "Who said so.",
    "words": "The source's own words for the window.",
    "withdraws": "The expectation that this one takes back.",
    "document": "The document it stands in, by id.",
    "attributed-to": "Whose account of it this is.",
    "valid-from": "From when its facts hold: a day or an instant.",
    "valid-to": "Before when they hold.",
    "open-end": "Without an end they hold until_next or forever.",
    "visibility": "public or internal.",
    "confidence": "high, medium or low.",
    "summary": "What happened, in a sentence.",
    "data-subject": "Whose the personal facts are; it never enters the log.",
    "name": "What a program or an issuer is called.",
    "published": "When a document was published.",
    "title": "A document's title.",
    "url": "Where a document is.",
}


def _pairs(verb: Verb) -> Verb:
    """Give `verb` --fact and --set."""
    fact = click.option("--fact", "facts", multiple=True, metavar="NAME=JSON", help="One fact.")
    told = "The name of a fact that tells of a person: it is sealed."
    personal = click.option("--personal", multiple=True, metavar="NAME", help=told)
    other = click.option(
        "--set", "pairs", multiple=True, metavar="KEY=JSON", help="Any other key of the item."
    )
    return fact(personal(other(verb)))


def _item_keys(verb: Verb) -> Verb:
    """Give `verb` an option for every key of an item that is text."""
    for name, told in reversed(_KEYS.items()):
        verb = click.option(f"--{name}", metavar="TEXT", help=told)(verb)
    return verb


def _change(verb: Verb) -> Verb:
    """Give `verb` the options of a change: why, and under which id."""
    reason = click.option("--reason", metavar="TEXT", help="Why, for those who read it later.")
    return reason(click.option("--id", metavar="TEXT", help="Its own id. [default: made]")(verb))


def writing(verb: Verb) -> Verb:
    """Give `verb` the options of every write."""
    key = click.option(
        "--key", metavar="TEXT", help="Idempotency key: the same request under it adds nothing."
    )
    dry = click.option("--dry-run", is_flag=True, help="Tell what it would change; write nothing.")
    yes = click.option("--yes", is_flag=True, help="Do not ask, on a terminal.")
    return key(dry(yes(as_json(verb))))


@click.command(
    "record",
    short_help="Record one item by hand.",
    epilog=example(
        "timeline record migenix --type milestone.reached --program omigard \\",
        "    --milestone clin.ph3_topline --occurred 2009-03 --disclosed 2009-03-12",
        "timeline record migenix - < item.json",
    ),
)
@click.argument("issuer")
@click.argument("source", required=False, metavar="[-]")
@click.option("--kind", type=click.Choice(_KINDS), help="[default: as its keys say]")
@_item_keys
@_pairs
@click.option("--reason", metavar="TEXT", help="Why, of an event that wants it.")
@writing
def record(issuer: str, source: str | None, *, kind: str | None, **options: Any) -> None:
    """Record one item of ISSUER: an event, or what --kind says.

    It is given by options, or with - as one JSON object on standard input, as it would stand in a
    bundle. What has a window or a stated_on is an expectation. What is recorded already adds
    nothing.
    """
    item = _stated(options)
    if source is not None:
        _require_stdin(source, item)
        item = _json(_stdin(), "standard input")
    if not isinstance(item, dict) or not item:
        raise BadInput("say what to record, by options or by - and JSON", place="ITEM")
    of = kind or ("expectation" if any(k in item for k in _OF_EXPECTATIONS) else "event")
    _carry_out(lambda t: partial(t.record, issuer, item, kind=of), options, of)


@click.command(
    "correct",
    short_help="Put an item right: we misread the source.",
    epilog=example(
        "timeline correct migenix ev-om-top --set 'result=\"mixed\"' --reason misread",
        "timeline correct migenix ev-om-top - < correction.json",
    ),
)
@click.argument("issuer")
@click.argument("target")
@click.argument("source", required=False, metavar="[-]")
@click.option("--set", "pairs", multiple=True, metavar="KEY=JSON", help="One key; null removes it.")
@_change
@writing
def correct(issuer: str, target: str, source: str | None, **options: Any) -> None:
    """Put the item TARGET right: we misread the source.

    Moves on --as-at alone: what was answered before can still be asked. With - the change is read
    from standard input, as {"set": {...}, "reason": "..."}.
    """
    pairs = pairs_of(options["pairs"], "--set")
    given = {"set": pairs or None} | _own(options)
    told = _told("correction", source, given)
    _carry_out(lambda t: partial(t.correct, issuer, target, **told), options, "correction", target)


@click.command(
    "retract",
    short_help="Take an item out: it should not be there.",
    epilog=example("timeline retract migenix ev-om-top --reason duplicate --dry-run"),
)
@click.argument("issuer")
@click.argument("target")
@click.argument("source", required=False, metavar="[-]")
@_change
@writing
def retract(issuer: str, target: str, source: str | None, **options: Any) -> None:
    """Take the item TARGET out of the record: we should not have recorded it.

    Moves on --as-at alone, and what it hid comes back. With - the rest is read from standard input,
    as {"reason": "..."}.
    """
    told = _told("retraction", source, _own(options))
    _carry_out(lambda t: partial(t.retract, issuer, target, **told), options, "retraction", target)


@click.command(
    "adjudicate",
    short_help="Decide on one statement.",
    epilog=example(
        "timeline adjudicate migenix ex-om-top-04 met_late --reason agreed --disclosed 2009-03-12"
    ),
)
@click.argument("issuer")
@click.argument("expectation")
@click.argument("verdict", metavar="VERDICT|-")
@click.option("--disclosed", metavar="WHEN", help="Public since. [default: today, UTC]")
@_change
@writing
def adjudicate(issuer: str, expectation: str, verdict: str, **options: Any) -> None:
    """Decide on the statement EXPECTATION, in the place of the rules.

    The verdict counts from the day it was disclosed. With - in its place it is read from standard
    input, as {"verdict": "...", "reason": "..."}.
    """
    source = verdict if verdict == _STDIN else None
    given = {"verdict": None if source else verdict, "disclosed": options["disclosed"]}
    told = _told("adjudication", source, given | _own(options))

    def command(timeline: Timeline) -> Write:
        return partial(timeline.adjudicate, issuer, expectation, **told)

    _carry_out(command, options, "adjudication", expectation)


def _carry_out(
    command: Callable[[Timeline], Write],
    options: dict[str, Any],
    what: str,
    of: str | None = None,
) -> None:
    """Show what it would change and ask, where somebody can answer; write; tell what it did."""
    from api.cli.written import Report  # noqa: PLC0415

    report = Report(what, of)
    with opened() as timeline:
        write = partial(command(timeline), key=options["key"])
        asks = not (options["dry_run"] or options["yes"]) and sys.stdin.isatty()
        if asks and not report.ask_first(write(dry_run=True)):
            click.echo("nothing was recorded", err=True)
            sys.exit(CHECK_FAILED)
        written = write(dry_run=options["dry_run"])
    report.tell(written, as_json=options["as_json"], shown=asks)


def _told(reader: str, source: str | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a change, read by the reader of the same body over HTTP."""
    from api import bodies  # noqa: PLC0415

    stated = {key: value for key, value in given.items() if value is not None}
    if source is not None:
        _require_stdin(source, stated)
    read = getattr(bodies, reader)
    told: dict[str, Any] = read(_written(stated) if source is None else _stdin())
    if told.pop("issuer") is not None:
        raise BadInput("is named by the command; leave it out of the body", place="issuer")
    return told


def _written(stated: dict[str, Any]) -> bytes:
    from timeline.canonical import canonical_json  # noqa: PLC0415

    try:
        return canonical_json(stated)
    except UnicodeEncodeError:  # an argument may hold bytes that no locale reads
        raise BadInput("is not UTF-8; write it anew", place="OPTIONS") from None


def _own(options: dict[str, Any]) -> dict[str, Any]:
    return {"id": options["id"], "reason": options["reason"]}


def _stated(options: dict[str, Any]) -> dict[str, Any]:
    """Return the item that the options of `record` make."""
    names = (*(name.replace("-", "_") for name in _KEYS), "reason")
    item: dict[str, Any] = {name: options[name] for name in names if options[name] is not None}
    if options["facts"]:
        item["facts"] = pairs_of(options["facts"], "--fact")
    if options["personal"]:
        item["personal"] = list(options["personal"])
    return pairs_of(options["pairs"], "--set", item)


def pairs_of(
    texts: tuple[str, ...], option: str, given: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return `given` with what `texts` say, each NAME=JSON; no name is said twice."""
    told = dict(given or {})
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise BadInput(f"{text!r} is no NAME=JSON", place=option)
        if name in told:
            raise BadInput(f"{name} is given already", place=option)
        told[name] = _json(value.encode(errors="surrogateescape"), f"{option} {name}")
    return told


def _json(data: bytes, place: str) -> Any:
    from timeline.bundle import read_json  # noqa: PLC0415

    try:
        return read_json(data, "this")
    except BadInput as error:
        raise BadInput(f'{error.message}; text stands in quotes, as "text"', place=place) from None


def _require_stdin(source: str, stated: dict[str, Any]) -> None:
    if source != _STDIN:
        raise BadInput(f"{source!r} is one too many; - means standard input", place="SOURCE")
    if stated:
        raise BadInput(f"goes with no options, and {', '.join(stated)} is given", place=_STDIN)


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


VERBS = (record, correct, retract, adjudicate)
