"""Finder: which of many wordings stand in a stretch of text, asking only those that can."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from timeline.intake.reading.view import tokens
from timeline.intake.reading.wordings import ED, NUMBER
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.intake.reading.wordings import Wording

K = TypeVar("K")
_KNOWN = 4_096  # words of which a finder remembers what they may begin


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """A wording of `key` that stands at `span`."""

    key: K
    span: Span


class Finder(Generic[K]):
    """Wordings by the first word that must be there, each with the key it stands for."""

    def __init__(self) -> None:
        """Know no wording yet."""
        self._wordings: list[tuple[K, Wording]] = []
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._begun: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._numbers = lru_cache(maxsize=_KNOWN)(self._begun_by)

    def add(self, key: K, wordings: Iterable[Wording]) -> None:
        """Let `wordings` stand for `key`."""
        for wording in wordings:
            for first in wording.first:
                stem = first.removesuffix("*")
                shelf = self._whole if stem == first else self._begun[len(stem)]
                shelf[stem].append(len(self._wordings))
            self._wordings.append((key, wording))
        self._numbers.cache_clear()

    def finds(self, text: str, within: Span) -> list[Found[K]]:
        """Return all that stands in `within` of a masked text, in order."""
        found = [
            Found(key, Span(*place))
            for key, wording, starts in self._possible(text, within)
            for place in wording.finds(text, within, starts)
        ]
        return sorted(found, key=lambda one: (one.span.start, -one.span.end))

    def _possible(self, text: str, within: Span) -> Iterator[tuple[K, Wording, list[int]]]:
        """Yield what the words of a stretch allow, in the order it was added, with its starts."""
        places: dict[int, list[int]] = {}
        for token, here in tokens(within.of(text)).items():
            for number in self._numbers(token):
                places.setdefault(number, []).extend(here)
        for number in sorted(places):
            starts = [within.start + place for place in sorted(places[number])]
            yield *self._wordings[number], starts

    def _begun_by(self, token: str) -> tuple[int, ...]:
        """Return the numbers of the wordings that `token` may begin."""
        told = [*self._whole.get(token, ())]
        if token[0].isdigit():
            told += self._whole.get(NUMBER, ())
        if token.endswith("ed"):
            told += self._whole.get(ED, ())
        for length, shelf in self._begun.items():
            told += shelf.get(token[:length], ())
        return tuple(set(told))
