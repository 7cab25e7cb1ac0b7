"""Openers: the words at which words about time can begin, so that all others are passed over."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from timeline.intake.windows.english import english

if TYPE_CHECKING:
    from timeline.intake.windows.tokens import Tokens

_BEGINNING: Final = (
    *("open", "unsaid", "soon", "lasting", "more", "modifiers", "ahead", "parts", "relative"),
    *("feasts", "moving_feasts", "frequencies"),
)
_ARTICLES: Final = ("the", "a", "an")
_DIGIT: Final = re.compile("[0-9]")


def may_open(tokens: Tokens, i: int) -> bool:
    """Whether words about time may begin at `i`; whether they do is for the grammar to tell."""
    word = tokens.at(i)
    if word in _ARTICLES:
        word = tokens.at(i + 1)
        return word in _behind_articles() or _opens(word)
    return _opens(word)


def _opens(word: str) -> bool:
    return word in _openers() or _DIGIT.search(word) is not None


@cache
def _openers() -> frozenset[str]:
    words = english()
    begun = (words.phrases[name].by_first for name in _BEGINNING)
    sets = (words.sets["last_ordinals"], words.sets["openers"])
    return frozenset().union(*begun, *words.words.values(), *sets)


@cache
def _behind_articles() -> frozenset[str]:
    """Return the words behind the article of a phrase, and those that may lead to a unit."""
    begun = (english().phrases[name].by_first for name in _BEGINNING)
    told = (same.get(article, ()) for same in begun for article in _ARTICLES)
    seconds = frozenset(words[1] for known in told for words, _ in known)
    return seconds | english().sets["behind_articles"]
