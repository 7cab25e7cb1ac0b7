"""Find an issuer or a program by its id, name or alias; a near miss gets a suggestion."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from timeline.errors import BadInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.events import Event


def find(wanted: str, names: Mapping[str, Sequence[str]], what: str) -> str:
    """Return the id whose id, name or alias is `wanted`, whatever its case.

    `names` maps ids to further names. Raises NotFound with what was probably meant, BadInput when
    several are called that.
    """
    if wanted in names:
        return wanted
    folded = wanted.casefold()
    found = [i for i, called in names.items() if folded in _folded(i, called)]
    if len(found) > 1:
        raise BadInput(f"{wanted!r} may be {' or '.join(found)}; use the id", place=what)
    if found:
        return found[0]
    raise NotFound(f"no {what} is called {wanted!r}{_hint(folded, names)}", place=what)


def find_issuer(wanted: str, issuers: list[dict[str, Any]]) -> str:
    """Return the id of the issuer called `wanted`, among rows of issuers; raises as `find` does."""
    return find(wanted, issuer_names(issuers), "issuer")


def issuer_names(issuers: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return every issuer's id with the name and aliases it is found by."""
    return {i["issuer"]: [i["name"] or "", *i["aliases"]] for i in issuers}


def sole_issuer(item: str, events: Iterable[Event], what: str, *, place: str) -> str:
    """Return whose item `item` is, by the events that have its id.

    Raises NotFound when there are none, BadInput when several issuers use the id.
    """
    issuers = dict.fromkeys(event.issuer for event in events)
    if len(issuers) > 1:
        raise BadInput(f"{item!r} is of {' and '.join(issuers)}; say which", place="issuer")
    if not issuers:
        raise NotFound(f"{what} has the id {item!r}", place=place)
    return next(iter(issuers))


def _folded(identifier: str, called: Sequence[str]) -> set[str]:
    return {name.casefold() for name in (identifier, *called) if name}


def near_misses(wanted: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names that `wanted` may be a misspelling of, the likeliest first."""
    spelled = {f: n for i, called in names.items() for n in (i, *called) if (f := n.casefold())}
    near = get_close_matches(wanted.casefold(), spelled, n=3, cutoff=0.6)
    return [spelled[name] for name in near]


def _hint(folded: str, names: Mapping[str, Sequence[str]]) -> str:
    near = near_misses(folded, names)
    if near:
        return f"; did you mean {', '.join(near)}?"
    known = ", ".join(list(names)[:8])
    return f"; there are {known}" if known else "; nothing is recorded yet"
