"""How far a downstream application has followed an upstream one's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from timeline.recorder.failures import TrackedAlready
from timeline.recorder.schema import tracking

if TYPE_CHECKING:
    from eventsourcing.persistence import Tracking
    from sqlalchemy.engine import Connection

__all__ = ["advance", "tracked"]

# One statement that both databases understand, so two processors cannot both advance.
_ADVANCE = text(
    "INSERT INTO tracking (application_name, position) VALUES (:name, :position) "
    "ON CONFLICT (application_name) DO UPDATE SET position = excluded.position "
    "WHERE tracking.position < excluded.position"
)


def advance(connection: Connection, track: Tracking) -> None:
    """Record that `track` was reached; raises `TrackedAlready` unless it lies beyond the last."""
    where = {"name": track.application_name, "position": track.notification_id}
    if connection.execute(_ADVANCE, where).rowcount != 1:
        raise TrackedAlready(
            f"{track.application_name} has been followed to {track.notification_id} or beyond"
        )


def tracked(connection: Connection, application_name: str) -> int | None:
    """Return the position reached in the log of `application_name`, if any was."""
    query = select(tracking.c.position).where(tracking.c.application_name == application_name)
    return connection.execute(query).scalar()
