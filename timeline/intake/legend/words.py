"""The words by which the parts of a legend are told, as data: `words.json`, read once.

Nothing here is of a domain: it is the English of cautionary text. Most entries are pieces of
regular expressions, each of bounded length; they are put together here and nowhere else.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Quotes, dashes and white space of one code point each, so that offsets stay.
_LEVEL = str.maketrans("“”„«»‘’‚‐‑‒–—\u00a0\u2007\u2009\u202f\t", '"""""\'\'\'-----     ')  # noqa: RUF001


def level(text: str) -> str:
    """Return `text` with one kind of quote, dash and blank; every offset stays what it was."""
    return text.translate(_LEVEL)


@cache
def words() -> Mapping[str, Sequence[str]]:
    """Return the lists, read from the file that is shipped beside this one."""
    told: dict[str, list[str]] = orjson.loads(
        files(__package__).joinpath("words.json").read_bytes()
    )
    return told


@cache
def known(name: str) -> frozenset[str]:
    """Return the words of one list, for looking up."""
    return frozenset(words()[name])


def any_of(name: str) -> str:
    """Return the pieces of a list as one group, the longest first."""
    return f"(?:{'|'.join(sorted(words()[name], key=len, reverse=True))})"


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """Compile an expression in which `<name>` stands for the list of that name; case is ignored."""
    filled = re.sub(r"(?<!\?P)<(\w+)>", lambda name: any_of(name[1]), expression)
    return re.compile(filled, re.IGNORECASE)
