"""Amounts with what they are counted from: "three weeks after June 5", "six months from now"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.intake.windows.ahead import past_about
from timeline.intake.windows.amounts import amount_at
from timeline.intake.windows.english import english
from timeline.intake.windows.said import Day, Offset
from timeline.intake.windows.spoken import LENGTH, SHIFT, Spoken
from timeline.intake.windows.terms import term_at
from timeline.intake.windows.ties import tie

if TYPE_CHECKING:
    from timeline.intake.windows.said import Amount
    from timeline.intake.windows.tokens import Tokens

_COUNTS: Final = {"by": "ahead", "within": "ahead", "in": "span", "least": "least", "from": "least"}


def counted_at(tokens: Tokens, j: int, how: str | None) -> Spoken | None:
    """Read an amount of time with what it is counted from."""
    j = past_about(tokens, j)
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
    if behind := _times(tokens, end):
        return Spoken(behind, "aim", amount=said)
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
    return tie(tokens, end)


def _is_a_clause(tokens: Tokens, j: int) -> bool:
    """Whether it is "before the schedule is known": several weeks from now, not before an event."""
    return any(tokens.at(j + n) in ("is", "are") for n in range(2, 6))


def _from_now(tokens: Tokens, amount: Amount, end: int, how: str | None) -> Spoken:
    if how in ("by", "from", "before") and tokens.at(end) == "or":
        dated = term_at(tokens, end + 1)
        if dated is not None and isinstance(dated.said, Day):
            return Spoken(dated.end, how, said=dated.said)
    if how == "by" and not _is_deadline(tokens, end):
        return Spoken(end, reason=SHIFT)
    kind = "ahead" if how is None and amount.more else _COUNTS.get(how or "")
    return Spoken(end, kind, amount=amount) if kind else Spoken(end, reason=LENGTH)


def _is_deadline(tokens: Tokens, end: int) -> bool:
    return any(tokens.at(end - n) == "than" for n in range(2, 7))
