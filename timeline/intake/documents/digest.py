"""The digest of a text's words: the same for every rendition of one release."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

_DASHES = "‐‑‒–—―−﹘﹣－"  # noqa: RUF001
_SINGLE = "‘’‚‛′`´"  # noqa: RUF001
_DOUBLE = "“”„‟″«»"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LEVEL = {
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _SINGLE), "'"),
    **dict.fromkeys(map(ord, _DOUBLE), '"'),
    **dict.fromkeys(map(ord, _NOTHING), None),
}
_RUN = re.compile(r"-+|'{2}")


def digest_of(text: str) -> str:
    """Return the sha256, in hex, of the words: white space, quotes and dashes levelled.

    White space is left out altogether, for where it stands is a matter of the rendition: at line
    ends, beside a dash, between the cells of a table (whose bars are left out too).
    """
    told = _RUN.sub(_levelled, unicodedata.normalize("NFC", text).translate(_LEVEL))
    bare = "".join(told.replace("|", " ").split())
    return sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()


def _levelled(run: re.Match[str]) -> str:
    return "-" if run.group()[0] == "-" else '"'
