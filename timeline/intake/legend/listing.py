"""A list in running text, taken apart into its items."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from timeline.intake.legend.units import BULLET
from timeline.intake.legend.words import known, pattern
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NUMBERED = re.compile(r"(?<![^\s:;,])\(?(\d{1,2}|[ivx]{1,5}|[a-z])\)\s", re.IGNORECASE)
_INLINE_BULLET = re.compile(r"[•◦▪■●‣∙]")
_AND = re.compile(r"\s(?:and|as well as)\s", re.IGNORECASE)
_COMMA = re.compile(r",\s{1,4}(?:and\s{1,4}|or\s{1,4}|as well as\s{1,4})?", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:.()]{1,40}")
_LEADING = re.compile(
    r"[\s,;:.•◦▪■●‣\u2043∙·*+\-]*+(?:(?:and/or|and|or|as well as)\b)?\s*+"
    r"(?:(?:(?:the )?assumptions? |is )?that\s++)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s,;.•]|\band|\bor)\Z", re.IGNORECASE)
# A half shorter than this is no item of its own.
_FEWEST_WORDS = 3
_FEWEST_OF_LISTED = 4
_MOST_LOOKED_AT = 4
_SHORT = 3.5
_PREPOSITIONS = frozenset({"of", "for", "in", "to", "whether"})
_LONGEST_CONDITION = 300
_SEPARATOR = 14
_FEWEST_COMMAS = 2
# One word more of the item before: "safety, tolerability and efficacy of ...".
_LONE = re.compile(r"[^\s,;:.]{1,40}\s(?:and|or)\s", re.IGNORECASE)


def listed(flat: str, body: Span, breaks: Sequence[int], *, joins: bool) -> list[Span]:
    """Return the items of the list in `body`, in order and apart.

    Told, in this order, by numbers, by the lines of the list, by semicolons, by commas. `joins` is
    whether "and" may join two items, as in a list of statements, where each has a head of its own.
    """
    pieces = _pieces(flat, body, breaks, joins=joins)
    trimmed = (trim(flat, piece) for piece in pieces)
    return [piece for piece in trimmed if any(c.isalnum() for c in flat[piece.start : piece.end])]


def _pieces(flat: str, body: Span, breaks: Sequence[int], *, joins: bool) -> list[Span]:
    marks = _numbers(flat, body)
    if marks:
        return _behind_numbers(body, marks)
    lines = [at for at in breaks if body.start < at < body.end]
    lines += [bullet.start() for bullet in _INLINE_BULLET.finditer(flat, body.start, body.end)]
    if lines:
        return [_unbulleted(flat, piece) for piece in _cut(body, sorted({*lines}))]
    semicolons = _semicolons(flat, body)
    if semicolons:
        pieces = _cut(body, semicolons)
        return [part for piece in pieces for part in _refined(flat, piece, joins=joins)]
    return _by_commas(flat, body, joins=joins)


def _cut(body: Span, places: Sequence[int]) -> list[Span]:
    bounds = [body.start, *places, body.end]
    return [Span(a, b) for a, b in pairwise(bounds) if a < b]


def trim(flat: str, piece: Span) -> Span:
    """Return `piece` without the white space, the joining words and the marks around it."""
    leading = _LEADING.match(flat, piece.start, piece.end)
    start, end = leading.end() if leading else piece.start, piece.end
    while end > start and (mark := _TRAILING.search(flat[max(start, end - 4) : end])):
        end -= len(mark[0])
    return Span(min(start, end), end)


def _numbers(flat: str, body: Span) -> list[re.Match[str]]:
    """Return the marks (1), (2) or (i), (ii) or (a), (b), when at least two follow each other."""
    every = list(_NUMBERED.finditer(flat, body.start, body.end))
    found: list[re.Match[str]] = []
    waited = iter(_style(every[0][1].lower()) if every else ())
    number = next(waited, None)
    for mark in every:
        if mark[1].lower() == number:
            found += [mark]
            number = next(waited, None)
    return found if len(found) > 1 else []


def _style(first: str) -> Sequence[str]:
    styles = {"1": [str(n) for n in range(1, 100)], "i": _ROMAN, "a": "abcdefghijklmnopqrstuvwxyz"}
    return styles.get(first, ())


def _behind_numbers(body: Span, marks: Sequence[re.Match[str]]) -> list[Span]:
    ends = [*(mark.start() for mark in marks[1:]), body.end]
    return [Span(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _unbulleted(flat: str, piece: Span) -> Span:
    mark = BULLET.match(flat, piece.start, piece.end)
    return Span(mark.end() if mark else piece.start, piece.end)


def _semicolons(flat: str, body: Span) -> list[int]:
    """Return where semicolons stand outside brackets; all, when the brackets are not even."""
    depth, outside, every = 0, [], []
    for mark in re.finditer(r"[();]", flat[body.start : body.end]):
        if mark[0] == ";":
            every.append(body.start + mark.start())
            outside += every[-1:] if depth <= 0 else []
        depth += (mark[0] == "(") - (mark[0] == ")")
    return outside if depth == 0 else every


def _refined(flat: str, piece: Span, *, joins: bool) -> list[Span]:
    """Cut a piece between semicolons where a second item begins in it."""
    cuts = [mark.end() for mark in _COMMA.finditer(flat, piece.start, piece.end)]
    places = [at for at in cuts if _opens_noun(flat, at, piece)]
    ands = [mark.end() for mark in _AND.finditer(flat, piece.start, piece.end)]
    places += [at for at in ands if _parallel(flat, at, piece)]
    places += [at for at in ands if joins and _opens_clause(flat, at, piece)]
    return _cut(piece, _kept(flat, piece, sorted({*places})))


def _kept(flat: str, piece: Span, places: Sequence[int]) -> list[int]:
    """Return the places that leave enough words before and after."""
    kept: list[int] = []
    for at in places:
        before = kept[-1] if kept else piece.start
        long = _long(flat, before, at) and _long(flat, at, piece.end)
        if long and not _conditional(flat, before, at):
            kept.append(at)
    return kept


def _long(flat: str, start: int, end: int) -> bool:
    found = _first_words(flat, start, end, _FEWEST_OF_LISTED)
    return len(found) >= _FEWEST_WORDS + (len(found) > 0 and found[-1] in known("determiners"))


def _conditional(flat: str, start: int, at: int) -> bool:
    """Whether a condition begins at `start` and is not over at `at`: nothing is parted in it."""
    leading = _LEADING.match(flat, start)
    begun = leading.end() if leading else start
    if pattern(r"<conditions>\b").match(flat, begun) is None:
        return False
    comma = flat.find(",", begun, min(at, begun + _LONGEST_CONDITION))
    parted = "," in flat[max(begun, at - _SEPARATOR) : at]
    return comma < 0 or (parted and comma >= at - _SEPARATOR)


def _first_words(flat: str, start: int, end: int, most: int = _MOST_LOOKED_AT) -> list[str]:
    words = _WORD.finditer(flat, start, min(end, start + 200))
    return [word[0].lower() for word in islice(words, most)]


def _opens_noun(flat: str, at: int, piece: Span) -> bool:
    """Whether a determiner and one of the nouns that head an item begin there."""
    first, *rest = _first_words(flat, at, piece.end) or [""]
    headed = any(word in known("heads") for word in rest[:2])
    return headed and (first in known("determiners") or first.endswith(("'s", "s'")))


def _opens_clause(flat: str, at: int, piece: Span) -> bool:
    """Whether a condition, or a plan of somebody, begins there."""
    if pattern(r"(?:if|assuming|provided|subject to|(?:armed )?with positive)\b").match(flat, at):
        return True
    first, *rest = _first_words(flat, at, piece.end) or [""]
    planned = any(word in known("plans") for word in rest[:2])
    return (planned and _is_whose(first, rest)) or (first in known("plans") and _of(rest))


def _parallel(flat: str, at: int, piece: Span) -> bool:
    """Whether what begins there begins as the piece does: "that ... and that", "of ... and of"."""
    first = "".join(_first_words(flat, at, piece.end, 1))
    begun = "".join(_first_words(flat, trim(flat, piece).start, piece.end, 1))
    return first == "that" or (first == begun and first in _PREPOSITIONS)


def _is_whose(first: str, rest: Sequence[str]) -> bool:
    return (
        first in known("determiners") or first.endswith(("'s", "s'")) or rest[:1] == ["company's"]
    )


def _of(rest: Sequence[str]) -> bool:
    return rest[:1] in (["regarding"], ["concerning"], ["about"], ["that"], ["to"], ["for"])


def _by_commas(flat: str, body: Span, *, joins: bool) -> list[Span]:
    marks = list(_COMMA.finditer(flat, body.start, body.end))
    short = _all_short(flat, body, len(marks))
    places: list[int] = []
    for mark in marks:
        before = places[-1] if places else body.start
        if (short or _begins(flat, mark.end(), body)) and not _conditional(
            flat, before, mark.end()
        ):
            places.append(mark.end())
    *pieces, last = _cut(body, places) or [body]
    refined = [part for piece in pieces for part in _refined(flat, piece, joins=joins)]
    closed = len(marks[-1][0].split()) > 1 if places else None
    return [*refined, *_last(flat, last, closed=closed, joins=joins)]


def _all_short(flat: str, body: Span, commas: int) -> bool:
    """Whether commas part single words and short phrases alone: "prospects, plans, objectives"."""
    if commas < _FEWEST_COMMAS:
        return False
    count = len(_WORD.findall(flat[body.start : body.end]))
    return count <= _SHORT * (commas + 1)


def _begins(flat: str, at: int, body: Span) -> bool:
    """Whether an item begins behind a comma, and not more of the one before.

    "..., fund and advance" goes on with one more verb, "..., which" with the same thing.
    """
    if pattern(r"<goes_on>\b").match(flat, at, body.end):
        return False
    return _LONE.match(flat, at, body.end) is None


def _last(flat: str, piece: Span, *, closed: bool | None, joins: bool) -> list[Span]:
    """Cut the last piece at the "and" before the last item, unless a comma stood before it.

    `closed` is whether one did, None where no comma parts items.
    """
    found = _refined(flat, piece, joins=joins)
    if len(found) > 1 or (closed and not joins):
        return found
    ends = [mark.end() for mark in _AND.finditer(flat, piece.start, piece.end)]
    opens = _kept(flat, piece, [at for at in ends if _opens_noun(flat, at, piece)])
    return _cut(piece, opens or (ends[-1:] if closed is False else []))
