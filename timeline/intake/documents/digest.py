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
    ord("™"): "(TM)",
    ord("℠"): "(SM)",
    ord("®"): "(R)",
}
# Bullets and bars are the rendition's; a page's line end makes a dash between two letters doubtful.
_BULLET = re.compile(r"^[ \t]*[-*•◦▪■●‣⁃∙·o][ \t]+|[•|]", re.MULTILINE)  # noqa: RUF001
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])-+(?=[^\W\d_])")


def digest_of(text: str) -> str:
    """Return the sha256, in hex, of the words: white space, quotes and dashes levelled.

    White space, bullets and the bars of tables are left out, for where they stand is a matter of
    the rendition, and so are dashes between letters; (TM) and its sign are one.
    """
    told = _BULLET.sub("", unicodedata.normalize("NFKC", text.translate(_LEVEL)))
    bare = _BETWEEN_LETTERS.sub("", "".join(told.split()).replace("''", '"'))
    return sha256(re.sub("-+", "-", bare).encode("utf-8", "surrogatepass")).hexdigest()
