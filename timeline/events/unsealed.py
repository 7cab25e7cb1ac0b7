"""A personal value on its way in: as its caller gave it, and not fit to be stored."""

from __future__ import annotations

from typing import Any


class Unsealed:
    """The value of a personal fact and whose it is, until it is sealed.

    It is no JSON on purpose, and no dataclass, which some writers of JSON take: `to_payload` raises
    TypeError for an event that still holds one, so what was not sealed cannot be stored. Neither
    part is told when it is printed.
    """

    __slots__ = ("data_subject", "value")

    def __init__(self, value: Any, data_subject: str) -> None:
        self.value = value
        self.data_subject = data_subject

    def __repr__(self) -> str:
        """Say that it is one, and no more."""
        return "Unsealed(...)"
