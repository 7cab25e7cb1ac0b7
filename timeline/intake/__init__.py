"""Intake: a document is read, what it says is drafted, and a person decides what is recorded."""

from timeline.intake.draft import Draft, DraftKind, DraftWindow
from timeline.intake.span import Span

__all__ = [
    "Draft",
    "DraftKind",
    "DraftWindow",
    "Span",
]
