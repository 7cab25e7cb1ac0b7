"""Speech: a term or an amount of time with the preposition that says how it binds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.ahead import ahead_at, lasting
from timeline.intake.windows.counting import counted_at
from timeline.intake.windows.english import english
from timeline.intake.windows.lists import terms_at
from timeline.intake.windows.moves import shifted
from timeline.intake.windows.openers import may_open
from timeline.intake.windows.said import Part, Unit, Year
from timeline.intake.windows.spoken import FREQUENCY, Spoken
from timeline.intake.windows.ties import event_at, tie

if TYPE_CHECKING:
    from timeline.intake.windows.found import Found
    from timeline.intake.windows.tokens import Tokens

_BINDS: Final = {
    "by": "by",
    "up to": "by",
    "before": "before",
    "from": "from",
    "least": "from",
    "after": "after",
    "upon": "in",
    "since": "since",
}


def spoken_at(tokens: Tokens, i: int, *, whole: bool = False) -> Spoken | None:
    """Return what is said of time at `i`; `whole` takes what is about time only if it is alone."""
    if not may_open(tokens, i):
        return None
    return (
        _set_phrase(tokens, i)
        or lasting(tokens, i)
        or _bound(tokens, i, whole=whole)
        or _frequency(tokens, i)
    )


def _set_phrase(tokens: Tokens, i: int) -> Spoken | None:
    phrases = english().phrases
    if found := phrases["open"].at(tokens, i):
        return Spoken(found[1], "open")
    if found := phrases["unsaid"].at(tokens, i):
        return Spoken(found[1], reason=found[0])
    if found := phrases["soon"].at(tokens, i):
        tied = tie(tokens, found[1])
        return tied or Spoken(found[1], "soon", word=found[0])
    if tokens.at(i) == "recently":
        return Spoken(i + 1, "recently")
    return None


def _frequency(tokens: Tokens, i: int) -> Spoken | None:
    found = english().phrases["frequencies"].at(tokens, i)
    return Spoken(found[1], reason=FREQUENCY) if found else None


def _bound(tokens: Tokens, i: int, *, whole: bool) -> Spoken | None:
    how, about, j = _modifiers(tokens, i)
    literal = tokens.at(j - 1) if how else ""
    made = _time(tokens, i, j, how, whole=whole) if may_open(tokens, j) else None
    if made is None and how in ("after", "upon"):
        made = event_at(tokens, j, literal)
    if made is None:
        return None
    return _behind(tokens, replace(made, about=made.about or about))


def _time(tokens: Tokens, i: int, j: int, how: str | None, *, whole: bool) -> Spoken | None:
    """Read the amount or the term at `j`, behind the prepositions that begin at `i`."""
    if made := ahead_at(tokens, j, how) or counted_at(tokens, j, how):
        return made
    weak = whole or (how is not None and how != "to") or shifted(tokens, i)
    return _term(tokens, j, how, weak=weak)


def _modifiers(tokens: Tokens, i: int) -> tuple[str | None, bool, int]:
    """Return how the words bind, whether roughly, and the place behind the prepositions."""
    how: str | None = None
    about = False
    for _ in range(4):
        found = english().phrases["modifiers"].at(tokens, i)
        if found is None:
            break
        kind, behind = found
        part = english().phrases["parts"].at(tokens, i)
        if part is not None and part[1] > behind:
            break
        if kind == "about":
            about, how = True, how or "in"
        else:
            how = _stronger(how, kind)
        i = behind
    return how, about, i


def _stronger(how: str | None, kind: str) -> str:
    """By about, in by, from at least: what bounds outlasts what only places."""
    placing = (None, "in", "for", "during", "within", "to")
    if kind == "least":
        return "from" if how is not None and how != "for" else "least"
    return kind if how in placing else how if kind in placing else kind


def _term(tokens: Tokens, j: int, how: str | None, *, weak: bool) -> Spoken | None:
    found = terms_at(tokens, j, joined_by_and=how == "between")
    if found is None and how in ("within", "during", "by"):
        return _within_unit(tokens, j, how)
    if found is None or (found.weak and not (weak or _outlook(tokens, found))):
        return None
    return Spoken(found.end, _BINDS.get(how or "in", "in"), said=found.said)


def _outlook(tokens: Tokens, found: Found) -> bool:
    """Whether it is a year before what can only be of a year: "2009 guidance"."""
    return tokens.at(found.end) in english().sets["outlooks"] and isinstance(found.said, Unit)


def _within_unit(tokens: Tokens, j: int, how: str) -> Spoken | None:
    """Read "within the year": before it is over."""
    if how == "within" and tokens.has(j, ("the", "year")):
        return Spoken(j + 2, "by", said=Unit("year", year=Year(shift=0, bare=True)))
    return None


def _behind(tokens: Tokens, made: Spoken) -> Spoken:
    """Take what stands behind: "at the latest", "or later", "this year closes"."""
    if made.how == "before" and isinstance(made.said, Unit):
        closing = english().phrases["closing_words"].at(tokens, made.end)
        if closing:
            return replace(made, said=Part("end", made.said), end=closing[1])
    j = made.end + (tokens.at(made.end) == ",")
    found = english().phrases["after_words"].at(tokens, j)
    if found is None or made.reason is not None:
        return made
    kind, end = found
    if kind == "about":
        return replace(made, end=end, about=True)
    if kind == "same" or made.said is None:
        return replace(made, end=end)
    return replace(made, end=end, how=kind)
