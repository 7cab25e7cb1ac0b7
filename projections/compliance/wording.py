"""The words by which rules tell what a text does, as data: `wording.json`, read once.

Most entries are pieces of regular expressions, each of bounded length; case is ignored.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import orjson


@cache  # the file is part of the program
def _words() -> dict[str, list[str]]:
    told: dict[str, list[str]] = orjson.loads(
        (files("projections.compliance") / "wording.json").read_bytes()
    )
    return told


@cache
def known(name: str) -> frozenset[str]:
    """Return the words of one list, for looking up."""
    return frozenset(_words()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pieces of one list as one expression."""
    return re.compile(f"(?:{'|'.join(_words()[name])})", re.IGNORECASE)
