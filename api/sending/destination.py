"""Where digests go: what every kind of destination can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from datetime import datetime


class NotDelivered(TimelineError):
    """Whoever should get a message did not take it; `again` says whether to try once more."""

    def __init__(self, message: str, *, again: bool = True) -> None:
        super().__init__(message)
        self.again = again


class Destination(Protocol):
    """One receiver of digests; `name` is what it is called in the outbox."""

    @property
    def name(self) -> str:
        """The name under which the outbox counts what went there."""
        ...

    def message(self, id_: str, made_at: datetime, digest: dict[str, Any]) -> bytes:
        """Return what is sent, byte for byte the same at every attempt."""
        ...

    def send(self, id_: str, message: bytes, at: datetime) -> None:
        """Send it once; raises NotDelivered unless it was taken."""
        ...
