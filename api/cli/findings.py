"""The verbs about rules: findings, and what a person decides on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from api.cli.opening import opened
from api.cli.options import as_json, clocks, example, tables
from api.cli.telling import stated, tell

if TYPE_CHECKING:
    from api.answers import Answer
    from api.timeline import Timeline

_RESULTS = click.Choice(["pass", "fail", "needs_review", "not_applicable"])


@click.command(
    "findings",
    short_help="Hold what was said against the rules.",
    epilog=example(
        "timeline findings migenix --as-of 2008-12-31 --result fail",
        "timeline findings migenix --as-of 2009-04-01 --rule PC-06 --json",
    ),
)
@click.argument("issuer")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="This rule alone; repeatable.")
@click.option("--result", type=_RESULTS, help="Only what ends so.")
@click.option("--document", metavar="ID", help="The document in hand. [default: the newest own]")
@clocks
@tables
def findings(issuer: str, **options: Any) -> None:
    """Hold what was said against the rules, on what was visible at the clocks and no more.

    A rule ends in pass, fail, needs_review or not_applicable, never in a violation; fail is kept
    for what a machine can prove. Rules on a document are held against those in force when it came
    out.
    """
    wanted = {name: options[name] for name in ("rules", "result", "document")}

    def ask(timeline: Timeline, when: Any) -> Answer:
        return timeline.findings(issuer, **wanted, **when)

    from api.finding_tables import FINDINGS  # noqa: PLC0415

    tell(FINDINGS, ask, options | {"explain": False})


@click.command(
    "review",
    short_help="Waive or confirm a finding.",
    epilog=example(
        "timeline review migenix 5c0a51b0a4d3 waived --reason 'minor' --as-of 2008-12-31",
    ),
)
@click.argument("issuer")
@click.argument("finding")
@click.argument("decision", type=click.Choice(["waived", "confirmed"]))
@click.option("--reason", metavar="TEXT", required=True, help="Why, for those who read it later.")
@click.option("--document", metavar="ID", help="The document in hand, if one was named.")
@click.option("--dry-run", is_flag=True, help="Tell what it would record; write nothing.")
@clocks
@as_json
def review(issuer: str, finding: str, decision: str, **options: Any) -> None:
    """Record that a person waived or confirmed FINDING, which stands at the clocks.

    A finding of a critical rule counts as waived once two people have waived it.
    """
    from api.cli.printing import print_json  # noqa: PLC0415

    told: Any = {name: options[name] for name in ("reason", "document", "dry_run")}
    with opened() as timeline:
        written = timeline.review(issuer, finding, decision, **told | stated(options))
    if options["as_json"]:
        print_json(written.body())
    else:
        click.echo(f"{decision}: {finding} by {written.id} at position {written.position}")


VERBS = (findings, review)
