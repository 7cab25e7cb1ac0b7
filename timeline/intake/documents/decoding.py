"""Decoding: the bytes of a text as its characters."""

from __future__ import annotations

import codecs
import re

from timeline.errors import InvalidDocument

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:\-]{1,40})""", re.IGNORECASE
)
_DECLARED_IN = 2_048
# What a page may say of itself; latin-1 and ASCII mean cp1252 there, as browsers take it.
_KNOWN = re.compile(
    r"utf-8|cp125\d|iso8859-\d{1,2}|koi8-[ru]|mac-roman|gb18030|gbk|big5|shift_jis|euc_(?:jp|kr)"
)
_AS_CP1252 = {"iso8859-1", "ascii"}


def decoded(data: bytes) -> str:
    """Return plain text: by its byte order mark, else UTF-8, else Windows-1252.

    A mark is no part of the text. The five bytes that Windows-1252 leaves open are taken as in
    Latin-1. Raises InvalidDocument where a mark promises what does not follow.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)


def decoded_markup(data: bytes) -> str:
    """Return HTML as text: by its byte order mark, by the charset it states, else as plain text."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return decoded(data)
    stated = _CHARSET.search(data[:_DECLARED_IN])
    name = _codec(stated[1].decode("ascii", "replace")) if stated else None
    return decoded(data) if name is None else data.decode(name, "replace")


def _codec(stated: str) -> str | None:
    try:
        name = codecs.lookup(stated).name
    except (LookupError, ValueError):
        return None
    if name in _AS_CP1252:
        return "cp1252"
    return name if _KNOWN.fullmatch(name) else None


def _marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidDocument(
            f"its first bytes say {encoding.upper()}, and byte {error.start} is not;"
            " save it again as UTF-8"
        ) from error


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)
