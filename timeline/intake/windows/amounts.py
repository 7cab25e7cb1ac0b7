"""Amounts of time: three weeks, six to nine months, a few days, ninety (90) days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.said import Amount

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

    AmountAt = tuple[Amount, int]

_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")
_TEN: Final = 10
_TWENTY: Final = 20
_HUNDRED: Final = 100
_HALF: Final = 0.5
_VAGUE: Final = {
    "few": "few",
    "several": "several",
    "number": "number",
    "many": "several",
    "some": "several",
    "matter": "several",
}


def amount_at(tokens: Tokens, i: int, *, bare: bool = False) -> AmountAt | None:
    """Return the amount at `i`; "weeks" without a number only where `bare` ones are meant."""
    return (
        _half_a_unit(tokens, i)
        or _vague(tokens, i)
        or _couple(tokens, i)
        or _counted(tokens, i)
        or (_bare(tokens, i) if bare else None)
    )


def number_at(tokens: Tokens, i: int) -> tuple[float, int] | None:
    """Return a number in digits or words, and the place behind it; "six (6)" is one number."""
    found = _digits(tokens, i) or _in_words(tokens, i)
    if found is None:
        return None
    number, j = found
    if tokens.at(j) == "(" and tokens.at(j + 2) == ")" and _NUMBER.fullmatch(tokens.at(j + 1)):
        return number, j + 3
    return number, j


def _digits(tokens: Tokens, i: int) -> tuple[float, int] | None:
    if not _NUMBER.fullmatch(tokens.at(i)) or (tokens.at(i - 1) in ("$", ",") and tokens.glued(i)):
        return None
    return float(tokens.at(i)), i + 1


def _in_words(tokens: Tokens, i: int) -> tuple[float, int] | None:
    numbers = english().words["numbers"]
    number = numbers.get(tokens.at(i))
    if number is None:
        return None
    j = i + 2 if tokens.at(i + 1) == "-" else i + 1
    ones = numbers.get(tokens.at(j), 0)
    if _TWENTY <= number < _HUNDRED and 0 < ones < _TEN:
        return float(number + ones), j + 1
    if tokens.at(i + 1) == "hundred":
        return float(number * _HUNDRED), i + 2
    return float(number), i + 1


def unit_at(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """Return the unit at `i`, past "calendar" and "business" and hyphens."""
    while tokens.at(i) in (
        "-",
        "calendar",
        "business",
        "full",
        "working",
        "trading",
        "consecutive",
    ):
        i += 1
    unit = english().words["units"].get(tokens.at(i))
    return None if unit is None else (unit, i + 1)


def _vague(tokens: Tokens, i: int) -> AmountAt | None:
    """Read "a few weeks", "several months", "a number of months", "a matter of days"."""
    j = i + 1 if tokens.at(i) in ("a", "the") else i
    vague = _VAGUE.get(tokens.at(j))
    if vague is None:
        return None
    j += 1
    if tokens.at(j) == "more" and tokens.at(j + 1) in english().sets["plural_units"]:
        return Amount(english().words["units"][tokens.at(j + 1)], vague=vague, more=True), j + 2
    if tokens.at(j) in ("short", "more", "additional", "further", "of"):
        j += 1
    if tokens.at(j) not in english().sets["plural_units"]:
        return None
    return Amount(english().words["units"][tokens.at(j)], vague=vague), j + 1


def _couple(tokens: Tokens, i: int) -> AmountAt | None:
    j = i + 1 if tokens.at(i) == "a" else i
    if tokens.at(j) not in ("couple", "pair"):
        return None
    j += 1 + (tokens.at(j + 1) == "of")
    if tokens.at(j) == "more":
        j += 1
    unit = unit_at(tokens, j)
    return None if unit is None else (Amount(unit[0], 2, 2), unit[1])


def _half_a_unit(tokens: Tokens, i: int) -> AmountAt | None:
    for words in (("half", "a"), ("a", "half"), ("one", "half", "of", "a")):
        if tokens.has(i, words) and (unit := unit_at(tokens, i + len(words))):
            return Amount(unit[0], _HALF, _HALF), unit[1]
    return None


def _counted(tokens: Tokens, i: int) -> AmountAt | None:
    """Read "three weeks", "a month", "six to nine months", "18-24 months", "a year and a half"."""
    least = _one(tokens, i) or number_at(tokens, i)
    if least is None:
        return None
    number, j = least
    most, j = _upper(tokens, number, j)
    unit = unit_at(tokens, j)
    if unit is None:
        return None
    half = tokens.has(unit[1], ("and", "a", "half"))
    more = _HALF if half else 0
    return Amount(unit[0], number + more, most + more), unit[1] + 3 * half


def _one(tokens: Tokens, i: int) -> tuple[float, int] | None:
    return (1.0, i + 1) if tokens.at(i) in ("a", "an") else None


def _upper(tokens: Tokens, least: float, i: int) -> tuple[float, int]:
    j = i
    if tokens.at(j) in english().words["units"]:
        j += 1
    while tokens.at(j) == "-" and tokens.at(j + 1) in ("to", "or"):
        j += 1
    if tokens.at(j) not in ("to", "-", "or", "and"):
        return least, i
    j += 1
    while tokens.at(j) == "-":
        j += 1
    upper = number_at(tokens, j)
    if upper is None or upper[0] <= least or unit_at(tokens, upper[1]) is None:
        return least, i
    return upper


def _bare(tokens: Tokens, i: int) -> AmountAt | None:
    """Read "weeks" and "months", which are as many as several."""
    if tokens.at(i) not in english().sets["plural_units"]:
        return None
    return Amount(english().words["units"][tokens.at(i)], vague="several"), i + 1
