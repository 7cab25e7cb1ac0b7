"""The worksheet: every standing statement, and what ended, with what became public in a period.

This file holds no table. It is for a person to go through before a periodic document is published:
NI 51-102 s.5.8 (Canada) has it discuss the events likely to make results differ materially from
earlier material forward-looking information. What is material, only a person says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from projections.disappeared import silences, told_of
from projections.documents import documents_at
from projections.milestones import chains_at, condition_answer
from projections.news import Between, Clock, news_between
from projections.papers import papers_at, previous_periodic
from projections.windows import window_answer
from timeline.bitemporal import end_of
from timeline.expectations import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from projections.disappeared import Silence
    from timeline.bitemporal import Clocks
    from timeline.expectations import ChainHistory, Judged, Statement
    from timeline.packs import Vocabulary

    Row = dict[str, Any]
    News = Sequence[tuple[Target, Row]]

FOR_A_PERSON = ("material", "discussed_where", "reviewer", "reviewed_on")
"""What stays empty for a person to fill in."""
_BEGINNING = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The rows, and after which day their period begins: that of `since_document`, or as asked.

    With neither a day nor an earlier periodic document it begins with the record, and both are
    None.
    """

    rows: list[Row]
    since: date | None
    since_document: str | None


class _Told(NamedTuple):
    """A statement the worksheet tells of, in its chain: it stands, or stood as the period began."""

    chain: ChainHistory
    judged: Judged
    stands: bool


def worksheet_at(
    connection: Connection,
    issuer: str,
    *,
    clocks: Clocks,
    packs: Vocabulary,
    since: date | None = None,
) -> Worksheet:
    """Return one row for each statement that stands, then for each that stood and ended since.

    The period ends with the earlier of `as_of` and `known_at`, and without `since` begins after the
    newest periodic document published on an earlier day than that. Each row has what became public
    in it and touches the statement.
    """
    papers = papers_at(connection, issuer, clocks=clocks, packs=packs)
    previous = None if since else previous_periodic(papers, before=clocks.day)
    begins = previous.published_on if previous else since
    chains = chains_at(connection, issuer, clocks=clocks)
    news = _news(connection, issuer, clocks, begins, chains)
    silent = silences(chains, papers)
    titles = {row["document"]: row for row in documents_at(connection, issuer, clocks=clocks)}
    rows = [
        _row(told, clocks, packs)
        | _titled(told.judged.statement, titles)
        | {"silence": _silence(silent.get(told.chain.target)), "events": _touching(told, news)}
        | dict.fromkeys(FOR_A_PERSON)
        | {"position": clocks.as_at}
        for told in (*_standing(chains), *_ended(connection, issuer, clocks, begins, chains))
    ]
    return Worksheet(rows, begins, previous.id if previous else None)


def _standing(chains: Sequence[ChainHistory]) -> Iterator[_Told]:
    yield from (_Told(c, c.standing, stands=True) for c in chains if c.standing is not None)


def _ended(
    connection: Connection,
    issuer: str,
    clocks: Clocks,
    since: date | None,
    chains: Sequence[ChainHistory],
) -> Iterator[_Told]:
    """Yield the statements that stood at the end of `since` and of whose chain nothing stands."""
    if since is None:
        return
    begun = replace(clocks, as_of=end_of(since), known_at=end_of(since))
    stood = {
        chain.target: chain.standing.statement.id
        for chain in chains_at(connection, issuer, clocks=begun)
        if chain.standing is not None
    }
    for chain in chains:
        if chain.standing is None and chain.target in stood:
            said = stood[chain.target]
            judged = next((j for j in chain.statements if j.statement.id == said), None)
            if judged is not None:
                yield _Told(chain, judged, stands=False)


def _news(
    connection: Connection,
    issuer: str,
    clocks: Clocks,
    since: date | None,
    chains: Sequence[ChainHistory],
) -> News:
    """Return what became public in the period, and of what; a decision is of its statement's."""
    by = min(clocks.as_of, clocks.known_at)
    after = replace(clocks, known_at=by)
    before = replace(clocks, known_at=min(by, end_of(since or _BEGINNING)))
    between = Between(Clock.KNOWN_AT, before, after)
    said = {j.statement.id: chain.target for chain in chains for j in chain.statements}
    return [
        (said.get(told.get("expectation", ""), Target(*group)), told)  # type: ignore[arg-type]
        for group, told in news_between(connection, issuer, between=between)
    ]


def _row(told: _Told, clocks: Clocks, packs: Vocabulary) -> Row:
    chain, judged, stands = told
    statement = judged.statement
    last = statement.window and statement.window.latest
    left = (last - clocks.day).days if last and stands else None
    earlier = (j for j in chain.statements if j.statement.order < statement.order)
    return {
        "expectation": statement.id,
        "stands": stands,
        "program": chain.target.program,
        "milestone": chain.target.milestone,
        "milestone_label": packs.milestone_label(chain.target.milestone),
        "qualifier": chain.target.qualifier,
        "words": statement.words,
        "said_by": statement.said_by,
        "stated_on": statement.stated.edtf,
        "document": statement.document,
        "window": window_answer(statement.window, statement.words),
        "condition": condition_answer(statement.condition),
        "verdict": judged.decision.verdict.value,
        "because": list(judged.decision.because),
        "overridden": list(judged.overridden),
        "closes_on": last and last.isoformat(),
        "days_left": left,
        "revisions": chain.revisions,
        "earlier": [_earlier(one) for one in earlier],
    }


def _earlier(judged: Judged) -> Row:
    statement = judged.statement
    return {
        "expectation": statement.id,
        "stated_on": statement.stated.edtf,
        "document": statement.document,
        "window": window_answer(statement.window, statement.words),
        "relation": judged.relation and judged.relation.value,
    }


def _titled(statement: Statement, documents: Mapping[str, Row]) -> Row:
    """Return what the statement's document is called, once it is public."""
    document = documents.get(statement.document or "", {})
    return {f"document_{key}": document.get(key) for key in ("title", "url")}


def _silence(found: Silence | None) -> Row | None:
    return None if found is None else told_of(found)


def _touching(told: _Told, news: News) -> list[Row]:
    """Return what touches the statement, but for itself, oldest publication first."""
    statement = told.judged.statement
    return [
        _event(item, touches)
        for target, item in news
        if item["event"] != statement.id and (touches := touched(statement, target)) is not None
    ]


def touched(statement: Statement, target: Target) -> str | None:
    """Say by what something about `target` touches a statement; None where it does not.

    `milestone` and `condition`: it is about the milestone it speaks of, or hangs on, and no other
    qualifier; `program`: about its program; `issuer`: both are about the issuer itself.
    """
    if _is_about(target, statement.target):
        return "milestone"
    condition = statement.condition
    if condition and condition.target and _is_about(target, condition.target):
        return "condition"
    if target.program != statement.target.program:
        return None
    return "issuer" if target.program is None else "program"


def _is_about(told: Target, wanted: Target) -> bool:
    same = told[:2] == wanted[:2]
    return same and (
        told.qualifier == wanted.qualifier or None in (told.qualifier, wanted.qualifier)
    )


def _event(told: Row, touches: str) -> Row:
    """Return news as the worksheet tells it; on this clock all of it has a day of disclosure."""
    own = ("event", "kind", "type")
    rest = ("occurred", "document", "summary")
    disclosed = {"touches": touches, "disclosed_on": told["disclosed_at"][:10]}
    return {k: told[k] for k in own} | disclosed | {k: told[k] for k in rest}
