"""How far a downstream application has followed a log: another's, or the read models our own.

A store's read models are followed while there is a row of the name `READ_MODELS`, and written
inline while there is none. Both are changed under the append lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text

from timeline.recorder.failures import TrackedAlready
from timeline.recorder.prepared import Prepared
from timeline.recorder.records import Reach
from timeline.recorder.schema import events, tracking

if TYPE_CHECKING:
    from eventsourcing.persistence import Tracking
    from sqlalchemy.engine import Connection

__all__ = [
    "FOLLOWED_TO",
    "READ_MODELS",
    "advance",
    "begin",
    "end",
    "locked",
    "reach",
    "tracked",
]

READ_MODELS = "timeline.read_models"

# One statement that both databases understand, so two processors cannot both advance.
_ADVANCE = text(
    "INSERT INTO tracking (application_name, position) VALUES (:name, :position) "
    "ON CONFLICT (application_name) DO UPDATE SET position = excluded.position "
    "WHERE tracking.position < excluded.position"
)
_OURS = tracking.c.application_name == READ_MODELS
FOLLOWED_TO = select(tracking.c.position).where(_OURS).scalar_subquery()
"""The position that followed read models have reached, null where they are written inline."""
_REACH = Prepared(
    select(
        FOLLOWED_TO.label("followed_to"),
        select(func.max(events.c.position)).scalar_subquery().label("head"),
    )
)
# SQLite has no row to lock; there the transaction holds the one write lock.
_LOCKED = select(tracking.c.position).where(_OURS).with_for_update()


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


def reach(connection: Connection) -> Reach:
    """Return how far the read models have come, in one statement."""
    ((followed_to, last),) = _REACH.rows(connection)
    head = last or 0
    return Reach(head if followed_to is None else followed_to, head, followed_to is not None)


def locked(connection: Connection) -> int | None:
    """Return what followed read models have reached, and hold it until the transaction ends.

    None where they are written inline. On SQLite the transaction must have begun as an append does.
    """
    return connection.execute(_LOCKED).scalar()


def begin(connection: Connection, position: int) -> None:
    """From now on the read models, which have reached `position`, are followed."""
    connection.execute(insert(tracking).values(application_name=READ_MODELS, position=position))


def end(connection: Connection) -> None:
    """From now on the read models, which have reached the head, are written inline."""
    connection.execute(delete(tracking).where(_OURS))
