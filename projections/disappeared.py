"""Disappeared: statements that still stand and that the issuer's newer documents are silent about.

This file holds no table. It says what is on record, not what a document holds: one of which a
statement was not recorded looks silent, so a person has to read it. It is a question, no verdict.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.milestones import chains_at
from projections.papers import papers_at
from projections.windows import window_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from projections.papers import Paper
    from timeline.bitemporal import Clocks
    from timeline.expectations import ChainHistory, Statement, Target
    from timeline.packs import Vocabulary

    Row = dict[str, Any]
    Mentions = Mapping[Target, set[str]]

PROGRAM, PERIODIC = "program", "periodic"


@dataclass(frozen=True, slots=True)
class Silence:
    """What stands on record of a milestone that newer documents do not speak of.

    `last` is the newest document that did, `mentioned_in` all of them in order. `silent` are the
    newer ones that had occasion to and did not, each with the grounds why; `unread` newer ones of
    which nothing is recorded.
    """

    last: Paper
    mentioned_in: tuple[Paper, ...]
    silent: tuple[tuple[Paper, tuple[str, ...]], ...]
    unread: tuple[Paper, ...]


def silence(target: Target, mentions: set[str], papers: Sequence[Paper]) -> Silence | None:
    """Return what is silent about `target`, None where nothing is or it was never mentioned.

    `mentions` are the ids of the documents that spoke of it, `papers` all own documents, in order.
    A document published on a later day than the newest mention had occasion to speak of it

    - `program`: when something about the same program is recorded of it;
    - `periodic`: when it is periodic, something is recorded of it, and a periodic one spoke of it.
    """
    spoke = tuple(p for p in papers if p.id in mentions)
    if not spoke:
        return None
    last = max(spoke, key=lambda paper: paper.published_on)
    was_periodic = any(p.periodic for p in spoke)
    newer = [p for p in papers if p.published_on > last.published_on]
    told = ((p, _grounds(p, target, was_periodic=was_periodic)) for p in newer)
    silent = tuple((p, grounds) for p, grounds in told if grounds)
    return (
        Silence(last, spoke, silent, tuple(p for p in newer if not p.programs)) if silent else None
    )


def _grounds(paper: Paper, target: Target, *, was_periodic: bool) -> tuple[str, ...]:
    of_program = (PROGRAM,) if target.program in paper.programs else ()
    periodic = (PERIODIC,) if was_periodic and paper.periodic and paper.programs else ()
    return of_program + periodic


def silences(chains: Iterable[ChainHistory], papers: Sequence[Paper]) -> dict[Target, Silence]:
    """Return the silence about every chain whose newest statement stands."""
    chains = list(chains)
    mentions = _mentions(j.statement for chain in chains for j in chain.statements)
    standing = (chain.target for chain in chains if chain.standing is not None)
    found = ((target, silence(target, mentions[target], papers)) for target in standing)
    return {target: told for target, told in found if told is not None}


def _mentions(statements: Iterable[Statement]) -> defaultdict[Target, set[str]]:
    """Return the documents that spoke of each milestone, also as what another one hangs on."""
    found: defaultdict[Target, set[str]] = defaultdict(set)
    for said in statements:
        if said.document is not None:
            found[said.target].add(said.document)
            if said.condition is not None and said.condition.target is not None:
                found[said.condition.target].add(said.document)
    return found


def disappeared_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    packs: Vocabulary,
    explain: bool = False,
) -> list[Row]:
    """Return the standing statements that newer documents are silent about, the longest first."""
    chains = chains_at(connection, issuer, clocks=clocks)
    papers = papers_at(connection, issuer, clocks=clocks, packs=packs)
    found = silences(chains, papers)
    told = [_row(c, found[c.target], clocks.as_at) for c in chains if c.target in found]
    rows = sorted(told, key=lambda row: str(row["silent_since"]))
    return [row | _why(row) for row in rows] if explain else rows


def _row(chain: ChainHistory, found: Silence, position: int) -> Row:
    assert chain.standing is not None  # noqa: S101  # only of these is there a silence
    statement = chain.standing.statement
    return {
        "expectation": statement.id,
        **dict(zip(("program", "milestone", "qualifier"), chain.target, strict=True)),
        "said_by": statement.said_by,
        "stated_on": statement.stated.edtf,
        "words": statement.words,
        "window": window_answer(statement.window, statement.words),
        "verdict": chain.standing.decision.verdict.value,
        **told_of(found),
        "position": position,
    }


def told_of(found: Silence) -> Row:
    """Return a silence as answers tell it."""
    return {
        "last_document": found.last.id,
        "last_mentioned_on": found.last.published_on.isoformat(),
        "mentions": len(found.mentioned_in),
        "periodic_mentions": sum(paper.periodic for paper in found.mentioned_in),
        "silent_since": found.silent[0][0].published_on.isoformat(),
        "silent": [
            {
                "document": paper.id,
                "published_on": paper.published_on.isoformat(),
                "title": paper.title,
                "grounds": list(grounds),
            }
            for paper, grounds in found.silent
        ],
        "unread": [paper.id for paper in found.unread],
    }


def _why(row: Row) -> Row:
    documents = [row["last_document"], *(one["document"] for one in row["silent"])]
    return {"because": [row["expectation"], *documents], "overridden": []}
