"""The words the grammar knows, read once from `english.json`; phrases as tries over tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from timeline.intake.windows.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.intake.windows.tokens import Tokens


@dataclass(slots=True)
class Phrases:
    """Phrases of one or more words, each with what it means; the longest one wins."""

    by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Phrases:
        """Make them of phrase to meaning."""
        made = cls()
        for phrase, meaning in told.items():
            words = tokens_of(phrase).words
            made.by_first.setdefault(words[0], []).append((words, meaning))
        for same in made.by_first.values():
            same.sort(key=lambda known: -len(known[0]))
        return made

    def at(self, tokens: Tokens, i: int) -> tuple[Any, int] | None:
        """Return the meaning of the longest phrase at `i` and the place behind it."""
        for words, meaning in self.by_first.get(tokens.at(i), ()):
            if (behind := _behind(tokens, i, words)) is not None:
                return meaning, behind
        return None


def _behind(tokens: Tokens, i: int, words: tuple[str, ...]) -> int | None:
    """Return the place behind `words` at `i`; a hyphen may stand between two of them."""
    for n, word in enumerate(words):
        if n and tokens.at(i) == "-" and word != "-":
            i += 1
        if tokens.at(i) != word:
            return None
        i += 1
    return i


@dataclass(frozen=True, slots=True)
class English:
    """The words of `english.json`: single words as mappings and sets, longer ones as phrases."""

    words: Mapping[str, Mapping[str, Any]]
    sets: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]


_WORDS = (
    "months",
    "weekdays",
    "weekdays_short",
    "seasons",
    "units",
    "ordinals",
    "halves",
    "numbers",
)
_SETS = (
    "months_that_are_words",
    "plural_units",
    "last_ordinals",
    "shift_words",
    "counted",
    "clause_ends",
    "outlooks",
    "openers",
    "behind_articles",
)
_PHRASES = (
    *("parts", "relative", "modifiers", "after_words", "soon", "unsaid", "feasts", "moving_feasts"),
    *("former", "open", "frequencies", "ago", "hence", "not_times", "closing_words", "lasting"),
    *("more", "ahead", "to_come", "tied"),
)


@cache
def english() -> English:
    """Return the words; the file is read the first time."""
    told = json.loads((files("timeline.intake.windows") / "english.json").read_bytes())
    return English(
        {name: told[name] for name in _WORDS},
        {name: frozenset(told[name]) for name in _SETS},
        {name: Phrases.of(_meanings(told[name])) for name in _PHRASES},
    )


def _meanings(told: Mapping[str, Any] | Iterable[str]) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else dict.fromkeys(told, True)
