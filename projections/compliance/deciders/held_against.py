"""The draft held against what the public was told before: windows, conditions, what is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from projections.compliance.about import of_claim, of_statement
from projections.compliance.finding import Found, beside, failed, passed, review
from projections.compliance.spans_of_time import days_of
from timeline.expectations import Relation, Verdict, relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence, Published
    from projections.compliance.reading import TextRead
    from timeline.bitemporal import Window
    from timeline.expectations import ChainHistory, Judged, Target

_YEAR = re.compile(r"\d{4}")
_GONE = "no time is given any more"
_MOVES = {
    Relation.PUSHED_OUT: "later",
    Relation.PULLED_IN: "earlier",
    Relation.NARROWED: "narrower",
    Relation.WIDENED: "wider",
}


def windows(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-10: every window against the one that stands in public."""
    by_chain: dict[Target, list[Claim]] = defaultdict(list)
    standing: dict[Target, Judged] = {}
    unplaced: list[Found] = []
    for claim in read.claims:
        chain = _stands_for(evidence, claim.target)
        if chain is not None and chain.standing is not None:
            by_chain[chain.target].append(claim)
            standing[chain.target] = chain.standing
        else:
            unplaced += _perhaps(evidence, claim)
    for target, claims in by_chain.items():
        yield from _against(claims, standing[target])
    yield from unplaced
    if not by_chain and not unplaced:
        yield beside("no statement of it is on a milestone that stands in public")


def _perhaps(evidence: Evidence, claim: Claim) -> list[Found]:
    """Hold a time against all that stands on its program, where its milestone was not told apart.

    It was not if the reading names none, or one that was reached before and so is hardly meant.
    """
    program = claim.target.program
    if not claim.is_dated or program is None or not _is_open(evidence, claim):
        return []
    dated = [j for c, j in evidence.standing if c.target.program == program and _is_dated(j)]
    if not dated:
        return []
    told = "; ".join(f"if {j.statement.target.milestone}: {_moved(claim, j).why}" for j in dated)
    found = review(f"which milestone of {program} is meant, if any, is open: {told}", *_ids(dated))
    return [of_claim(claim, found)]


def _is_open(evidence: Evidence, claim: Claim) -> bool:
    return not claim.target.milestone or any(c.outcome for c in _chains(evidence, claim.target))


def _is_dated(judged: Judged) -> bool:
    window = judged.statement.window
    return window is not None and window.latest is not None


def _ids(judged: Sequence[Judged]) -> list[str]:
    return [one.statement.id for one in judged]


def _against(claims: Sequence[Claim], standing: Judged) -> Iterator[Found]:
    dated = [claim for claim in claims if claim.is_dated]
    again = [claim for claim in claims if not claim.is_dated and _is_again(claim, standing)]
    for claim in claims:
        if claim.is_dated or claim in again:
            yield of_claim(claim, _again(standing) if claim in again else _moved(claim, standing))
    had = standing.statement
    if not (dated or again) and had.window is not None and had.window.latest is not None:
        yield of_claim(claims[0], _undated(claims, standing))
    condition = had.condition.text if had.condition else None
    if dated and condition and not any(claim.condition for claim in claims):
        told = f"the condition '{condition}' is dropped: {_said(standing)}"
        yield of_claim(dated[0], review(told, had.id))


def _undated(claims: Sequence[Claim], standing: Judged) -> Found:
    """Say that the time is gone, or that one that is over is given: that is read as no time."""
    over = [window for claim in claims for window in _over(claim, standing)]
    if over:
        told = f"the time that is given is over: {days_of(over[0])} in place of {_said(standing)}"
        return review(told, standing.statement.id)
    lapsed = standing.decision.verdict is Verdict.LAPSED
    told = "no time is given any more; the one that stands is over" if lapsed else _GONE
    return review(f"{told}: {_said(standing)}", standing.statement.id)


def _again(standing: Judged) -> Found:
    return failed(f"said again though it is over: {_said(standing)}", standing.statement.id)


def _is_again(claim: Claim, standing: Judged) -> bool:
    """Whether its words give the time that stands and is over, whatever day it began on."""
    if standing.decision.verdict is not Verdict.LAPSED:
        return False
    stood = standing.statement.window
    told = (relation(one, stood, stated_on=claim.made_on) for one in _over(claim, standing))
    return Relation.REAFFIRMED in told


def _over(claim: Claim, standing: Judged) -> Iterator[Window]:
    """Yield the times its words give that were over when it was made.

    They are read as if said when the standing ones were: "by March 31" is no time once it is past.
    """
    from timeline.intake.windows import read_windows  # noqa: PLC0415  # a text was read before

    for one in read_windows(claim.text or "", said_on=standing.statement.stated_on):
        window = one.window if _YEAR.search(one.words) else None
        if window is not None and window.latest is not None and window.latest < claim.made_on:
            yield window


