"""One milestone has one window inside a document. A product check."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from projections.compliance.about import of_claim
from projections.compliance.finding import Found, failed, passed, review
from projections.compliance.policy import NARROWER
from projections.compliance.spans_of_time import days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from timeline.expectations import Target


def one_window(evidence: Evidence) -> Iterator[Found]:
    """PC-01: what is said twice of one milestone is said of the same days."""
    by_target: dict[Target, list[Claim]] = defaultdict(list)
    for claim in evidence.claims:
        if claim.is_dated and claim.target.milestone:
            by_target[claim.target].append(claim)
    twice = [claims for claims in by_target.values() if len(claims) > 1]
    for claims in twice:
        for first, again in pairwise(claims):
            yield of_claim(again, _held(first, again))
    if not twice:
        yield passed("no milestone is given a time twice")
    yield from _against_the_list(evidence)


def _held(first: Claim, again: Claim) -> Found:
    ids = (first.id, again.id)
    a, b = first.window, again.window
    if a is None or b is None or a.latest is None or b.latest is None:
        return review("one of the two has no last day", *ids)
    told = f"{days_of(a)} and {days_of(b)}"
    starts = [max(w.earliest or again.made_on, again.made_on) for w in (a, b)]
    if max(starts) > min(a.latest, b.latest):
        apart = f"said twice, with no day in common: {told}"
        return review(apart, *ids) if _is_read(again) else failed(apart, *ids)
    if a.latest != b.latest:
        return review(f"said twice, with other last days: {told}", *ids)
    if abs(starts[0] - starts[1]) > NARROWER:
        return review(f"said twice, once much narrower: {told}", *ids)
    return passed(f"said twice, the same: {told}", *ids)


def _is_read(claim: Claim) -> bool:
    """Whether nobody has decided on it yet: a reading may take two milestones for one."""
    return claim.span is not None


def _against_the_list(evidence: Evidence) -> Iterator[Found]:
    """Yield where the list of the legend names other days than the statement it lists."""
    covered = evidence.text.covered() if evidence.text else {}
    for claim in evidence.claims:
        held = covered.get(claim.id)
        for told in held.times if held else ():
            yield of_claim(claim, review(told, claim.id, *(held.items if held else ())))
