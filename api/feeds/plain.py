"""Texts of other people made fit for a feed, and what feeds name things by."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid5

from timeline.canonical import canonical_text
from timeline.events.streams import NAMESPACE

_KEPT = "\n\t"
_NO_CHARACTERS = {"\ufffe", "\uffff"}


def plain(text: str) -> str:
    """Return `text` with a mark where a character stands that no feed may hold.

    XML 1.0 and iCalendar allow no control characters but a few, and neither half a character.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one if _fits(one) else "\N{REPLACEMENT CHARACTER}" for one in lines)


def one_line(text: str) -> str:
    """Return `text` on one line, for titles."""
    return " ".join(plain(text).split())


def uuid_of(*parts: str | None) -> str:
    """Return the same UUID for the same parts, whenever and wherever it is asked for."""
    return str(uuid5(NAMESPACE, canonical_text(["feed", *parts])))


def address(*parts: str) -> str:
    """Return the path of a page of this server, with every part of it quoted."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _fits(one: str) -> bool:
    code = ord(one)
    control = code < 0x20 or 0x7F <= code <= 0x9F  # noqa: PLR2004  # C0, DEL and C1
    half = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004  # a surrogate
    return one in _KEPT or not (control or half or one in _NO_CHARACTERS)
