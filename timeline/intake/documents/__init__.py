"""Documents: plain text, HTML or PDF as one text with sections and sentences in it."""

from timeline.intake.documents.document import Document, Section
from timeline.intake.documents.reading import read_document, read_text

__all__ = [
    "Document",
    "Section",
    "read_document",
    "read_text",
]
