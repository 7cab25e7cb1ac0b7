"""The document in hand, read: its text and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projections.compliance.claim import Claim


@dataclass(frozen=True, slots=True)
class TextRead:
    """What a reading of the text found; spans are code points of `text`."""

    text: str
    claims: tuple[Claim, ...]
