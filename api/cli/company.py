"""The verbs about the whole company: those of `api.questions`, and changes between two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from api.cli.options import clocks, example, explain, tables
from api.cli.telling import tell
from api.company_tables import CHANGES
from api.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answers import Answer
    from api.questions import Beside, Question
    from api.timeline import Timeline

    Ask = Callable[[Timeline, Any], Answer]

_MOVES = click.Choice(["known_at", "as_of", "as_at"])


def _verb(question: Question) -> click.Command:
    """Make the verb of a question about one issuer."""

    def run(issuer: str, **options: Any) -> None:
        by = options.pop("by", None)
        only = [named for named in question.beside if options.pop(named.name)]

        def ask(timeline: Timeline, when: Any) -> Answer:
            return timeline.ask(question.name, issuer, by=by, explain=options["explain"], **when)

        if only:
            _tell_beside(only[0], ask, options)
        else:
            below = tuple((beside.name, beside.layout) for beside in question.beside)
            tell(question.layout, ask, options, below=below)

    verb = click.argument("issuer")(clocks(explain(tables(run))))
    for beside in question.beside:
        told = f"Tell the {beside.layout.title} alone."
        verb = click.option(f"--{beside.name}", is_flag=True, help=told)(verb)
    if question.grouped_by:
        groupings = click.Choice(question.grouped_by)
        verb = click.option("--by", type=groupings, help="Tell these groups alone.")(verb)
    return click.command(
        question.name,
        short_help=question.short_help,
        help=question.told,
        epilog=example(*question.examples),
    )(verb)


def _tell_beside(listed: Beside, ask: Ask, options: dict[str, Any]) -> None:
    """Tell one of the lists that stand beside the answer's own."""
    from api.answers import Answer  # noqa: PLC0415

    def beside(timeline: Timeline, when: Any) -> Answer:
        answer = ask(timeline, when)
        return Answer(answer.asked, answer.more[listed.name])

    tell(listed.layout, beside, options)


@click.command(
    "changes",
    short_help="Hold two dates side by side.",
    epilog=example(
        "timeline changes migenix --from 2008-07-08 --to 2009-04-01",
        "timeline changes migenix --from position:380 --to position:383 --clock as_at",
    ),
)
@click.argument("issuer")
@click.option("--from", "since", metavar="WHEN", required=True, help="After this.")
@click.option("--to", metavar="WHEN", required=True, help="Up to and with this.")
@click.option("--clock", type=_MOVES, default="known_at", show_default=True, help="What moves.")
@clocks
@explain
@tables
def changes(issuer: str, *, since: str, to: str, clock: str, **options: Any) -> None:
    """Hold two dates side by side: what became known in between, by program and milestone.

    One clock moves. On known_at, --as-of goes along with it unless stated; on as_of and as_at the
    other clocks stand still, at today unless stated.
    """

    def ask(timeline: Timeline, when: Any) -> Answer:
        return timeline.changes(issuer, since=since, to=to, clock=clock, **when)

    tell(CHANGES, ask, options)


VERBS = (*(_verb(question) for question in QUESTIONS), changes)
