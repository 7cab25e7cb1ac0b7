"""Hashes as answers tell them."""

from __future__ import annotations

import base64


def encoded(hash_: bytes) -> str:
    """Return a hash in base64."""
    return base64.b64encode(hash_).decode()
