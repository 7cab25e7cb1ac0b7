"""Terms: what names a piece of the calendar, with its parts, lists and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.amounts import number_at as count_at
from timeline.intake.windows.dates import date_at, month_at, weekday_at
from timeline.intake.windows.english import english
from timeline.intake.windows.said import (
    Counted,
    Day,
    Ending,
    Feast,
    Part,
    Said,
    Stretch,
    Today,
    Turn,
    Unit,
    Weekday,
    WeekOf,
    Year,
    with_year,
    year_of,
)
from timeline.intake.windows.years import kind_at, number_at, two_digits, year_at, year_behind

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Found:
    """A term and the place behind it; a `weak` one is about time only behind a preposition."""

    said: Said
    end: int
    weak: bool = False


_SHORT: Final = re.compile(
    r"(fy|f|c|cy)?(?:([1-4])([qht])|([qht])([1-4]))(?:(fy|f|cy|c)?((?:19|20)[0-9]{2}|[0-9]{2}))?e?"
)
_SHORT_UNITS: Final = {"q": "quarter", "t": "quarter", "h": "half"}
_DECADE: Final = re.compile(r"((?:19|20)[0-9]0)s")
_MID: Final = re.compile(r"mid(year|summer|winter|month|week|quarter|spring|autumn|fall)?")


def term_at(tokens: Tokens, i: int, *, depth: int = 0) -> Found | None:
    """Return the term at `i`, its parts included."""
    if depth > 3:
        return None
    j = i + 1 if tokens.at(i) == "the" else i
    if english().phrases["not_times"].at(tokens, j):
        return None
    for read in (_ending, _edge_of_year, _joined_mid, _counted):
        if found := read(tokens, j):
            return found
    return _part(tokens, j, depth) or _simple(tokens, i, j)


def _simple(tokens: Tokens, i: int, j: int) -> Found | None:
    for read in (_turn, _short, _ordinal, _dated, _month, _season, _weekday, _feast, _decade):
        if found := read(tokens, j):
            return found
    return _year(tokens, i) or _relative(tokens, j)


def _turn(tokens: Tokens, i: int) -> Found | None:
    for words in (("turn", "of", "the", "year"), ("turn", "of", "year"), ("year", "-", "turn")):
        if tokens.has(i, words):
            return Found(Turn(), i + len(words))
    return None


def _dated(tokens: Tokens, i: int) -> Found | None:
    if found := date_at(tokens, i):
        return Found(*found)
    return _week_of(tokens, i)


def _week_of(tokens: Tokens, i: int) -> Found | None:
    if tokens.at(i) != "week":
        return None
    how = {"of": "of", "beginning": "begin", "starting": "begin", "commencing": "begin", "ending": "end"}
    kind = how.get(tokens.at(i + 1))
    if kind is None:
        return None
    j = i + 2 + (tokens.at(i + 2) == "the")
    dated = weekday_at(tokens, j) or date_at(tokens, j)
    if dated is None or not isinstance(dated[0], Day):
        return None
    return Found(WeekOf(dated[0], kind), dated[1])


def _short(tokens: Tokens, i: int) -> Found | None:
    """Read "Q3", "2H12", "3Q2009", "FQ3", "4QFY09", "Q3'09", "H1 of 2009"."""
    named, i = kind_at(tokens, i)
    match = _SHORT.fullmatch(tokens.at(i))
    if match is None:
        return None
    letter, number = match[3] or match[4], int(match[2] or match[5])
    unit = _SHORT_UNITS[letter]
    if unit == "half" and number > 2:
        return None
    kind = (match[1] or match[6] or "")[:1]
    fiscal = {"f": True, "c": False}.get(kind, named)
    year, j = _year_of_short(tokens, i + 1, match[7])
    if year is None and letter == "t":
        return None
    return Found(Unit(unit, number, year=year, fiscal=fiscal), j, weak=year is None and unit == "half")


def _year_of_short(tokens: Tokens, j: int, digits: str | None) -> tuple[Year | None, int]:
    if digits is not None:
        return Year(int(digits) if len(digits) > 2 else two_digits(digits)), j
    return year_behind(tokens, j) or (None, j)


def _ordinal(tokens: Tokens, i: int) -> Found | None:
    """Read "first half of 2009", "fiscal second quarter", "third calendar quarter"."""
    before, j = kind_at(tokens, i)
    word, j = tokens.at(j), j + 1
    if found := _two_ordinals(tokens, j, word, before):
        return found
    if tokens.at(j) == "-":
        j += 1
    between, j = kind_at(tokens, j)
    unit = english().words["units"].get(tokens.at(j))
    number = _number_in_year(word, unit)
    if number is None or unit is None:
        return None
    fiscal = before if between is None else between
    return _ordinal_with_year(tokens, j + 1, Unit(unit, number, fiscal=fiscal))


def _two_ordinals(tokens: Tokens, j: int, word: str, fiscal: bool | None) -> Found | None:
    """Read "second or third quarter of 2009", "third and fourth quarters"."""
    if word not in english().words["ordinals"] or tokens.at(j) not in ("or", "and", "/", "to", "-"):
        return None
    behind = _ordinal(tokens, j + 1)
    if behind is None or not isinstance(behind.said, Unit):
        return None
    number = _number_in_year(word, behind.said.unit)
    if number is None or number + 1 != behind.said.number:
        return None
    first = replace(behind.said, number=number, fiscal=behind.said.fiscal if fiscal is None else fiscal)
    return Found(Stretch(first, behind.said), behind.end)


def _number_in_year(word: str, unit: str | None) -> int | None:
    words = english().words
    if unit == "half":
        found: int | None = words["halves"].get(word)
        return found
    if unit != "quarter":
        return None
    if word in english().sets["last_ordinals"] and word != "last":
        return 4
    number: int | None = words["ordinals"].get(word)
    return number if number is not None and number <= 4 else None


def _ordinal_with_year(tokens: Tokens, j: int, unit: Unit) -> Found | None:
    """Take the year behind; "of" with something else behind it is no time ("of the trial")."""
    if tokens.at(j) in ("period", "results") and year_behind(tokens, j + 1):
        j += 1
    if year := year_behind(tokens, j):
        return Found(replace(unit, year=year[0]), year[1])
    if tokens.at(j) == "of":
        return _half_of(tokens, j + 1, unit)
    return Found(unit, j)


def _half_of(tokens: Tokens, j: int, unit: Unit) -> Found | None:
    whole = term_at(tokens, j, depth=2)
    if whole is None or unit.unit != "half":
        return None
    part = "first half" if unit.number == 1 else "second half"
    return Found(Part(part, whole.said), whole.end)


def _ending(tokens: Tokens, i: int) -> Found | None:
    """Read "third quarter ending January 31, 2012", "six months ended June 30, 2009"."""
    months, j = _months_of(tokens, i)
    if months is None:
        return None
    if tokens.at(j) == ",":
        j += 1
    if tokens.at(j) == "that" or tokens.at(j) == "which":
        j += 1
    if tokens.at(j) not in ("ending", "ended", "ends", "end"):
        return None
    j += 1 + (tokens.at(j + 1) in ("on", "in"))
    dated = weekday_at(tokens, j) or date_at(tokens, j)
    if dated is None or not isinstance(dated[0], Day):
        return None
    return Found(Ending(months, dated[0]), dated[1])


def _months_of(tokens: Tokens, i: int) -> tuple[int | None, int]:
    lengths = {"quarter": 3, "half": 6, "year": 12}
    j = kind_at(tokens, i)[1]
    if tokens.at(j) in english().words["ordinals"] or tokens.at(j) in ("current", "next", "full"):
        j = kind_at(tokens, j + 1 + (tokens.at(j + 1) == "-"))[1]
    months = lengths.get(tokens.at(j))
    if months is not None:
        j += 1 + (tokens.at(j) == "half" and tokens.at(j + 1) in ("year", "-year"))
        return months, _past_year_number(tokens, j)
    count = count_at(tokens, j)
    if count is None:
        return None, i
    k = count[1] + (tokens.at(count[1]) == "-")
    if tokens.at(k) not in ("months", "month"):
        return None, i
    return int(count[0]), k + 1 + (tokens.at(k + 1) == "period")


def _past_year_number(tokens: Tokens, j: int) -> int:
    """Skip "of fiscal 2012" and "2012" between the unit and the day it ends with."""
    year = year_behind(tokens, j)
    return year[1] if year else j


def _edge_of_year(tokens: Tokens, i: int) -> Found | None:
    """Read "year-end 2008", "mid-year 2020", "midsummer", "end of year", "quarter-end"."""
    fiscal, j = kind_at(tokens, i)
    if tokens.at(j) in ("year", "quarter", "month", "yearend"):
        return _unit_end(tokens, j, fiscal)
    part, j = _mid(tokens, i)
    if part is None:
        return None
    if part in english().words["seasons"]:
        name = english().words["seasons"][part]
        return _with_year(tokens, j, Part("mid", Unit("season", name)))
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
    if tokens.at(j) == "year" or tokens.at(j) in ("month", "week"):
        return tokens.at(j), j + 1
    return None, i


def _unit_end(tokens: Tokens, j: int, fiscal: bool | None) -> Found | None:
    unit = tokens.at(j).removesuffix("end")
    if unit == tokens.at(j):
        j += 1
        if tokens.has(j, ("'", "s")):
            j += 2
        if tokens.at(j) == "-":
            j += 1
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


def _joined_mid(tokens: Tokens, i: int) -> Found | None:
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
    whole = _whole(tokens, second[1], 1)
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
    whole = _whole(tokens, j, depth + 1)
    if whole is None:
        return None
    return Found(Part(part, whole.said), whole.end)


def _whole(tokens: Tokens, j: int, depth: int) -> Found | None:
    if tokens.at(j) == "-":
        j += 1
    if tokens.at(j) in ("in", "of", "this") and tokens.at(j) != "this":
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


def _counted(tokens: Tokens, i: int) -> Found | None:
    """Read "first few weeks of 2011", "last two months of the year", "second week in August"."""
    which, j = _which(tokens, i)
    if which is None:
        return None
    number, vague, j = _how_many(tokens, j)
    unit = english().words["units"].get(tokens.at(j))
    if unit is None or tokens.at(j + 1) not in ("of", "in", "into"):
        return None
    whole = _whole(tokens, j + 2, 2)
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
    if which == "last" or which == 1:
        name = "last" if which == "last" else "first"
        return Found(Counted(name, number or 1, unit, whole.said, vague), whole.end)
    return None


def _month(tokens: Tokens, i: int) -> Found | None:
    found = month_at(tokens, i)
    if found is None:
        return None
    year = year_behind(tokens, found[1])
    if year:
        return Found(Unit("month", found[0], year=year[0]), year[1])
    short = tokens.at(i) in english().sets["months_that_are_words"]
    named = tokens.capital(i + 1) and found[1] == i + 1
    if short and named:
        return None
    return Found(Unit("month", found[0]), found[1], weak=short or named)


def _season(tokens: Tokens, i: int) -> Found | None:
    name = english().words["seasons"].get(tokens.at(i))
    if name is None:
        return None
    if found := _winter(tokens, i + 1, name):
        return found
    found = _with_year(tokens, i + 1, Unit("season", name))
    if year_of(found.said) is None and tokens.capital(i + 1):
        return None
    return replace(found, weak=year_of(found.said) is None)


def _winter(tokens: Tokens, j: int, name: str) -> Found | None:
    """Read "winter 2009-2010" and "winter of 2009/10", the one that has two years."""
    year = year_behind(tokens, j)
    if name != "winter" or year is None or tokens.at(year[1]) not in ("-", "/"):
        return None
    second = year_behind(tokens, year[1])
    number = year[0].number
    if second is None or number is None or second[0].number != number + 1:
        return None
    first, last = Unit("month", 12, year=year[0]), Unit("month", 2, year=second[0])
    return Found(Stretch(first, last), second[1])


def _with_year(tokens: Tokens, j: int, said: Part | Unit | Feast) -> Found:
    year = year_behind(tokens, j)
    return Found(with_year(said, year[0]), year[1]) if year else Found(said, j)


def _weekday(tokens: Tokens, i: int) -> Found | None:
    found = weekday_at(tokens, i)
    return Found(*found, weak=isinstance(found[0], Weekday)) if found else None


def _feast(tokens: Tokens, i: int) -> Found | None:
    found = english().phrases["moving_feasts"].at(tokens, i)
    if found is not None:
        month, weekday, nth = found[0]
        return replace(_with_year(tokens, found[1], Feast(month, weekday, nth)), weak=True)
    found = english().phrases["feasts"].at(tokens, i)
    if found is None:
        return None
    (month, day), j = found
    year = year_behind(tokens, j)
    if year:
        return Found(Day(month, day, year[0]), year[1])
    return Found(Day(month, day), j, weak=True)


def _decade(tokens: Tokens, i: int) -> Found | None:
    match = _DECADE.fullmatch(tokens.at(i))
    return Found(Unit("decade", int(match[1])), i + 1) if match else None


def _year(tokens: Tokens, i: int) -> Found | None:
    found = year_at(tokens, i)
    if found is None or found[0].bare:
        return None
    year, j = found
    weak = year.number is not None and tokens.at(i)[:1].isdigit()
    return Found(Unit("year", year=year), j, weak=weak)


def _relative(tokens: Tokens, i: int) -> Found | None:
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
    """This June is the next one to come; next and last June are of the years beside."""
    return Unit(unit, number) if shift == 0 else Unit(unit, number, year=Year(shift=shift))
