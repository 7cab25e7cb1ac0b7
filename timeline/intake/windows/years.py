"""Years as they are written: 2009, '09, FY09, fiscal 2009, next year, the calendar year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.said import Year

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

    YearAt = tuple[Year, int]

_FOUR: Final = re.compile(r"(?:19[5-9]|20[0-9])[0-9]e?")
_TWO: Final = re.compile(r"[0-9]{2}")
_SHORT: Final = re.compile(r"(fy|f|cy|c)((?:19|20)?[0-9]{2})e?")
_FISCAL: Final = {
    "fiscal": True,
    "financial": True,
    "fy": True,
    "f": True,
    "calendar": False,
    "cy": False,
}
_PIVOT: Final = 70


def number_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return a year in four digits, or two after an apostrophe, and the place behind it."""
    word = tokens.at(i)
    if _FOUR.fullmatch(word):
        return None if _counts(tokens, i + 1) else (int(word[:4]), i + 1)
    if word == "'" and _TWO.fullmatch(tokens.at(i + 1)) and tokens.glued(i + 1):
        return two_digits(tokens.at(i + 1)), i + 2
    return None


def two_digits(word: str) -> int:
    """Return the year of two digits."""
    number = int(word)
    return number + (2000 if number < _PIVOT else 1900)


def _counts(tokens: Tokens, i: int) -> bool:
    """Whether the number before `i` counts things or is a part of a longer sign."""
    word = tokens.at(i)
    return word in english().sets["counted"] or (word in ("%", "$") and tokens.glued(i))


def kind_at(tokens: Tokens, i: int) -> tuple[bool | None, int]:
    """Return whether "fiscal" or "calendar" stands at `i`, and the place behind it."""
    if tokens.at(i) not in _FISCAL:
        return None, i
    return _FISCAL[tokens.at(i)], i + 1


def year_at(tokens: Tokens, i: int) -> YearAt | None:
    """Return the year that stands at `i`, however it is written."""
    if tokens.at(i) == "the":
        return _the_year(tokens, i + 1)
    if match := _SHORT.fullmatch(tokens.at(i)):
        digits = match[2]
        number = int(digits) if _FOUR.fullmatch(digits) else two_digits(digits[-2:])
        return Year(number, fiscal=_FISCAL.get(match[1], False)), i + 1
    return _kind_and_number(tokens, i) or _relative(tokens, i)


def _kind_and_number(tokens: Tokens, i: int) -> YearAt | None:
    fiscal, j = kind_at(tokens, i)
    if tokens.at(j) in ("year", "years"):
        j += 1
    if found := number_at(tokens, j):
        return Year(found[0], fiscal=fiscal), found[1]
    if fiscal is not None and _TWO.fullmatch(tokens.at(j)):
        return Year(two_digits(tokens.at(j)), fiscal=fiscal), j + 1
    return None


def _the_year(tokens: Tokens, i: int) -> YearAt | None:
    fiscal, j = kind_at(tokens, i)
    if tokens.at(j) == "year" and number_at(tokens, j + 1) is None:
        return Year(shift=0, fiscal=fiscal, bare=True), j + 1
    return _kind_and_number(tokens, i) or _relative(tokens, i)


def _relative(tokens: Tokens, i: int) -> YearAt | None:
    found = english().phrases["relative"].at(tokens, i)
    if found is None:
        return None
    shift, j = found
    fiscal, j = kind_at(tokens, j)
    if tokens.at(j) != "year":
        return None
    return Year(shift=shift, fiscal=fiscal), j + 1


def year_behind(tokens: Tokens, i: int) -> YearAt | None:
    """Return the year that follows a month, quarter or half: "of 2009", ", 2009", "next year"."""
    if found := year_at(tokens, i):
        return found
    if tokens.at(i) in (",", "of", "in", "for"):
        return year_at(tokens, i + 1)
    if tokens.at(i) in ("-", "/", ":") and tokens.glued(i) and tokens.glued(i + 1):
        return _glued(tokens, i + 1)
    return None


def _glued(tokens: Tokens, i: int) -> YearAt | None:
    if found := year_at(tokens, i):
        return found
    if _TWO.fullmatch(tokens.at(i)):
        return Year(two_digits(tokens.at(i))), i + 1
    return None
