"""A personal value on its way in: as its caller gave it, and not fit to be stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, repr=False)
class Unsealed:
    """The value of a personal fact and whose it is, until it is sealed.

    It is no JSON on purpose: `to_payload` raises TypeError for an event that still holds one, so
    what was not sealed cannot be stored. Neither part is told when it is printed.
    """

    value: Any = field()
    data_subject: str = field()

    def __repr__(self) -> str:
        """Say that it is one, and no more."""
        return "Unsealed(...)"
