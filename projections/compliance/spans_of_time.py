"""Windows in words, as findings tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.bitemporal import Window


def days_of(window: Window) -> str:
    """Tell the days of a window, and the words they were read from."""
    first, last = window.earliest, window.latest
    told = str(last) if first == last else f"{first or ''}..{last or ''}"
    return f"{told} ('{window.words}')" if window.words else told
