"""Periodic documents: those that report at regular times, told by their kind or their title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Periodic:
    """What tells such a document: its `kind`, or words its title has all of, or both."""

    kind: str | None
    title: frozenset[str]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Periodic:
        """Read one entry of a pack's `periodic_documents`."""
        kind = told.get("kind")
        return cls(kind and kind.casefold(), frozenset(told.get("title", ())))

    def fits(self, kind: str | None, title: str | None) -> bool:
        """Say whether a document of this kind and title is meant; cases do not matter."""
        if self.kind is not None and (kind or "").casefold() != self.kind:
            return False
        return self.title <= set(_WORD.findall((title or "").casefold()))
