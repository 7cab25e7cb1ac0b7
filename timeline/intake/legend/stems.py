"""Stems: words without their endings, so that "licensing" and "licence" are one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from timeline.intake.legend.words import known, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_][\w'-]{0,40}")
_SHORTEST = 3
_PARTNER = "partner"


def stems(text: str) -> frozenset[str]:
    """Return the stems of what `text` says, without small words and those every release has."""
    return frozenset(
        stem for word in _WORD.findall(text) if (stem := stem_of(word)) and stem not in _worn()
    )


@cache
def stem_of(word: str) -> str:
    """Return the stem of one word, "" of a small word; the words for partners have one stem."""
    plain = word.lower().removesuffix("'s").replace("'", "")
    if plain in known("stop"):
        return ""
    if plain in known("partners"):
        return _PARTNER
    return _stripped(plain.replace("-", ""))


def _stripped(plain: str) -> str:
    ending = next((e for e in _endings() if plain.endswith(e) and _holds(plain, e)), "")
    stem = plain.removesuffix(ending) if ending else plain
    if ending and stem[-1] == stem[-2] and stem[-1] not in "ls":
        stem = stem[:-1]
    return _respellings().get(stem, stem)


def _holds(plain: str, ending: str) -> bool:
    """Whether enough of a word is left without an ending."""
    return len(plain) - len(ending) >= _SHORTEST


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(words()["endings"], key=len, reverse=True))


@cache
def _respellings() -> Mapping[str, str]:
    pairs = (pair.split() for pair in words()["respellings"])
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _worn() -> frozenset[str]:
    return stems_of("worn")


@cache
def stems_of(name: str) -> frozenset[str]:
    """Return the stems of one of the lists of words."""
    return frozenset(stem for word in words()[name] if (stem := stem_of(word)))
