"""Kinds: whether bytes are plain text, HTML or PDF, or what else they are."""

from __future__ import annotations

import re

from timeline.errors import InvalidDocument

_PDF = b"%PDF-"
_LOOKED_AT = 1_024
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,400}-->\s*)?"
    rb"<(?:!doctype\s+html|(?:html|head|title|meta|body|div|p|table|article|section|main|pre|center|font"
    rb"|h[1-6]|ul|ol|b|span|style|script)\b)",
    re.IGNORECASE,
)
_HTML_NAMES = (".html", ".htm", ".xhtml")
# What else is given by mistake: the first bytes, what it is, and the way out.
_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive, as .docx and .xlsx are", "save it as PDF, HTML or plain text"),
    (b"PK\x05\x06", "an empty ZIP archive", "give the document itself"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as PDF, HTML or plain text"),
    (b"{\\rtf", "RTF", "save it as PDF, HTML or plain text"),
    (b"\x1f\x8b", "compressed by gzip", "decompress it first"),
    (b"\x89PNG", "a picture", "give its text"),
    (b"\xff\xd8\xff", "a picture", "give its text"),
)


def kind_of(data: bytes, name: str = "") -> str:
    """Return text, html or pdf by the first bytes, then by the ending of `name`.

    Raises InvalidDocument for what is known to be none of them, with the way out.
    """
    for first, what, way_out in _OTHERS:
        if data.startswith(first):
            raise InvalidDocument(f"this is {what}; {way_out}")
    if _PDF in data[:_LOOKED_AT]:
        return "pdf"
    if _HTML.match(data[:_LOOKED_AT]) or name.lower().endswith(_HTML_NAMES):
        return "html"
    if name.lower().endswith(".pdf"):
        raise InvalidDocument("its name says PDF, and it does not begin as one; save it again")
    return "text"
