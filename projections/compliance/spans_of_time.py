"""Windows in words, as findings tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.bitemporal import Window


def days_of(window: Window, words: str | None = None) -> str:
    """Tell the days of a window, and the words they were read from, or `words`."""
    first, last = window.earliest, window.latest
    told = str(last) if first == last else f"{first or ''}..{last or ''}"
    said = window.words or words
    return f"{told} ('{said}')" if said else told
