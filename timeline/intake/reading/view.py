"""A text as it is read: names, times and money masked in place, so that offsets stay."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from timeline.intake.names import NameKind
from timeline.intake.reading.amounts import Amount, amounts
from timeline.intake.reading.wordings import MASKS
from timeline.intake.span import Span
from timeline.intake.windows.spoken import EVENT, FREQUENCY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.intake.names import Mention
    from timeline.intake.windows import Reading

# What names no time is read as the words it is: "annual", "after the results".
_NO_TIME = (EVENT, FREQUENCY)
_TOKEN = re.compile(rf"([{''.join(MASKS.values())}])\1*|\w+")
# A capital in the middle of a sentence makes a name of it: "Ms. May", "Dalton Will".
_NAMES = re.compile(r"(?:(?<=\w )|(?<=[DM]r\. )|(?<=Ms\. )|(?<=Mrs\. ))(?:May|Will)\b")
_ASIDE = re.compile(r"\([^()]{0,400}\)")
_SIGNS = {
    NameKind.PROGRAM: MASKS["program"],
    NameKind.PARTNER: MASKS["party"],
    NameKind.ISSUER: MASKS["issuer"],
}


class Placed(Protocol):
    """Whatever stands at a span of the text."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...


_P = TypeVar("_P", bound=Placed)


@dataclass(frozen=True, slots=True)
class View:
    """One text with what was found in it before any cue is looked for; each list in order.

    `masked` has a sign in place of every code point of a name, a time and an amount; in `outer`
    what stands in brackets is blank as well.
    """

    text: str
    masked: str
    outer: str
    asides: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    readings: tuple[Reading, ...]
    amounts: tuple[Amount, ...]

    def asides_in(self, span: Span) -> Sequence[Span]:
        """Return the brackets that open within `span`."""
        first = bisect_left(self.asides, span.start, key=lambda aside: aside.start)
        last = bisect_left(self.asides, span.end, lo=first, key=lambda aside: aside.start)
        return self.asides[first:last]


def view(text: str, mentions: Iterable[Mention], readings: Iterable[Reading]) -> View:
    """Return `text` with its names, the words of its times, and its amounts masked."""
    names, times, money = tuple(mentions), tuple(readings), tuple(amounts(text))
    places = [(one.span, MASKS["money"]) for one in money]
    places += [(one.span, MASKS["when"]) for one in times if one.reason not in _NO_TIME]
    places += [(one.span, _SIGNS[one.kind]) for one in names]
    masked = _NAMES.sub(lambda match: "X" * len(match.group()), _filled(text, places))
    asides = tuple(Span(*match.span()) for match in _ASIDE.finditer(masked))
    outer = _filled(masked, ((span, " ") for span in asides))
    return View(text, masked, outer, asides, names, times, money)


@lru_cache(maxsize=16)
def tokens(text: str) -> Mapping[str, list[int]]:
    """Return the words of a stretch in small letters, masked things as a sign, with their places.

    The last few stretches are remembered: one clause is looked at by one finder after another.
    """
    places: dict[str, list[int]] = {}
    for match in _TOKEN.finditer(text):
        places.setdefault(match[1] or match[0].lower(), []).append(match.start())
    return places


def _filled(text: str, places: Iterable[tuple[Span, str]]) -> str:
    """Return `text` with every place filled by its sign; of two that overlap the first stays."""
    parts: list[str] = []
    last = 0
    for span, sign in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
        if span.start >= last:
            parts += text[last : span.start], sign * len(span)
            last = span.end
    return "".join((*parts, text[last:]))


def within(things: Sequence[_P], span: Span) -> Sequence[_P]:
    """Return those of `things`, which stand in order, that begin within `span`."""
    first = bisect_left(things, span.start, key=lambda thing: thing.span.start)
    last = bisect_left(things, span.end, lo=first, key=lambda thing: thing.span.start)
    return things[first:last]


_FOLLOWING = re.compile(
    r"(?<=\bthe )following\b(?! (?:day|week|month|quarter|year|spring|summer|fall|autumn|winter))",
    re.IGNORECASE,
)


def without_lists(text: str) -> str:
    """Return `text` with "the following" made unreadable where it leads to a list, not a time."""
    return _FOLLOWING.sub(lambda match: "N" * len(match.group()), text)