def _moved(claim: Claim, standing: Judged) -> Found:
    """Say how a claim's window stands to the public one."""
    had, window = standing.statement, claim.window
    moved = relation(window, had.window, stated_on=claim.made_on)
    if window is None or had.window is None or moved is Relation.REPLACED:
        return review(f"a time is given where none stood: {_said(standing)}", had.id)
    if moved is not Relation.REAFFIRMED:
        how = f"{_MOVES[moved]}{_by(window, had.window)}{_past(claim, window)}"
        return review(f"{how}: {days_of(window)} in place of {_said(standing)}", had.id)
    if standing.decision.verdict is Verdict.LAPSED:
        return _again(standing)
    return passed(f"kept: {_said(standing)}", had.id)


def _past(claim: Claim, window: Window) -> str:
    """Tell that the time is over on the day it is said."""
    over = window.latest is not None and window.latest < claim.made_on
    return ", and over already" if over else ""


def _by(new: Window, old: Window) -> str:
    """Tell by how many days the last day moves."""
    if new.latest is None or old.latest is None or new.latest == old.latest:
        return ""
    return f" by {abs((new.latest - old.latest).days)} days"


def _said(judged: Judged) -> str:
    """Tell a statement on record: its window, who said it, when, and its id."""
    told = judged.statement
    window = days_of(told.window, told.words) if told.window else "no window"
    return f"{window}, {told.said_by or 'the issuer'} on {told.stated_on} ({told.id})"


def _chains(evidence: Evidence, target: Target) -> list[ChainHistory]:
    """Return what is on record of a milestone; its qualifier counts where it is given."""
    if not target.milestone:
        return []
    near = [chain for chain in evidence.chains if chain.target[:2] == target[:2]]
    exact = [chain for chain in near if chain.target.qualifier == target.qualifier]
    return exact or ([] if target.qualifier else near)


def _stands_for(evidence: Evidence, target: Target) -> ChainHistory | None:
    """Return the chain of a milestone that stands; of several the one last spoken of."""
    standing = [chain for chain in _chains(evidence, target) if chain.standing]
    return max(standing, key=_last_said, default=None)


def _last_said(chain: ChainHistory) -> tuple[str, str]:
    said = chain.standing.statement if chain.standing else None
    return (str(said.stated_on), said.id) if said else ("", "")


def dropped(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-11: what the last release spoke of and still stands is spoken of again."""
    last = _last_release(evidence)
    if last is None:
        yield beside("no earlier release of the issuer is on record with a statement")
        return
    spoken = [claim.target for claim in read.claims]
    left = [j for c, j in evidence.standing if _is_in(c, last) and not _is_among(c.target, spoken)]
    named = {mention.id for mention in read.mentions}
    for judged in left:
        yield of_statement(judged, _left(judged, last, named))
    if not left:
        yield passed(f"it speaks of all that {last.id} spoke of and that stands", last.id)


def _last_release(evidence: Evidence) -> Published | None:
    said_in = {judged.statement.document for judged in evidence.judged}
    own = [d for d in evidence.documents if d.own and d.on is not None and d.id in said_in]
    return max(own, key=lambda one: str(one.on), default=None)


def _is_in(chain: ChainHistory, release: Published) -> bool:
    return any(judged.statement.document == release.id for judged in chain.statements)


def _is_among(target: Target, spoken: Sequence[Target]) -> bool:
    """Whether one of the claims is on that milestone, whatever it leaves unsaid of which one."""
    same = [one for one in spoken if one[:2] == target[:2]]
    return any(one.qualifier in (None, target.qualifier) for one in same)


def _left(judged: Judged, last: Published, named: set[str]) -> Found:
    target = judged.statement.target
    program = target.program
    still = f"; it does name {program}" if program in named else ""
    of = f"{target.milestone} of {program}" if program else target.milestone
    told = f"{last.id} spoke of {of}, this does not{still}: {_said(judged)}"
    return review(told, judged.statement.id, last.id)


def settled(evidence: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-12: nothing is said to come that has come, or has failed."""
    found = [one for claim in read.claims for one in _settled(evidence, claim)]
    yield from found or [passed("no statement is on a milestone that is met, failed or given up")]


def _settled(evidence: Evidence, claim: Claim) -> Iterator[Found]:
    chains = _chains(evidence, claim.target)
    over = [chain for chain in chains if _end_of(chain)]
    if not over or any(chain.standing for chain in chains):
        return
    last = max(over, key=lambda chain: str(chain.outcome and chain.outcome.place.disclosed_at))
    told, *because = _end_of(last)
    which = f" ({last.target.qualifier})" if last.target.qualifier else ""
    milestone = f"{claim.target.milestone}{which}"
    yield of_claim(claim, review(f"said to come, but {milestone} {told}", *because))


def _end_of(chain: ChainHistory) -> tuple[str, ...]:
    """Return in words how a chain ended, and the items that say so; () of one that has not."""
    if chain.outcome is not None:
        how = "was reached" if chain.outcome.reached else "failed"
        result = f", {chain.outcome.result}" if chain.outcome.result else ""
        told = f"{how} already{result}, on {days_of(chain.outcome.occurred)}"
        return (f"{told} ({chain.outcome.id})", chain.outcome.id)
    decided = chain.decision
    if decided is None or chain.standing is not None:
        return ()
    return (f"is told as {decided.verdict.value} on record", *decided.because)
