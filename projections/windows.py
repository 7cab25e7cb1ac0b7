"""Windows as the read models keep them: their EDTF text, read once per text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from timeline.bitemporal import parse_edtf

if TYPE_CHECKING:
    from timeline.bitemporal import Window


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Window:
    return parse_edtf(text)


def window_of(text: str | None) -> Window | None:
    """Return the window of a stored EDTF text. A pure function of the text, so it is cached."""
    return None if text is None else _parsed(text)


def window_answer(window: Window | None, words: str | None = None) -> dict[str, Any] | None:
    """Return a window as answers show it; an open side is null."""
    if window is None:
        return None
    return {
        "earliest": window.earliest and window.earliest.isoformat(),
        "latest": window.latest and window.latest.isoformat(),
        "edtf": window.edtf,
        "words": words if words is not None else window.words,
    }
