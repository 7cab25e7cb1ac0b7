"""Follow-up: what lapsed, closes soon, was revised or disappeared from one moment to another.

This file holds no table. It judges every chain at both moments and tells where they differ, so what
came of the calendar alone is told as well as what was published or recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.disappeared import silences, told_of
from projections.milestones import chains_at
from projections.papers import papers_at
from projections.windows import window_answer
from timeline.expectations import Relation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from projections.disappeared import Silence
    from timeline.bitemporal import Clocks
    from timeline.expectations import ChainHistory, Judged, Statement, Target
    from timeline.packs import Vocabulary

    Row = dict[str, Any]

LAPSED, CLOSING, REVISED, DISAPPEARED = "lapsed", "closing", "revised", "disappeared"
PARTS = (LAPSED, CLOSING, REVISED, DISAPPEARED)
_SAME = (None, Relation.REAFFIRMED)


@dataclass(frozen=True, slots=True)
class _Moment:
    """Every chain at one setting of the clocks, and which documents are silent about it."""

    clocks: Clocks
    chains: Mapping[Target, ChainHistory]
    silent: Mapping[Target, Silence]

    @classmethod
    def at(cls, connection: Connection, issuer: str, clocks: Clocks, packs: Vocabulary) -> _Moment:
        chains = chains_at(connection, issuer, clocks=clocks)
        papers = papers_at(connection, issuer, clocks=clocks, packs=packs)
        return cls(clocks, {c.target: c for c in chains}, silences(chains, papers))

    def standing(self, verdict: Verdict) -> dict[str, Judged]:
        """Return the standing statements so judged, by their ids."""
        judged = (chain.standing for chain in self.chains.values())
        return {j.statement.id: j for j in judged if j and j.decision.verdict is verdict}

    def closing(self, within: int) -> dict[str, Judged]:
        """Return the open ones whose window's last day is at most so many days off."""
        still = self.standing(Verdict.OPEN)
        left = {said: self.days_left(judged) for said, judged in still.items()}
        return {k: j for k, j in still.items() if (n := left[k]) is not None and n <= within}

    def days_left(self, judged: Judged) -> int | None:
        window = judged.statement.window
        last = window and window.latest
        return (last - self.clocks.day).days if last else None

    def dropped(self) -> dict[str, Target]:
        """Return the statements that documents are silent about, by their ids."""
        standing = ((target, self.chains[target].standing) for target in self.silent)
        return {judged.statement.id: target for target, judged in standing if judged}


def follow_up_between(
    connection: Connection,
    issuer: str,
    *,
    before: Clocks,
    after: Clocks,
    within: int,
    packs: Vocabulary,
) -> list[Row]:
    """Return what is so at `after` and was not at `before`, as rows that say `what`.

    `lapsed`: the window is over and nothing was heard; `revised`: a statement whose window differs
    from the one before it in its chain; `disappeared`: as `disappeared_at` tells. `closing` are all
    open windows that end within `within` days, `new` where they did not at `before`; the others are
    always new.
    """
    then = _Moment.at(connection, issuer, before, packs)
    now = _Moment.at(connection, issuer, after, packs)
    told = (_lapsed(then, now), _closing(then, now, within), _revised(then, now), _gone(then, now))
    return [row | {"position": after.as_at} for part in told for row in part]


def _lapsed(then: _Moment, now: _Moment) -> Iterator[Row]:
    known = then.standing(Verdict.LAPSED)
    for said, judged in now.standing(Verdict.LAPSED).items():
        if said not in known:
            yield _row(LAPSED, judged, now)


def _closing(then: _Moment, now: _Moment, within: int) -> Iterator[Row]:
    known, closing = then.closing(within), now.closing(within)
    for said, judged in sorted(closing.items(), key=lambda one: now.days_left(one[1]) or 0):
        yield _row(CLOSING, judged, now, new=said not in known)


def _revised(then: _Moment, now: _Moment) -> Iterator[Row]:
    known = {j.statement.id for chain in then.chains.values() for j in chain.statements}
    for chain in now.chains.values():
        previous: Statement | None = None
        for judged in chain.statements:
            if judged.statement.id not in known and judged.relation not in _SAME:
                was = window_answer(previous.window, previous.words) if previous else None
                yield _row(REVISED, judged, now) | {"was": was}
            previous = judged.statement


def _gone(then: _Moment, now: _Moment) -> Iterator[Row]:
    known = then.dropped()
    for said, target in now.dropped().items():
        judged = now.chains[target].standing
        if said not in known and judged is not None:
            yield _row(DISAPPEARED, judged, now) | {"silence": told_of(now.silent[target])}


def _row(what: str, judged: Judged, at: _Moment, *, new: bool = True) -> Row:
    statement = judged.statement
    last = statement.window and statement.window.latest
    return {
        "what": what,
        "new": new,
        "expectation": statement.id,
        **dict(zip(("program", "milestone", "qualifier"), statement.target, strict=True)),
        "said_by": statement.said_by,
        "stated_on": statement.stated.edtf,
        "document": statement.document,
        "words": statement.words,
        "window": window_answer(statement.window, statement.words),
        "relation": judged.relation and judged.relation.value,
        "verdict": judged.decision.verdict.value,
        "closes_on": last and last.isoformat(),
        "days_left": at.days_left(judged),
        "was": None,
        "silence": None,
    }
