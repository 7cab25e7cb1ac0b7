"""Outlooks: figures of the issuer's own to come. NI 51-102, part 4B."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from projections.compliance.about import of_claim
from projections.compliance.finding import Found, absent, beside, passed, review
from projections.compliance.wording import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance.claim import Claim
    from projections.compliance.evidence import Evidence
    from projections.compliance.reading import Spoken, TextRead

_MEASURES = ("fin.",)
_FIGURES = frozenset({"projection", "third_party_forecast"})
_YEAR_END = (12, 31)


def supported(_: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-4B2: an outlook rests on assumptions and looks no further than they reach."""
    told = [claim for claim in _figures(read) if _is_own(claim)]
    held = read.assumptions
    for claim in told:
        found = _supported(claim, held.spoken(claim), _next_year_end(read, claim.made_on))
        yield of_claim(claim, found)
    if not told:
        yield _none_of_its_own(read)


def _supported(claim: Claim, assumed: Spoken, end: date) -> Found:
    particular, last = assumed.in_particular, claim.window.latest if claim.window else None
    if not particular:
        return review("no assumption speaks to it in particular", claim.id)
    if last is None:
        return review("until when it looks was not read in it", *particular)
    if last > end:
        return review(f"it looks beyond {end}, the end of the next fiscal year", *particular)
    return passed(f"assumptions speak to it, and it ends by {end}", *particular)


def _next_year_end(read: TextRead, on: date) -> date:
    """Return the end of the fiscal year after the one that holds `on`."""
    month, day = read.fiscal_year_end or _YEAR_END
    this = _end_in(on.year, month, day)
    return _end_in(on.year + (1 if on <= this else 2), month, day)


def _end_in(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February in a year that has none
        return date(year, month, day - 1)


def dated_and_purposed(_: Evidence, read: TextRead) -> Iterator[Found]:
    """CA-4B3: an outlook says when management approved it, and what it is for."""
    told = [claim for claim in _figures(read) if _is_own(claim)]
    found = {name: pattern(name).search(read.text) for name in ("approval", "purpose")}
    missing = [name for name, match in found.items() if match is None]
    for claim in told:
        yield of_claim(claim, _stated(read, missing, claim.id))
    if not told:
        yield _none_of_its_own(read)


def _stated(read: TextRead, missing: list[str], claim: str) -> Found:
    if not missing:
        return passed("the day of approval and the purpose are stated", claim)
    if len(missing) > 1:
        perhaps = any(read.has_words(f"{name}_words") for name in missing)
        return absent(
            "neither the day of approval nor the purpose is stated", claim, perhaps=perhaps
        )
    return review(f"the {missing[0]} is not stated", claim)


def _figures(read: TextRead) -> list[Claim]:
    return [
        c for c in read.claims if c.target.milestone.startswith(_MEASURES) or c.form in _FIGURES
    ]


def _is_own(claim: Claim) -> bool:
    """Whether it is an outlook of the issuer: its own, and in figures."""
    return claim.own and claim.amounts


def _none_of_its_own(read: TextRead) -> Found:
    borrowed = [claim.id for claim in _figures(read)]
    if borrowed:
        why = (
            "no outlook in figures of its own; figures of others, or without a sum, to be looked at"
        )
        return beside(why, *borrowed)
    return beside("the document gives no outlook")
