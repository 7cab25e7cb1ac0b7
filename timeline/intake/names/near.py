"""Near words: a long word of a name spelled a little otherwise."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Shorter words differ in a letter by being other words; one letter may be off from here on, two
# from `_TWO` on.
SHORTEST = 6
_TWO = 12
# A word in lower case is taken for a name's only where it is long enough to be no other word.
_SMALL = 9


class NearWords:
    """The long words of names, each found from a word spelled nearly like it.

    Only words of letters that begin alike are compared: a digit is never near another. An ending
    that a word of the language takes (trial, trials) makes another word, not a slip of the pen.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._known = set(words)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_start[word[0], len(word)].append(word)
        self._found: dict[str, str] = {}

    def word(self, key: str, capital: bool) -> str:
        """Return the word of a name that `key` is or is near to, else `key` itself."""
        shortest = SHORTEST - 1 if capital else _SMALL
        if len(key) < shortest or key in self._known or key[0].isdigit():
            return key
        if key not in self._found:
            self._found[key] = self._nearest(key)
        return self._found[key]

    def _nearest(self, key: str) -> str:
        """Return the one word near `key`; where two are, none is meant."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded when a word is compared

        near = {
            word
            for length in range(len(key) - 2, len(key) + 3)
            for word in self._by_start.get((key[0], length), ())
            if OSA.distance(key, word, score_cutoff=2) <= _allowed(key, word)
            and not (key.startswith(word) or word.startswith(key))
        }
        return near.pop() if len(near) == 1 else key


def _allowed(key: str, word: str) -> int:
    return 2 if min(len(key), len(word)) >= _TWO else 1
