"""The verb that tells the log: `events`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from api.cli.following import follow as follow_log
from api.cli.options import clocks, example, explain, tables
from api.cli.telling import tell

if TYPE_CHECKING:
    from api.answers import Answer
    from api.timeline import Timeline

_PAGE = 1_000
_POSITION = click.IntRange(min=0, max=2**63 - 1)


@click.command(
    "events",
    short_help="List what is in the log.",
    epilog=example(
        "timeline events migenix --after 370",
        "timeline events migenix --id ev-om-top --json",
        "timeline events --follow --json",
    ),
)
@click.argument("issuer", required=False)
@click.option("--id", "item", metavar="ID", help="Every version of the one item of this id.")
@click.option("--after", type=_POSITION, default=0, help="The position to start after.")
@click.option("--limit", type=click.IntRange(min=1), help="How many at most. [default: all]")
@click.option("--follow", is_flag=True, help="Go on with what is appended, until Ctrl-C.")
@clocks
@explain
@tables
def events(
    issuer: str | None,
    *,
    item: str | None,
    after: int,
    limit: int | None,
    follow: bool,
    **options: Any,
) -> None:
    """List what is in the log, oldest first: everything recorded by --as-at.

    With --as-of or --known-at only what was public by the earlier of them.
    """
    if follow:
        follow_log(issuer, after, limit, {"item": item, **options})
        return

    def ask(timeline: Timeline, when: Any) -> Answer:
        if item is not None:
            return timeline.event(item, issuer=issuer, **when)
        return _log(timeline, issuer, after, limit, when)

    tell("EVENTS", ask, options)


def _log(
    timeline: Timeline, issuer: str | None, after: int, limit: int | None, when: Any
) -> Answer:
    """Read the log page by page, all of it at the position of the first page."""
    first = answer = timeline.events(
        issuer=issuer, after=after, limit=min(limit or _PAGE, _PAGE), **when
    )
    pinned = when | {"as_at": f"position:{first.asked.position}"}
    while answer.next is not None and (limit is None or len(first.items) < limit):
        wanted = _PAGE if limit is None else min(limit - len(first.items), _PAGE)
        last = answer.items[-1]["position"]
        answer = timeline.events(issuer=issuer, after=last, limit=wanted, **pinned)
        first.items.extend(answer.items)
    return first


VERBS = (events,)
