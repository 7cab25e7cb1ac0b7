"""The words by which the parts of a release are told, as data: `wording.json`, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Wording:
    """What `wording.json` says, as sets and patterns; all of it is lower case."""

    never_last: frozenset[str]
    before_a_number: frozenset[str]
    may_be_last: frozenset[str]
    starters: frozenset[str]
    headings: dict[str, tuple[str, ...]]
    legend: re.Pattern[str]
    disclaimer: re.Pattern[str]
    speech: re.Pattern[str]
    dated: re.Pattern[str]
    wire: re.Pattern[str]
    end_marks: frozenset[str]


@cache
def wording() -> Wording:
    """Return the words, read from the file that is shipped beside this one."""
    told = orjson.loads(files(__package__).joinpath("wording.json").read_bytes())
    short = told["abbreviations"]
    return Wording(
        never_last=frozenset(short["never_last"]),
        before_a_number=frozenset(short["before_a_number"]),
        may_be_last=frozenset(short["may_be_last"]),
        starters=frozenset(told["sentence_starters"]),
        headings={role: tuple(words) for role, words in told["headings"].items()},
        end_marks=frozenset(told["end_marks"]),
        **_patterns(told),
    )


def _patterns(told: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    month = _any_of(told["months"])
    return {
        "legend": _pattern(_any_of(told["legend_openers"])),
        "disclaimer": _pattern(_any_of(told["disclaimers"])),
        "speech": _pattern(rf"\b(?:{_any_of(told['speech'])})\b"),
        "dated": _pattern(rf"\b(?:(?:{month})\.? \d{{1,2}}\b|\d{{1,2}}(?:er)? (?:{month})\b)"),
        "wire": _pattern(_any_of(told["wires"])),
    }


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
