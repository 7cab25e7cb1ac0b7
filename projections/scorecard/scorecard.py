"""The scorecard of an issuer: figures by speaker, by kind of milestone, and of everything said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.milestones import chains_at
from projections.scorecard.figures import explained, figures, heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from projections.scorecard.figures import Heard
    from timeline.bitemporal import Clocks

    Groups = dict[str | None, list[Heard]]


def scorecard_at(
    connection: Connection, issuer: str, *, clocks: Clocks, explain: bool = False, **_: Any
) -> list[dict[str, Any]]:
    """Return the figures of all the issuer's statements at `clocks`, then group by group.

    `by` and `of` name the group: `issuer`; `speaker`, who said it (None: not recorded), who spoke
    most first; `group`, the milestone's name up to the first dot; `milestone`.
    """
    told = heard(chains_at(connection, issuer, clocks=clocks))
    return [
        {"by": by, "of": of, **figures(group), "position": clocks.as_at}
        | (explained(group) if explain else {})
        for by, of, group in _groups(issuer, told)
    ]


def group_of(milestone: str) -> str:
    """Return the group of a milestone: its name up to the first dot."""
    return milestone.partition(".")[0]


def _groups(issuer: str, told: list[Heard]) -> Iterator[tuple[str, str | None, Sequence[Heard]]]:
    yield "issuer", issuer, told
    speakers = _parted(told, lambda one: one.judged.statement.said_by)
    by_most = sorted(speakers, key=lambda who: (-len(speakers[who]), who or ""))
    yield from (("speaker", who, speakers[who]) for who in by_most)
    groups = _parted(told, lambda one: group_of(one.judged.statement.target.milestone))
    yield from (("group", name, groups[name]) for name in sorted(groups, key=str))
    names = _parted(told, lambda one: one.judged.statement.target.milestone)
    yield from (("milestone", name, names[name]) for name in sorted(names, key=str))


def _parted(told: list[Heard], key: Callable[[Heard], str | None]) -> Groups:
    parted: Groups = {}
    for one in told:
        parted.setdefault(key(one), []).append(one)
    return parted
