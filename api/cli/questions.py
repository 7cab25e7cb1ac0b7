"""The verbs that ask: issuers, state, programs, milestones, statements, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from api.cli.options import clocks, example, explain, tables
from api.cli.telling import tell
from api.company_tables import ALL_MILESTONES, ALL_PROGRAMS, STAGES
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answers import Answer
    from api.timeline import Timeline

    Ask = Callable[[Timeline, Any], Answer]

Verb = TypeVar("Verb", bound="Callable[..., Any]")


def _about(verb: Verb) -> Verb:
    """Give `verb` its issuer and, if wanted, one program."""
    issuer = click.argument("issuer")
    return issuer(click.argument("program", required=False)(verb))


def _about_all(verb: Verb) -> Verb:
    """Give `verb` its issuer and, if wanted, one program; or --all issuers instead."""
    every = click.option("--all", "everywhere", is_flag=True, help="Of all issuers on record.")
    issuer = click.argument("issuer", required=False)
    return issuer(click.argument("program", required=False)(every(verb)))


_CLOSING = ("closing_before", "closing_within", "lapsed")


def _closing(verb: Verb) -> Verb:
    """Give `verb` what milestones can be narrowed by, the day their window ends."""
    days = click.IntRange(min=0, max=100_000)
    before = click.option(
        "--closing-before", metavar="DAY", help="Only open ones, their window's last day earlier."
    )
    within = click.option(
        "--closing-within",
        metavar="DAYS",
        type=days,
        help="Only open ones, at most so many days off.",
    )
    lapsed = click.option(
        "--lapsed", is_flag=True, help="Only those over and unheard of, not the open ones."
    )
    return before(within(lapsed(verb)))


def _check_scope(issuer: str | None, everywhere: bool, **filters: Any) -> None:
    """Refuse neither or both of an issuer and --all, and what only --all can be asked."""
    if issuer is None and not everywhere:
        raise BadInput("is missing; name one, or ask --all", place="ISSUER")
    if issuer is not None and everywhere:
        raise BadInput("cannot go with an issuer; choose one", place="--all")
    for name, value in filters.items():
        if not everywhere and value not in (None, False):
            raise BadInput("goes with --all", place=f"--{name.replace('_', '-')}")


@click.command(
    "issuers",
    short_help="List the issuers on record.",
    epilog=example("timeline issuers --as-at position:100"),
)
@clocks
@explain
@tables
def issuers(**options: Any) -> None:
    """List the issuers on record."""
    tell("ISSUERS", lambda timeline, when: timeline.issuers(**when), options)


@click.command(
    "state",
    short_help="Tell the status of programs, and why.",
    epilog=example(
        "timeline state migenix --as-of 2008-09-01",
        "timeline state migenix omigard --as-of 2009-04-01 --explain",
    ),
)
@_about
@clocks
@explain
@tables
def state(issuer: str, program: str | None, **options: Any) -> None:
    """Tell the status of the issuer's programs, or of one, and with --explain why.

    With --json and a PROGRAM it is one object that opens with the clocks, as over HTTP.
    """
    tell("STATE", _programs(issuer, program, options), options, one=program is not None)


@click.command(
    "programs",
    short_help="List programs and their names.",
    epilog=example(
        "timeline programs migenix --as-of 2006-09-01",
        "timeline programs --all --stage phase2 --as-of 2008-07-08",
        "timeline programs --all --stages --as-of 2008-07-08",
    ),
)
@_about_all
@click.option("--stage", help="With --all: only those at this stage.")
@click.option("--stages", is_flag=True, help="With --all: how many are at each stage, no list.")
@clocks
@explain
@tables
def programs(
    issuer: str | None,
    program: str | None,
    *,
    everywhere: bool,
    stage: str | None,
    stages: bool,
    **options: Any,
) -> None:
    """List the issuer's programs: their names, what else they are called, what they are.

    A program appears once something about it was public. With --all those of every issuer, each
    with its stage.
    """
    _check_scope(issuer, everywhere, stage=stage, stages=stages)
    if issuer is not None:
        tell("PROGRAMS", _programs(issuer, program, options), options)
        return

    def ask(timeline: Timeline, when: Any) -> Answer:
        if stages:
            return timeline.stages(**when)
        return timeline.all_programs(stage=stage, explain=options["explain"], **when)

    tell(STAGES if stages else ALL_PROGRAMS, ask, options)


@click.command(
    "milestones",
    short_help="Hold expected against actual.",
    epilog=example(
        "timeline milestones migenix omigard --as-of 2008-09-01",
        "timeline milestones migenix omigard --as-of 2008-09-01 --known-at 2010-01-01",
        "timeline milestones --all --closing-before 2009-01-01 --as-of 2008-10-15",
        "timeline milestones --all --lapsed --as-of 2008-10-15",
        "timeline milestones migenix --closing-within 90 --as-of 2008-10-15",
    ),
)
@_about_all
@_closing
@clocks
@explain
@tables
def milestones(
    issuer: str | None, program: str | None, *, everywhere: bool, **options: Any
) -> None:
    """Hold expected against actual: one row per milestone.

    A window means some day within it, its first and last day included. With --all those of every
    issuer, and with --closing-before, --closing-within or --lapsed those asked for alone, the one
    whose window ends first before the others.
    """
    closing = {name: options.pop(name) for name in _CLOSING}
    _check_scope(issuer, everywhere)
    narrowed = any(value not in (None, False) for value in closing.values())
    if narrowed and program is not None:
        raise BadInput("cannot go with --closing-... or --lapsed; ask the issuer", place="PROGRAM")

    def ask(timeline: Timeline, when: Any) -> Answer:
        if issuer is not None and not narrowed:
            return timeline.milestones(issuer, program, explain=options["explain"], **when)
        return timeline.all_milestones(issuer, **closing, explain=options["explain"], **when)

    tell(ALL_MILESTONES if issuer is None or narrowed else "MILESTONES", ask, options)


@click.command(
    "statements",
    short_help="List what was said of the future, with verdicts.",
    epilog=example("timeline statements migenix omigard --as-of 2009-04-01 --csv"),
)
@_about
@clocks
@explain
@tables
def statements(issuer: str, program: str | None, **options: Any) -> None:
    """List every statement about the future, in the order they were made, with its verdict."""
    tell("STATEMENTS", lambda timeline, when: timeline.statements(issuer, program, **when), options)


@click.command(
    "documents",
    short_help="List what was published.",
    epilog=example("timeline documents migenix --as-of 2008-09-01"),
)
@click.argument("issuer")
@clocks
@explain
@tables
def documents(issuer: str, **options: Any) -> None:
    """List what the issuer had published, oldest first."""
    tell("DOCUMENTS", lambda timeline, when: timeline.documents(issuer, **when), options)


def _programs(issuer: str, program: str | None, options: dict[str, Any]) -> Ask:
    def ask(timeline: Timeline, when: Any) -> Answer:
        return timeline.programs(issuer, program, explain=options["explain"], **when)

    return ask


VERBS = (issuers, state, programs, milestones, statements, documents)
