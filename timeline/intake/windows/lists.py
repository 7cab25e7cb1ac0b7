"""Terms in a row: "August or September", "2Q/3Q13", "from X to Y", "between X and Y"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english
from timeline.intake.windows.found import Found
from timeline.intake.windows.said import (
    Day,
    Either,
    Part,
    Said,
    Stretch,
    Unit,
    Weekday,
    Year,
    lacks_year,
    with_year,
    year_of,
)
from timeline.intake.windows.terms import term_at
from timeline.intake.windows.years import number_at

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_LONGEST: Final = 6
_TO: Final = ("to", "-", "through", "until", "thru")
_OR: Final = ("or", "/")
_PREPOSITIONS: Final = ("in", "during", "by", "the", "either", "on", "as", "late")
_MONTHS_BEHIND: Final = ("", ".", ",", ";", ")", "of", "this", "next", "in", "or", "and", "for")


def terms_at(tokens: Tokens, i: int, *, joined_by_and: bool = False) -> Found | None:
    """Return the term at `i` with those that are joined to it by "or", "/", "to" or a dash.

    `joined_by_and` reads "and" as "to": behind "between".
    """
    first = term_at(tokens, i)
    if first is None:
        return None
    parts, joints = [first], list[str]()
    while len(parts) < _LONGEST:
        more = _more(tokens, parts[-1], joined_by_and=joined_by_and)
        if more is None:
            break
        joints.append(more[0])
        parts.append(more[1])
    return first if not joints else _joined(parts, joints)


def _more(tokens: Tokens, last: Found, *, joined_by_and: bool) -> tuple[str, Found] | None:
    joint, j = _joint(tokens, last.end, joined_by_and=joined_by_and)
    if joint is None:
        return None
    found = _elliptic(tokens, j, last) or _next_term(tokens, j)
    if found is None or _is_a_modal(tokens, found, j):
        return None
    if joint == "and" and not _beside(last.said, found.said):
        return None
    return joint, found


def _next_term(tokens: Tokens, j: int) -> Found | None:
    found = term_at(tokens, j)
    if found is None and tokens.at(j) in _PREPOSITIONS:
        return term_at(tokens, j + 1)
    return found


def _joint(tokens: Tokens, j: int, *, joined_by_and: bool) -> tuple[str | None, int]:
    if tokens.at(j) == "," and tokens.at(j + 1) in ("or", "and"):
        j += 1
    if tokens.at(j) == "," and _is_listed_year(tokens, j):
        return "and", j + 1
    word = tokens.at(j)
    if tokens.has(j, ("and", "/", "or")):
        return "or", j + 3
    if word == "and":
        return ("to" if joined_by_and else "and"), j + 1
    if word in _TO:
        return "to", j + 1
    if word in _OR:
        return "or", j + 1
    return None, j


def _is_listed_year(tokens: Tokens, comma: int) -> bool:
    """Whether it is the second year of "2010, 2011 and 2012"."""
    years = number_at(tokens, comma - 1), number_at(tokens, comma + 1)
    return None not in years and tokens.at(comma + 2) in (",", "and", "or")


def _is_a_modal(tokens: Tokens, found: Found, j: int) -> bool:
    """Whether it is "or may be": a month in words only."""
    return (
        found.weak and tokens.at(j) in ("may", "march") and tokens.at(j + 1) not in _MONTHS_BEHIND
    )


def _elliptic(tokens: Tokens, j: int, last: Found) -> Found | None:
    """Read "early next" behind "late this year", and "third" behind "second"."""
    part = english().phrases["parts"].at(tokens, j)
    k = part[1] if part else j
    if tokens.at(k) != "next" or term_at(tokens, k) is not None or year_of(last.said) is None:
        return None
    year = Unit("year", year=Year(shift=1))
    return Found(Part(part[0], year) if part else year, k + 1)


def _beside(first: Said, second: Said) -> bool:
    """Whether "and" makes one stretch of the two: they are of one kind, the second comes next."""
    match first, second:
        case Unit(unit="year", year=Year(number=int(m))), Unit(
            unit="year", year=Year(number=int(n))
        ):
            return n - m == 1
        case Unit(unit=a, number=int(m)), Unit(unit=b, number=int(n)):
            return a == b and (n - m == 1 or (m, n) == (12, 1))
        case Part(whole=Unit(unit=a)), Part(whole=Unit(unit=b)):
            return a == b
    return False


def _joined(parts: list[Found], joints: list[str]) -> Found:
    said = _years_shared([part.said for part in parts])
    weak = all(part.weak for part in parts)
    if joints == ["to"]:
        return Found(Stretch(said[0], said[1]), parts[-1].end, weak)
    return Found(Either(tuple(said)), parts[-1].end, weak)


def _years_shared(said: list[Said]) -> list[Said]:
    """Give what lacks a year the one told behind it: "late November or December 2008"."""
    shared: list[Said] = []
    year: Year | None = None
    for one in reversed(said):
        year = year_of(one) or year
        given = with_year(one, year) if year and lacks_year(one) else one
        shared.append(_earlier_year(given, shared[-1] if shared else None))
    return shared[::-1]


def _earlier_year(one: Said, behind: Said | None) -> Said:
    """Put what comes behind its successor in the year before: "December to March 2009"."""
    match one, behind:
        case Unit(unit=a, number=int(m), year=Year(number=int(y))), Unit(
            unit=b, number=int(n), year=Year(number=int(z))
        ):
            if a == b and m > n and y == z:
                return replace(one, year=Year(y - 1))
        case Day(month=m, day=d, year=Year(number=int(y))), Day(
            month=n, day=e, year=Year(number=int(z))
        ):
            if (m, d) > (n, e) and y == z:
                return replace(one, year=Year(y - 1))
    return one


__all__ = ["Weekday", "terms_at"]
