"""Quarters and halves by their number: "third quarter of 2009", "fiscal first half"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found
from timeline.intake.windows.said import Stretch, Unit
from timeline.intake.windows.years import kind_at, year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_LAST_QUARTER: Final = 4
_JOINTS: Final = ("or", "and", "/", "to", "-")


def ordinal(tokens: Tokens, i: int) -> Found | None:
    """Read "first half of 2009", "fiscal second quarter", "third calendar quarter"."""
    return _two_ordinals(tokens, i) or _one_ordinal(tokens, i)


def ordinal_unit(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """Read the quarter or half of a number, without the year behind it."""
    before, j = kind_at(tokens, i)
    word, j = tokens.at(j), j + 1
    if tokens.at(j) == "-":
        j += 1
    between, j = kind_at(tokens, j)
    unit = english().words["units"].get(tokens.at(j))
    number = _number_in_year(word, unit)
    if number is None or unit is None:
        return None
    return Unit(unit, number, fiscal=before if between is None else between), j + 1


def _two_ordinals(tokens: Tokens, i: int) -> Found | None:
    """Read "second or third quarter of 2009", "third and fourth quarters"."""
    fiscal, j = kind_at(tokens, i)
    word = tokens.at(j)
    if word not in english().words["ordinals"] or tokens.at(j + 1) not in _JOINTS:
        return None
    behind = _one_ordinal(tokens, j + 2)
    if behind is None or not isinstance(behind.said, Unit):
        return None
    number = _number_in_year(word, behind.said.unit)
    if number is None or number + 1 != behind.said.number:
        return None
    kind = behind.said.fiscal if fiscal is None else fiscal
    return Found(Stretch(replace(behind.said, number=number, fiscal=kind), behind.said), behind.end)


def _one_ordinal(tokens: Tokens, i: int) -> Found | None:
    """Take the year behind; "of" with something else behind it is no time ("of the trial")."""
    read = ordinal_unit(tokens, i)
    if read is None:
        return None
    unit, j = read
    if tokens.at(j) in ("period", "results") and year_behind(tokens, j + 1):
        j += 1
    if year := year_behind(tokens, j):
        return Found(replace(unit, year=year[0]), year[1])
    return None if tokens.at(j) == "of" else Found(unit, j)


def _number_in_year(word: str, unit: str | None) -> int | None:
    words = english().words
    if unit == "half":
        found: int | None = words["halves"].get(word)
        return found
    if unit != "quarter":
        return None
    if word in english().sets["last_ordinals"] and word != "last":
        return _LAST_QUARTER
    number: int | None = words["ordinals"].get(word)
    return number if number is not None and number <= _LAST_QUARTER else None
