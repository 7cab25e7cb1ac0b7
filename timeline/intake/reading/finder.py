"""Finder: which of many wordings stand in a stretch of text, asking only those that can."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from timeline.intake.reading.view import tokens
from timeline.intake.reading.wordings import ED, NUMBER
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.intake.reading.wordings import Wording

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """A wording of `key` that stands at `span`."""

    key: K
    span: Span


@dataclass(slots=True)
class Finder(Generic[K]):
    """Wordings by the first word that must be there, each with the key it stands for."""

    _whole: dict[str, list[tuple[int, K, Wording]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _begun: dict[int, dict[str, list[tuple[int, K, Wording]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    _count: int = 0

    def add(self, key: K, wordings: Iterable[Wording]) -> None:
        """Let `wordings` stand for `key`."""
        for wording in wordings:
            for first in wording.first:
                stem = first.removesuffix("*")
                shelf = self._whole if stem == first else self._begun[len(stem)]
                shelf[stem].append((self._count, key, wording))
            self._count += 1

    def finds(self, text: str, within: Span) -> list[Found[K]]:
        """Return all that stands in `within` of a masked text, in order."""
        found = (
            Found(key, Span(*place))
            for key, wording in self._possible(set(tokens(text, within)))
            for place in wording.finds(text, within)
        )
        return sorted(found, key=lambda one: (one.span.start, -one.span.end))

    def _possible(self, tokens: set[str]) -> Iterator[tuple[K, Wording]]:
        """Yield what the words of a stretch allow, in the order it was added, each once."""
        possible = {number: (key, w) for token in tokens for number, key, w in self._for(token)}
        return (possible[number] for number in sorted(possible))

    def _for(self, token: str) -> Iterator[tuple[int, K, Wording]]:
        yield from self._whole.get(token, ())
        if token[0].isdigit():
            yield from self._whole.get(NUMBER, ())
        if token.endswith("ed"):
            yield from self._whole.get(ED, ())
        for length, shelf in self._begun.items():
            yield from shelf.get(token[:length], ())
