"""Fiscal or calendar: which year the words about time mean. A product check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.compliance.about import of_claim
from projections.compliance.finding import Found, passed, review
from projections.compliance.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import TextRead

_CALENDAR = (12, 31)


def told(_: Evidence, read: TextRead) -> Iterator[Found]:
    """PC-09: quarters, halves and years say whose they are, where the fiscal year is another."""
    end = read.fiscal_year_end
    if end == _CALENDAR:
        yield passed("the fiscal year is the calendar year")
    elif end is None:
        yield review("when the fiscal year ends is not on record, nor was it told")
    else:
        open_ones = [claim for claim in read.claims if _is_open(claim)]
        for claim in open_ones:
            yield of_claim(claim, _open(claim, end))
        if not open_ones:
            yield passed("every quarter, half and year says whose it is, or none is named")


def _is_open(claim: Claim) -> bool:
    """Whether its words name a year or a part of one, no month, and not whose year it is."""
    words = claim.words if claim.window else None
    if not words or pattern("whose_year").search(words) or pattern("of_a_month").search(words):
        return False
    return pattern("of_a_year").search(words) is not None


def _open(claim: Claim, end: tuple[int, int]) -> Found:
    month, day = end
    told_end = f"the fiscal year ends on {month:02}-{day:02}"
    return review(f"'{claim.words}' says neither calendar nor fiscal; {told_end}", claim.id)
