"""Reading a document: its text, and in it the sections and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.documents.blocks import blocks
from timeline.intake.documents.digest import digest_of
from timeline.intake.documents.document import Document
from timeline.intake.documents.sections import sections
from timeline.intake.documents.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection


def read_text(text: str) -> Document:
    """Read plain text; every span is in code points of `text` itself."""
    return read_parts(text, "text")


def read_parts(text: str, kind: str, headings: Collection[int] = frozenset()) -> Document:
    """Read `text` as a document of `kind`; at `headings` begin lines known to be headings."""
    found = list(blocks(text, headings))
    pieces = (piece for block in found for piece in block.pieces)
    return Document(
        text=text,
        kind=kind,
        digest=digest_of(text),
        sections=sections(text, found),
        sentences=tuple(s for piece in pieces for s in sentences(text, piece)),
    )
