"""The log: events, answered requests, and how far others have followed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError
from timeline.recorder import append_only
from timeline.recorder.schema import POSITION, Instant, StreamId

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables of the log and have the database guard them."""
    op.create_table(
        "events",
        sa.Column("position", POSITION, autoincrement=False, nullable=False),
        sa.Column("stream", StreamId, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_events"),
        sa.UniqueConstraint("stream", "version", name="uq_events_stream_version"),
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("first_position", POSITION, nullable=False),
        sa.Column("last_position", POSITION, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_idempotency"),
    )
    op.create_table(
        "tracking",
        sa.Column("application_name", sa.Text, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.PrimaryKeyConstraint("application_name", name="pk_tracking"),
    )
    _guard(op.get_bind())


def downgrade() -> None:
    """Refuse: nothing recorded is ever taken back."""
    raise StoreError("a store only moves forward; to go back, restore a backup")


def _guard(connection: sa.Connection) -> None:
    append_only.prepare(connection)
    append_only.protect(connection, "events", ["position"], ["stream", "version"])
    append_only.protect(connection, "idempotency", ["key"])
    append_only.follow_on(connection)
