"""Forms: what English makes of a verb, so that a lexicon names each verb once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def verb_classes(verbs: Iterable[str], irregular: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return `act`, `acts`, `acted` and `acting`: the forms of all verbs, by class.

    A verb that doubles its last letter is written with `+`, as `submit+`; `irregular` has the past
    forms that no rule makes, parted by spaces.
    """
    told = [(verb.rstrip("+"), verb.endswith("+")) for verb in verbs]
    return {
        "act": tuple(verb for verb, _ in told),
        "acts": tuple(third(verb) for verb, _ in told),
        "acted": tuple(form for v, d in told for form in past(v, irregular, doubled=d)),
        "acting": tuple(gerund(verb, doubled=doubled) for verb, doubled in told),
    }


def third(verb: str) -> str:
    """Return the form with he, she or it."""
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith((*_SIBILANTS, "o")) else f"{verb}s"


def past(verb: str, irregular: Mapping[str, str], *, doubled: bool) -> list[str]:
    """Return the forms of the past, the participle included."""
    if verb in irregular:
        return irregular[verb].split()
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [f"{verb[:-1]}ied"]
    if verb.endswith("e"):
        return [f"{verb}d"]
    return [f"{verb}{verb[-1] if doubled else ''}ed"]


def gerund(verb: str, *, doubled: bool) -> str:
    """Return the form in -ing."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1] if doubled else ''}ing"
