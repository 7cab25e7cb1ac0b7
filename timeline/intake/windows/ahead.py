"""Time from now on: "the next six to nine months", "another four weeks", "the weeks ahead"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.intake.windows.amounts import amount_at
from timeline.intake.windows.english import english
from timeline.intake.windows.said import Amount
from timeline.intake.windows.spoken import Spoken
from timeline.intake.windows.ties import tie

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_ABOUT: Final = ("about", "approximately", "roughly", "around")
_ABOUT_IN_A_ROW: Final = 3


def lasting(tokens: Tokens, i: int) -> Spoken | None:
    """Read "last a few weeks", "take six to nine months", "another four weeks"."""
    lasting = english().phrases["lasting"].at(tokens, i)
    j = lasting[1] if lasting else i
    more = english().phrases["more"].at(tokens, j)
    j = more[1] if more else j
    if lasting is None and more is None:
        return None
    j = past_about(tokens, j)
    amount = amount_at(tokens, j)
    if amount is None or (more is None and amount[0].vague is None):
        return None
    if tied := tie(tokens, amount[1]):
        return tied
    how = "ahead" if amount[0].least == amount[0].most else "span"
    return Spoken(amount[1], how, amount=amount[0], about=more is None)


def ahead_at(tokens: Tokens, j: int, how: str | None) -> Spoken | None:
    """Read "the next six to nine months", "the coming month", "the weeks ahead"."""
    ahead = english().phrases["ahead"].at(tokens, j)
    k = ahead[1] if ahead else j + (tokens.at(j) == "the")
    k = past_about(tokens, k)
    amount = amount_at(tokens, k, bare=True)
    if ahead is None:
        return _to_come(tokens, amount)
    if amount is not None and tokens.at(k) not in ("a", "half"):
        kind = "least" if how in ("least", "from") else "ahead"
        amount = _and_months(tokens, amount)
        tied = tie(tokens, amount[1])
        return tied or Spoken(amount[1], kind, amount=amount[0])
    return _one_unit_ahead(tokens, j, k, how)


def _and_months(tokens: Tokens, amount: tuple[Amount, int]) -> tuple[Amount, int]:
    """Read "weeks and months" as the longer of the two."""
    end = amount[1]
    if tokens.at(end) == "and" and tokens.at(end + 1) in english().sets["plural_units"]:
        return amount_at(tokens, end + 1, bare=True) or amount
    return amount


def _to_come(tokens: Tokens, amount: tuple[Amount, int] | None) -> Spoken | None:
    behind = amount and english().phrases["to_come"].at(tokens, amount[1])
    if amount is None or not behind:
        return None
    return Spoken(behind[1], "ahead", amount=amount[0])


def _one_unit_ahead(tokens: Tokens, j: int, k: int, how: str | None) -> Spoken | None:
    """Read "in the coming month", "over the next year": from now on, not by the calendar."""
    unit = english().words["units"].get(tokens.at(k))
    if unit is None or how is None or unit in ("quarter", "half", "decade"):
        return None
    if tokens.at(j) != "the" or tokens.at(k - 1) not in ("coming", "next", "ensuing"):
        return None
    if tokens.has(k + 1, ("and", "a", "half")):
        return Spoken(k + 4, "ahead", amount=Amount(unit, 1.5, 1.5))
    return Spoken(k + 1, "coming", word=unit)


def past_about(tokens: Tokens, j: int) -> int:
    """Return the place behind "about" and its like, of which a few may stand in a row."""
    while tokens.at(j) in _ABOUT and tokens.at(j - _ABOUT_IN_A_ROW) not in _ABOUT:
        j += 1
    return j
