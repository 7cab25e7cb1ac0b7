"""The names of the issuer, by which its own documents and its own speakers are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FORMS = (" inc.", " inc", " corp.", " corp", " corporation", " ltd.", " ltd", " limited", " plc")
_LEAST = 3


def own_names(names: Iterable[str]) -> frozenset[str]:
    """Return the names in lower case, and each without its legal form."""
    return frozenset(_names(names))


def _names(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        folded = name.casefold().strip()
        yield from (one for one in (folded, _bare(folded)) if len(one) >= _LEAST)


def _bare(name: str) -> str:
    """Return the name without its legal form and what little is left of a comma before it."""
    form = next((form for form in _FORMS if name.endswith(form)), "")
    return name.removesuffix(form).rstrip(" ,")
