"""Nesting: how much work the elements of a page that stand in one another make for a parser."""

from __future__ import annotations

import re
from collections import Counter

from timeline.errors import InvalidDocument
from timeline.intake.documents.limits import MOST_NESTING

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
# Elements that hold nothing, and those whose end may be left out.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
    ]
)


def hold_nesting(html: str) -> None:
    """Raise InvalidDocument where a parser would take minutes: its time grows with the depth."""
    opened: Counter[str] = Counter()
    depth = work = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        work += depth
        if name in _FLAT:
            continue
        if not tag[1]:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if work > MOST_NESTING:
            raise InvalidDocument(
                "its elements stand too deep in one another; give it as plain text"
            )
