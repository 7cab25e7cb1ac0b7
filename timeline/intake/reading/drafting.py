"""Drafting: what every draft has whatever it is of: an id, a window, the words of why."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from timeline.intake.draft import DraftWindow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from timeline.bitemporal import Window
    from timeline.intake.draft import DraftKind
    from timeline.intake.span import Span
    from timeline.intake.windows import Reading

# The policy of a window that no words tell: by the day of publication it was so.
UNTOLD = "by-publication"
_LENGTH = 24
_MOST_CUES = 6


def draft_id(digest: str, kind: DraftKind, type_: str, span: Span) -> str:
    """Return an id that the same place of the same text gets every time."""
    told = f"{digest}:{kind}:{type_}:{span.start}:{span.end}"
    return sha256(told.encode()).hexdigest()[:_LENGTH]


def draft_window(reading: Reading | None) -> DraftWindow | None:
    """Return the window that words about time were read as, or None where they give none."""
    if reading is None or reading.window is None:
        return None
    return told_window(reading, reading.window)


def told_window(reading: Reading, window: Window) -> DraftWindow:
    """Return the window of a reading that has one."""
    return DraftWindow(
        window.earliest, window.latest, window.edtf, reading.words, window.policy or ""
    )


def day_window(day: date, *, since: bool) -> DraftWindow:
    """Return the window of what is told without a time: that day, or until then where `since`."""
    edtf = f"../{day}" if since else str(day)
    return DraftWindow(None if since else day, day, edtf, "", UNTOLD)


def why(text: str, spans: Iterable[Span]) -> str:
    """Return the cues that decided, as the text has them, on one line."""
    words = dict.fromkeys(" ".join(span.of(text).split()) for span in spans)
    return "; ".join([f"'{word}'" for word in words][:_MOST_CUES])
