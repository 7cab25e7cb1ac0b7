"""Where words stand in a text, whatever breaks its lines or divides its cells."""

from __future__ import annotations

import re

from timeline.intake.span import Span


class NotQuotedOnceError(LookupError):
    """The words of a label are not in the text, or more than once without an occurrence."""


def find(words: str, text: str, occurrence: int | None = None) -> Span:
    """Return where `words` stand in `text`; white space and bars between cells do not count."""
    places = _places(words, text)
    if not places:
        raise NotQuotedOnceError(f"not in the text: {words!r}")
    if occurrence is None and len(places) > 1:
        raise NotQuotedOnceError(f"stands {len(places)} times, name an occurrence: {words!r}")
    if occurrence is not None and occurrence > len(places):
        raise NotQuotedOnceError(f"stands {len(places)} times, not {occurrence}: {words!r}")
    return places[(occurrence or 1) - 1]


def _places(words: str, text: str) -> list[Span]:
    parts = words.replace("|", " ").split()
    pattern = r"[\s|]+".join(re.escape(part) for part in parts)
    return [Span(*match.span()) for match in re.finditer(pattern, text)]
