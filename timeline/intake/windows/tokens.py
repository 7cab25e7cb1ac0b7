"""Tokens: a text as the words, numbers and signs the grammar reads, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Dates of digits first, then amounts, so that "1,000" and "2.5" are no years, then words as a whole
# with the digits in them ("2H12", "FY09"), then signs one by one.
_TOKEN: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])"
    r"|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})(?![\w/])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])"
    r"|[0-9]+\.[0-9]+"
    r"|[^\W_]+"
    r"|[^\s\u00ad\u200b\u200c\u200d\ufeff\u2060]"
)
_DASHES: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_QUOTES: Final = dict.fromkeys("\u2018\u2019\u201b\u2032\u02bc\uff07`", "'")
_LEVELLED: Final = _DASHES | _QUOTES | {"\u2044": "/", "\u2215": "/"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text: `words` in lower case, levelled; `starts` and `ends` in code points.

    Whatever lies behind the last token is the empty word.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.words)

    def at(self, i: int) -> str:
        """Return the word at `i`, the empty one outside of the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def has(self, i: int, words: Iterable[str]) -> bool:
        """Whether just these words stand at `i`."""
        return all(self.at(i + n) == word for n, word in enumerate(words))

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the one before it."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def parted(self, i: int) -> bool:
        """Whether a blank line stands between token `i` and the one before it."""
        between = self.text[self.ends[i - 1] : self.starts[i]] if 0 < i < len(self.words) else ""
        return between.count("\n") > 1

    def capital(self, i: int) -> bool:
        """Whether token `i` is written like a name: a capital, then small letters."""
        if not 0 <= i < len(self.words):
            return False
        first, second = self.starts[i], self.starts[i] + 1
        return self.text[first].isupper() and self.text[second : second + 1].islower()

    def ends_at(self, place: int) -> int:
        """Return how many tokens begin before `place`."""
        return bisect_right(self.starts, place - 1)


def tokens_of(text: str) -> Tokens:
    """Split a text; linear in its length, and every code point is in one token at most."""
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(text):
        word = match[0]
        words.append(_LEVELLED.get(word) or word.lower())
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, tuple(words), tuple(starts), tuple(ends))
