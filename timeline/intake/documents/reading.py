"""Reading a document: its text, and in it the sections and sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.errors import InvalidDocument
from timeline.intake.documents.blocks import blocks
from timeline.intake.documents.decoding import decoded, decoded_markup
from timeline.intake.documents.digest import digest_of
from timeline.intake.documents.document import Document
from timeline.intake.documents.kinds import kind_of
from timeline.intake.documents.limits import MOST_BYTES, MOST_TEXT
from timeline.intake.documents.markup import text_of_html
from timeline.intake.documents.pdf import text_of_pdf
from timeline.intake.documents.sections import sections
from timeline.intake.documents.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection

# What no text holds and no database keeps: NUL, and halves of surrogate pairs.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def read_document(data: bytes, *, name: str = "") -> Document:
    """Read plain text, HTML or PDF, told by the bytes and the ending of `name`.

    Raises InvalidDocument, with the way out, for what is of no such kind, too large, locked,
    scanned, damaged or without any words.
    """
    if len(data) > MOST_BYTES:
        raise InvalidDocument(f"it has more than {MOST_BYTES} bytes; give the part that matters")
    kind = kind_of(data, name)
    if kind == "html":
        text, headings = text_of_html(decoded_markup(data))
        return _read_parts(_worded(text), headings, kind=kind)
    text = text_of_pdf(data) if kind == "pdf" else decoded(data)
    return _read_parts(_worded(text), kind=kind)


def _worded(text: str) -> str:
    """Return `text`: a document without words is a lost download or a page drawn by a script."""
    if not text.strip():
        raise InvalidDocument("it holds no text; give the file again, or its words as plain text")
    return text


def read_text(text: str) -> Document:
    """Read plain text; every span is in code points of `text` itself. Empty text has no parts.

    Raises InvalidDocument for text that is too long or holds what is no character.
    """
    return _read_parts(text, kind="text")


def _read_parts(text: str, headings: Collection[int] = frozenset(), *, kind: str) -> Document:
    """Read `text` as a document of `kind`; at `headings` begin lines known to be headings."""
    if len(text) > MOST_TEXT:
        raise InvalidDocument(
            f"it has more than {MOST_TEXT} characters; give the part that matters"
        )
    if (wrong := _NO_TEXT.search(text)) is not None:
        raise InvalidDocument(
            f"U+{ord(wrong.group()):04X} at character {wrong.start()} is no text;"
            " save it as UTF-8 text"
        )
    found = list(blocks(text, headings))
    pieces = (piece for block in found for piece in block.pieces)
    return Document(
        text=text,
        kind=kind,
        digest=digest_of(text),
        sections=sections(text, found),
        sentences=tuple(s for piece in pieces for s in sentences(text, piece)),
    )
