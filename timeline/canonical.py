"""Canonical bytes of a JSON value: the one text that is hashed, compared and kept.

The rules are those of RFC 8785 (JSON Canonicalization Scheme) for everything the record may hold:
objects with sorted keys, no spaces, UTF-8, no escapes beyond the required ones. Two differences,
both refused or fixed here rather than left to chance: keys sort by code point, and numbers are
integers or finite floats written the way Python writes them, so a reader needs nothing but `json`.
"""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical_json(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON `value`.

    Raises ValueError for NaN and infinities, TypeError for what JSON cannot say.
    """
    return canonical_text(value).encode()


def canonical_text(value: Any) -> str:
    """Return the canonical text of a JSON `value`; see `canonical_json`."""
    return _ENCODER.encode(value)
