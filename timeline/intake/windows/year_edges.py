"""Ends and middles in one word: "year-end 2008", "mid-year", "midsummer", "quarter-end"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found, with_year_behind
from timeline.intake.windows.said import Part, Unit
from timeline.intake.windows.years import kind_at, year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_MID: Final = re.compile(r"mid(year|summer|winter|month|week|quarter|spring|autumn|fall)?")


def edge_of_year(tokens: Tokens, i: int) -> Found | None:
    """Read "year-end 2008", "mid-year 2020", "midsummer", "end of year", "quarter-end"."""
    fiscal, j = kind_at(tokens, i)
    if tokens.at(j) in ("year", "quarter", "month", "yearend"):
        return _unit_end(tokens, j, fiscal)
    part, j = _mid(tokens, i)
    if part is None:
        return None
    if part in english().words["seasons"]:
        name = english().words["seasons"][part]
        return with_year_behind(tokens, j, Part("mid", Unit("season", name)))
    if part == "year":
        return _of_year(tokens, j, "mid")
    return Found(Part("mid", Unit(part, shift=0)), j)


def _mid(tokens: Tokens, i: int) -> tuple[str | None, int]:
    match = _MID.fullmatch(tokens.at(i))
    if match is None:
        return None, i
    if match[1]:
        return match[1], i + 1
    j = i + 1 + (tokens.at(i + 1) == "-")
    if tokens.at(j) in ("year", "month", "week"):
        return tokens.at(j), j + 1
    return None, i


def _unit_end(tokens: Tokens, j: int, fiscal: bool | None) -> Found | None:
    unit = tokens.at(j).removesuffix("end")
    if unit == tokens.at(j):
        j += 1 + 2 * tokens.has(j + 1, ("'", "s"))
        j += tokens.at(j) == "-"
        if tokens.at(j) not in ("end", "close"):
            return None
    if unit != "year":
        return Found(Part("end", Unit(unit, shift=0)), j + 1)
    return _of_year(tokens, j + 1, "end", fiscal=fiscal)


def _of_year(tokens: Tokens, j: int, part: str, *, fiscal: bool | None = None) -> Found:
    """Take the year behind "year-end" and "mid-year"; without one it is the next to come."""
    year = year_behind(tokens, j)
    if year is None:
        return Found(Part(part, Unit("year", fiscal=fiscal)), j)
    told = year[0] if fiscal is None else replace(year[0], fiscal=fiscal)
    return Found(Part(part, Unit("year", year=told)), year[1])
