"""Documents: plain text, HTML or PDF as one text with sections and sentences in it."""

from timeline.intake.documents.document import Document, Section

__all__ = [
    "Document",
    "Section",
]
