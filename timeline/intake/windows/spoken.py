"""Spoken: words about time as a whole, with the preposition that says how they bind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.amounts import amount_at
from timeline.intake.windows.english import english
from timeline.intake.windows.lists import terms_at
from timeline.intake.windows.said import (
    Amount,
    Day,
    Offset,
    Part,
    Said,
    Stretch,
    Today,
    Unit,
    Year,
)
from timeline.intake.windows.terms import Found, term_at

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_CLAUSE: Final = 10
_ABOUT: Final = ("about", "approximately", "roughly", "around")
EVENT = "tied to an event, which has no date in these words"
LENGTH = "a length of time; from when it runs is not said"
SHIFT = "so much earlier or later than a date given elsewhere"
FORMER = "a date given before, which another takes the place of"
FREQUENCY = "how often, not when"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What tokens up to `end` say: a term or an amount, bound by `how`; or the `reason` for none.

    `how` is one of in, by, before, from, after, since (of terms), ahead, span, aim, least (of
    amounts, counted from the statement), soon, open, recently.
    """

    end: int
    how: str = "none"
    said: Said | None = None
    amount: Amount | None = None
    about: bool = False
    reason: str | None = None
    word: str = ""


def spoken_at(tokens: Tokens, i: int, *, whole: bool = False) -> Spoken | None:
    """Return what is said of time at `i`; `whole` takes what is about time only if it is alone."""
    return (
        _set_phrase(tokens, i)
        or _lasting(tokens, i)
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
        tied = _tie(tokens, found[1])
        return tied or Spoken(found[1], "soon", word=found[0])
    if tokens.at(i) == "recently":
        return Spoken(i + 1, "recently")
    return None


def _frequency(tokens: Tokens, i: int) -> Spoken | None:
    found = english().phrases["frequencies"].at(tokens, i)
    return Spoken(found[1], reason=FREQUENCY) if found else None


def _lasting(tokens: Tokens, i: int) -> Spoken | None:
    """Read "last a few weeks", "take six to nine months", "another four weeks"."""
    lasting = english().phrases["lasting"].at(tokens, i)
    j = lasting[1] if lasting else i
    more = english().phrases["more"].at(tokens, j)
    j = more[1] if more else j
    if lasting is None and more is None:
        return None
    while tokens.at(j) in _ABOUT:
        j += 1
    amount = amount_at(tokens, j)
    if amount is None:
        return None
    if tied := _tie(tokens, amount[1]):
        return tied
    how = "ahead" if amount[0].least == amount[0].most else "span"
    return Spoken(amount[1], how, amount=amount[0], about=more is None)


def _bound(tokens: Tokens, i: int, *, whole: bool) -> Spoken | None:
    how, about, j = _modifiers(tokens, i)
    literal = tokens.at(j - 1) if how else ""
    made = _ahead(tokens, j, how) or _in_amount(tokens, j, how)
    if made is None:
        made = _term(tokens, j, how, weak=whole or (how is not None and how != "to") or _shifted(tokens, i))
    if made is None and how in ("after", "upon"):
        made = _event(tokens, j, literal)
    if made is None:
        return None
    return _behind(tokens, replace(made, about=made.about or about))


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


def _ahead(tokens: Tokens, j: int, how: str | None) -> Spoken | None:
    """Read "the next six to nine months", "the coming month", "the weeks ahead"."""
    ahead = english().phrases["ahead"].at(tokens, j)
    k = ahead[1] if ahead else j + (tokens.at(j) == "the")
    while tokens.at(k) in _ABOUT:
        k += 1
    amount = amount_at(tokens, k, bare=True)
    if ahead is None:
        return _to_come(tokens, amount)
    if amount is not None and tokens.at(k) not in ("a", "half"):
        kind = "least" if how in ("least", "from") else "ahead"
        amount = _and_months(tokens, amount)
        tied = _tie(tokens, amount[1])
        return tied or Spoken(amount[1], kind, amount=amount[0])
    return _one_unit_ahead(tokens, j, k, how)


def _and_months(tokens: Tokens, amount: tuple[Amount, int]) -> tuple[Amount, int]:
    """Read "weeks and months" as the longer of the two."""
    end = amount[1]
    if tokens.at(end) == "and" and tokens.at(end + 1) in english().sets["plural_units"]:
        return amount_at(tokens, end + 1, bare=True) or amount
    return amount


def _to_come(tokens: Tokens, amount: tuple[Amount, int] | None) -> Spoken | None:
    behind = amount and english().phrases["to_come"].at(tokens, amount[1])
    if amount is None or not behind:
        return None
    return Spoken(behind[1], "ahead", amount=amount[0])


def _one_unit_ahead(tokens: Tokens, j: int, k: int, how: str | None) -> Spoken | None:
    """Read "in the coming month" and "over the next year": from now on, not by the calendar."""
    unit = english().words["units"].get(tokens.at(k))
    if unit is None or how is None or unit in ("quarter", "half", "decade"):
        return None
    if tokens.at(j) != "the" or tokens.at(k - 1) not in ("coming", "next", "ensuing"):
        return None
    return Spoken(k + 1, "coming", word=unit)


def _in_amount(tokens: Tokens, j: int, how: str | None) -> Spoken | None:
    """Read an amount of time with what it is counted from."""
    while tokens.at(j) in _ABOUT:
        j += 1
    start = j + 1 if tokens.at(j) == "the" else j
    amount = amount_at(tokens, start, bare=how in ("in", "within"))
    if amount is None:
        return None
    said, end = amount
    if tokens.at(end) in ("ended", "ending"):
        return None
    if hence := english().phrases["hence"].at(tokens, end):
        kind = "ahead" if how in ("within", "by") else "aim"
        return Spoken(hence[1], kind, amount=said)
    if time := _times(tokens, end):
        return Spoken(time, "aim", amount=said)
    if found := _counted_from(tokens, said, end, how):
        return found
    return _from_now(tokens, said, end, how)


def _times(tokens: Tokens, i: int) -> int | None:
    """Return the place behind "'s time" and "' time"."""
    for words in (("'", "s", "time"), ("'", "time")):
        if tokens.has(i, words):
            return i + len(words)
    return None


def _counted_from(tokens: Tokens, amount: Amount, end: int, how: str | None) -> Spoken | None:
    tied = english().phrases["tied"].at(tokens, end)
    if tied is None:
        return None
    way, j = tied
    anchor = term_at(tokens, j)
    if anchor is not None and not (tokens.at(end) == "of" and anchor.weak):
        said = Offset(amount, way, anchor.said, within=how == "within")
        return Spoken(anchor.end, "by" if how == "by" else "in", said=said)
    if way < 0 and amount.vague and _is_a_clause(tokens, j):
        return Spoken(end, "ahead", amount=amount)
    return _tie(tokens, end)


def _is_a_clause(tokens: Tokens, j: int) -> bool:
    """Whether it is "before the schedule is known": several weeks from now, not before an event."""
    return any(tokens.at(j + n) in ("is", "are") for n in range(2, 6))


def _from_now(tokens: Tokens, amount: Amount, end: int, how: str | None) -> Spoken:
    if how in ("by", "from", "before") and tokens.at(end) == "or":
        dated = term_at(tokens, end + 1)
        if dated is not None and isinstance(dated.said, Day):
            return Spoken(dated.end, how, said=dated.said)
    if how == "within":
        return Spoken(end, "ahead", amount=amount)
    if how == "in":
        return Spoken(end, "span", amount=amount)
    if how in ("least", "from"):
        return Spoken(end, "least", amount=amount)
    if how == "by":
        late = tokens.at(end - 1) and _is_deadline(tokens, end)
        return Spoken(end, "ahead", amount=amount) if late else Spoken(end, reason=SHIFT)
    return Spoken(end, reason=LENGTH)


def _is_deadline(tokens: Tokens, end: int) -> bool:
    return any(tokens.at(end - n) == "than" for n in range(2, 7))


def _tie(tokens: Tokens, i: int) -> Spoken | None:
    """Take "of commencement", "after the approval" with what it is tied to."""
    tied = english().phrases["tied"].at(tokens, i)
    if tied is None or term_at(tokens, tied[1]) is not None:
        return None
    return Spoken(_clause_end(tokens, tied[1]), reason=EVENT)


def _clause_end(tokens: Tokens, j: int) -> int:
    ends = english().sets["clause_ends"]
    for k in range(j, min(j + _CLAUSE, len(tokens))):
        if tokens.at(k) in ends or (k > j and tokens.at(k) in ("in", "by", "on", "during", "within")):
            return k
    return min(j + _CLAUSE, len(tokens))


def _event(tokens: Tokens, j: int, literal: str) -> Spoken | None:
    """Take "after approval of the product": an event that the words do not date."""
    end = _clause_end(tokens, j)
    if end == j or literal == "past":
        return None
    return Spoken(end, reason=EVENT)


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


_BINDS: Final = {
    "by": "by", "up to": "by", "before": "before", "from": "from", "least": "from", "after": "after",
    "upon": "in", "since": "since",
}


def _within_unit(tokens: Tokens, j: int, how: str) -> Spoken | None:
    """Read "within the year": before it is over."""
    if how == "within" and tokens.has(j, ("the", "year")):
        return Spoken(j + 2, "by", said=Unit("year", year=Year(shift=0, bare=True)))
    return None


def _shifted(tokens: Tokens, i: int) -> bool:
    """Whether a word like "delayed" stands a few words before `i`."""
    moves = english().sets["shift_words"]
    return any(tokens.at(i - n) in moves for n in range(1, 7))


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


def moved(tokens: Tokens, i: int, made: Spoken) -> tuple[Spoken, Spoken, int] | None:
    """Split "from Q4 2008 to Q1 2009" behind "delayed" into the old date and the new."""
    if tokens.at(i) != "from" or not isinstance(made.said, Stretch) or not _shifted(tokens, i):
        return None
    first = term_at(tokens, i + 1)
    if first is None:
        return None
    old = Spoken(first.end, reason=FORMER)
    new = replace(made, said=made.said.last)
    return old, new, first.end


def former(tokens: Tokens, i: int) -> bool:
    """Whether "previously", "instead of" or the like stands right before `i`."""
    phrases = english().phrases["former"]
    return any(
        found is not None and found[1] == i
        for n in range(1, 5)
        if (found := phrases.at(tokens, i - n)) is not None
    )


__all__ = ["Spoken", "Today", "former", "moved", "spoken_at"]
