"""Terms: what names a piece of the calendar, with the part of it that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.intake.windows.amounts import number_at as count_at
from timeline.intake.windows.endings import ending
from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found
from timeline.intake.windows.named_terms import (
    closed,
    dated,
    decade,
    feast,
    month,
    season,
    turn,
    weekday,
    year_alone,
)
from timeline.intake.windows.ordinals import ordinal, ordinal_unit
from timeline.intake.windows.relative_terms import relative
from timeline.intake.windows.said import Counted, Part, Stretch, Unit, Year, lacks_year, with_year
from timeline.intake.windows.short_terms import short
from timeline.intake.windows.year_edges import edge_of_year
from timeline.intake.windows.years import kind_at, number_at, year_at

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_DEEPEST: Final = 3


def term_at(tokens: Tokens, i: int, *, depth: int = 0) -> Found | None:
    """Return the term at `i`, its parts included; parts of parts to a depth of three."""
    if depth > _DEEPEST:
        return None
    j = i + 1 if tokens.at(i) == "the" else i
    if english().phrases["not_times"].at(tokens, j):
        return None
    if found := ending(tokens, j) or edge_of_year(tokens, j):
        return found
    for read in (_joined_mid, _counted, _part):
        if found := read(tokens, j, depth + 1):
            return found
    return _simple(tokens, i, j, depth + 1)


def _simple(tokens: Tokens, i: int, j: int, depth: int) -> Found | None:
    for read in (turn, closed, short, ordinal):
        if found := read(tokens, j):
            return found
    if found := _half(tokens, j, depth):
        return found
    for read in (dated, month, season, weekday, feast, decade):
        if found := read(tokens, j):
            return found
    return _year_first(tokens, i) or year_alone(tokens, i) or relative(tokens, j)


def _year_first(tokens: Tokens, i: int) -> Found | None:
    """Read "fiscal 2010 third quarter", "2009 year-end", "next year's first half"."""
    year = year_at(tokens, i)
    if year is None:
        return None
    owned = tokens.has(year[1], ("'", "s"))
    if year[0].number is None and not owned:
        return None
    j = year[1] + 2 * owned
    if dated_end := ending(tokens, j):
        return dated_end
    found = short(tokens, j) or ordinal(tokens, j) or edge_of_year(tokens, j)
    if found is None or not lacks_year(found.said):
        return None
    return Found(with_year(found.said, year[0]), found.end)


def _half(tokens: Tokens, i: int, depth: int) -> Found | None:
    """Read "first half of June", a part of what stands behind it."""
    read = ordinal_unit(tokens, i)
    if read is None or read[0].unit != "half" or tokens.at(read[1]) != "of":
        return None
    whole = term_at(tokens, read[1] + 1, depth=depth)
    part = "first half" if read[0].number == 1 else "second half"
    return Found(Part(part, whole.said), whole.end) if whole else None


def _joined_mid(tokens: Tokens, i: int, depth: int) -> Found | None:
    """Read "mid- to late-March", "early/mid 2009", "late or mid 2010"."""
    first = _part_word(tokens, i)
    if first is None:
        return None
    j = first[1] + (tokens.at(first[1]) == "-" and tokens.at(first[1] + 1) in ("to", "or"))
    if tokens.at(j) not in ("to", "or", "/", "-", "and"):
        return None
    second = _part_word(tokens, j + 1 + (tokens.at(j + 1) == "-"))
    if second is None:
        return None
    whole = _whole(tokens, second[1], depth)
    if whole is None:
        return None
    return Found(Stretch(Part(first[0], whole.said), Part(second[0], whole.said)), whole.end)


def _part_word(tokens: Tokens, i: int) -> tuple[str, int] | None:
    j = i + 1 if tokens.at(i) == "the" else i
    found: tuple[str, int] | None = english().phrases["parts"].at(tokens, j)
    return found


def _part(tokens: Tokens, i: int, depth: int) -> Found | None:
    """Read a part and its whole: "early 2009", "end of the second quarter", "later this year"."""
    found = english().phrases["parts"].at(tokens, i)
    if found is None:
        return None
    part, j = found
    whole = _whole(tokens, j, depth)
    if whole is None:
        return None
    return Found(Part(part, whole.said), whole.end)


def _whole(tokens: Tokens, j: int, depth: int) -> Found | None:
    if tokens.at(j) == "-":
        j += 1
    if tokens.at(j) in ("in", "of"):
        j += 1
    bare = _bare_unit(tokens, j)
    return bare or term_at(tokens, j, depth=depth)


def _bare_unit(tokens: Tokens, j: int) -> Found | None:
    """Read "the year", "the quarter", "the decade", which only a part makes a time of."""
    if tokens.at(j) == "the":
        j += 1
    fiscal, k = kind_at(tokens, j)
    unit = tokens.at(k)
    if unit not in ("year", "quarter", "month", "week", "decade", "half"):
        return None
    if unit == "year" and number_at(tokens, k + 1):
        return None
    if unit == "week" and tokens.at(k + 1) in ("of", "ending", "beginning", "starting"):
        return None
    if tokens.at(k + 1) in ("of", "-") or tokens.has(k + 1, ("end",)):
        return None
    if unit == "year":
        return Found(Unit("year", year=Year(shift=0, fiscal=fiscal, bare=True)), k + 1)
    return Found(Unit(unit, shift=0, fiscal=fiscal), k + 1)


def _counted(tokens: Tokens, i: int, depth: int) -> Found | None:
    """Read "first few weeks of 2011", "last two months of the year", "second week in August"."""
    which, j = _which(tokens, i)
    if which is None:
        return None
    number, vague, j = _how_many(tokens, j)
    unit = english().words["units"].get(tokens.at(j))
    if unit is None or tokens.at(j + 1) not in ("of", "in", "into"):
        return None
    whole = _whole(tokens, j + 2, depth)
    if whole is None:
        return None
    return _checked_count(which, number, unit, whole, vague=vague)


def _which(tokens: Tokens, i: int) -> tuple[str | int | None, int]:
    words = english()
    if tokens.at(i) in words.sets["last_ordinals"]:
        return "last", i + 1
    number = words.words["ordinals"].get(tokens.at(i))
    return number, i + 1


def _how_many(tokens: Tokens, j: int) -> tuple[int | None, bool, int]:
    if tokens.at(j) in ("few", "several"):
        return 4, True, j + 1
    if tokens.at(j) == "couple" and tokens.at(j + 1) == "of":
        return 2, False, j + 2
    count = count_at(tokens, j)
    return (int(count[0]), False, count[1]) if count else (None, False, j)


def _checked_count(
    which: str | int, number: int | None, unit: str, whole: Found, *, vague: bool
) -> Found | None:
    if number is None and which != "last":
        if unit in ("quarter", "half", "year"):
            return None
        return Found(Counted("number", int(which), unit, whole.said), whole.end)
    if which in ("last", 1):
        name = "last" if which == "last" else "first"
        return Found(Counted(name, number or 1, unit, whole.said, vague), whole.end)
    return None
