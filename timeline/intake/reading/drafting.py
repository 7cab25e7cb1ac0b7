"""Drafting: what every draft has whatever it is of: an id, a window, the words of why."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from timeline.intake.draft import DraftWindow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.intake.draft import DraftKind
    from timeline.intake.span import Span
    from timeline.intake.windows import Reading

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
    window = reading.window
    return DraftWindow(
        earliest=window.earliest,
        latest=window.latest,
        edtf=window.edtf,
        words=reading.words,
        policy=window.policy or "",
    )


def why(text: str, spans: Iterable[Span]) -> str:
    """Return the cues that decided, as the text has them, on one line."""
    words = dict.fromkeys(" ".join(span.of(text).split()) for span in spans)
    return "; ".join([f"'{word}'" for word in words][:_MOST_CUES])
