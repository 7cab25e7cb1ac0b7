"""The lexicon: the cue words of English and of the loaded packs, compiled once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from timeline.intake.reading.finder import Finder
from timeline.intake.reading.forms import verb_classes
from timeline.intake.reading.wordings import compile_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.intake.reading.wordings import Wording
    from timeline.packs.cues import Cue

ENGLISH = "english.json"
EVENT_TYPE, APART = "event_type", "apart"
_OF_PACKS = ("stage",)


@dataclass(frozen=True, slots=True)
class Forward:
    """A way of speaking of the future: the type of statement it makes, and how sure that is.

    A `timed` one counts only beside a time to come or a condition.
    """

    type: str
    confidence: float
    unless: Finder[str]
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cue of a pack with what forbids it, compiled."""

    cue: Cue
    unless: Finder[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is looked for in a text: ways of speaking of the future, cues of packs, and grammar.

    `cues` are by what they mean; those of event types that are apart, by `APART`.
    """

    forward: Finder[Forward]
    cues: Mapping[str, Finder[Spoken]]
    grammar: Mapping[str, Finder[str]]


def english() -> dict[str, Any]:
    """Return the words of general English that the reading goes by."""
    loaded: dict[str, Any] = orjson.loads((files("timeline.intake.reading") / ENGLISH).read_bytes())
    return loaded


@cache
def lexicon(cues: tuple[Cue, ...]) -> Lexicon:
    """Return the compiled lexicon of English and of the cues of packs."""
    told = english()
    classes = _classes(told, cues)
    forward: Finder[Forward] = Finder()
    for one in told["forward"]:
        unless = _unless(one.get("unless", ()), classes)
        way = Forward(one["type"], one["confidence"], unless, bool(one.get("timed")))
        forward.add(way, _compiled(one["words"], classes))
    return Lexicon(forward, _cues(cues, classes), _grammar(told["grammar"], classes))


def classes_of(cues: Iterable[Cue]) -> dict[str, tuple[str, ...]]:
    """Return the classes of words that a wording may name, stages of `cues` among them."""
    return _classes(english(), cues)


def _classes(told: Mapping[str, Any], cues: Iterable[Cue]) -> dict[str, tuple[str, ...]]:
    classes = {name: tuple(words) for name, words in told["classes"].items()}
    classes |= verb_classes(told["verbs"], told["irregular"])
    for means in _OF_PACKS:
        words = (word for cue in cues if cue.means == means for word in cue.words)
        classes[means] = tuple(words) or ("\ue00f",)
    return classes


def _cues(cues: Iterable[Cue], classes: Mapping[str, tuple[str, ...]]) -> dict[str, Finder[Spoken]]:
    finders: dict[str, Finder[Spoken]] = defaultdict(Finder)
    for cue in cues:
        spoken = Spoken(cue, _unless(cue.unless, classes))
        means = APART if cue.apart and cue.means == EVENT_TYPE else cue.means
        finders[means].add(spoken, _compiled(cue.words, classes))
    return finders


def _grammar(
    told: Mapping[str, list[str]], classes: Mapping[str, tuple[str, ...]]
) -> dict[str, Finder[str]]:
    finders: dict[str, Finder[str]] = defaultdict(Finder)
    for name, words in told.items():
        finders[name].add(name, _compiled(words, classes))
    return finders


def _unless(words: Iterable[str], classes: Mapping[str, tuple[str, ...]]) -> Finder[str]:
    finder: Finder[str] = Finder()
    finder.add("unless", _compiled(words, classes))
    return finder


def _compiled(words: Iterable[str], classes: Mapping[str, tuple[str, ...]]) -> tuple[Wording, ...]:
    return tuple(compile_wording(one, classes) for one in words)
