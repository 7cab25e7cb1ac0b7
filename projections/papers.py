"""Papers: the issuer's own documents as they stand beside one another, and what each spoke of.

This file holds no table. A document is the issuer's own when its publisher is the issuer by name or
alias, or nobody else is named. It spoke of what some recorded item was found in it for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from projections.documents import documents_at
from projections.event_index import event_index
from projections.issuers import issuers_at
from projections.read_model import recorded_by
from projections.windows import window_of
from timeline.events import Kind, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
    from timeline.packs import Vocabulary

_SAID = (Kind.EVENT.value, Kind.EXPECTATION.value)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the issuer's own, public from `published_on`, its last possible day.

    `programs` are those that a recorded item found in it is about, None for the issuer itself; it
    is empty where nothing was recorded of it.
    """

    id: str
    published_on: date
    kind: str | None = None
    title: str | None = None
    periodic: bool = False
    programs: frozenset[str | None] = frozenset()


def papers_at(
    connection: Connection, issuer: str, *, clocks: Clocks, packs: Vocabulary
) -> list[Paper]:
    """Return the own documents published by the earlier of `as_of` and `known_at`, in order.

    One whose day of publication is not recorded has no place among the others and is left out.
    """
    names, spoken = _names(connection, issuer, clocks), _spoken_of(connection, issuer, clocks)
    papers = [
        Paper(
            row["document"],
            published.latest,
            row["kind"],
            row["title"],
            packs.is_periodic(row["kind"], row["title"]),
            frozenset(spoken[row["document"]]),
        )
        for row in documents_at(connection, issuer, clocks=clocks)
        if _is_own(row["publisher"], names)
        and (published := window_of(row["published"])) is not None
        and published.latest is not None
    ]
    return sorted(papers, key=lambda paper: paper.published_on)


def previous_periodic(papers: Iterable[Paper], *, before: date) -> Paper | None:
    """Return the newest periodic document published before a day."""
    earlier = [p for p in papers if p.periodic and p.published_on < before]
    return max(earlier, key=lambda paper: paper.published_on, default=None)


def _names(connection: Connection, issuer: str, clocks: Clocks) -> set[str]:
    (row,) = (r for r in issuers_at(connection, as_at=clocks.as_at) if r["issuer"] == issuer)
    return {_plain(name) for name in (issuer, row["name"], *row["aliases"]) if name}


def _is_own(publisher: str | None, names: set[str]) -> bool:
    """Say whether `publisher` is one of `names`; a remark in brackets behind it does not count."""
    return publisher is None or _plain(publisher.partition("(")[0]) in names


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _spoken_of(
    connection: Connection, issuer: str, clocks: Clocks
) -> defaultdict[Any, set[str | None]]:
    """Return, by document, the programs of the public items that were found in it."""
    t = event_index.c
    query = select(t.document, t.program).distinct()
    query = query.where(
        t.issuer_id == issuer,
        recorded_by(event_index, clocks.as_at),
        t.kind.in_(_SAID),
        t.visibility == Visibility.PUBLIC.value,
        t.document.is_not(None),
        t.disclosed_at <= min(clocks.as_of, clocks.known_at),
    )
    spoken: defaultdict[Any, set[str | None]] = defaultdict(set)
    for document, program in connection.execute(query):
        spoken[document].add(program)
    return spoken
