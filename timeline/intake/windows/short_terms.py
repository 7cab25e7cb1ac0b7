"""Short terms of reports: "Q3", "2H12", "3Q2009", "4QFY09", "Q3'09"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.found import Found
from timeline.intake.windows.said import Unit, Year
from timeline.intake.windows.years import kind_at, two_digits, year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_SHORT: Final = re.compile(
    r"(fy|f|c|cy)?(?:([1-4])([qht])|([qht])([1-4]))(?:(fy|f|cy|c)?((?:19|20)[0-9]{2}|[0-9]{2}))?e?"
)
_SHORT_UNITS: Final = {"q": "quarter", "t": "quarter", "h": "half"}
_HALVES: Final = 2


def short(tokens: Tokens, i: int) -> Found | None:
    """Read "Q3", "2H12", "3Q2009", "FQ3", "4QFY09", "Q3'09", "H1 of 2009"."""
    named, i = kind_at(tokens, i)
    match = _SHORT.fullmatch(tokens.at(i))
    if match is None:
        return None
    letter, number = match[3] or match[4], int(match[2] or match[5])
    unit = _SHORT_UNITS[letter]
    if unit == "half" and number > _HALVES:
        return None
    kind = (match[1] or match[6] or "")[:1]
    fiscal = {"f": True, "c": False}.get(kind, named)
    year, j = _year_of_short(tokens, i + 1, match[7])
    if year is None and letter == "t":
        return None
    return Found(
        Unit(unit, number, year=year, fiscal=fiscal), j, weak=year is None and unit == "half"
    )


def _year_of_short(tokens: Tokens, j: int, digits: str | None) -> tuple[Year | None, int]:
    if digits is not None:
        return Year(int(digits) if len(digits) > len("09") else two_digits(digits)), j
    return year_behind(tokens, j) or (None, j)
