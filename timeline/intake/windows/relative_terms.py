"""Terms told from the day of the statement: "next quarter", "this summer", "last June", "today"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.windows.dates import month_at
from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found
from timeline.intake.windows.said import Today, Unit, Weekday, Year
from timeline.intake.windows.years import kind_at

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens


def relative(tokens: Tokens, i: int) -> Found | None:
    """Read "next quarter", "this summer", "next June", "this Friday", "the new year"."""
    if tokens.at(i) == "today":
        return Found(Today(), i + 1, weak=True)
    if tokens.at(i) == "tomorrow":
        return Found(Unit("day", shift=1), i + 1)
    found = english().phrases["relative"].at(tokens, i)
    if found is None or found[0] is None:
        return None
    shift, j = found
    fiscal, j = kind_at(tokens, j)
    word = tokens.at(j)
    if word in english().sets["plural_units"]:
        return None
    if word in english().words["units"]:
        return Found(Unit(english().words["units"][word], shift=shift, fiscal=fiscal), j + 1)
    return _relative_named(tokens, j, shift)


def _relative_named(tokens: Tokens, j: int, shift: int) -> Found | None:
    words = english().words
    if tokens.at(j) in words["weekdays"]:
        return Found(Weekday(words["weekdays"][tokens.at(j)], shift), j + 1)
    if month := month_at(tokens, j):
        if shift == 0 and tokens.at(j) in ("may", "march") and tokens.at(j + 1) not in ("", "."):
            return None
        return Found(_of_shift("month", month[0], shift), month[1])
    if tokens.at(j) in words["seasons"]:
        return Found(_of_shift("season", words["seasons"][tokens.at(j)], shift), j + 1)
    return None


def _of_shift(unit: str, number: int | str, shift: int) -> Unit:
    """Return this June as the next one to come; next and last June as of the years beside."""
    return Unit(unit, number) if shift == 0 else Unit(unit, number, year=Year(shift=shift))
