"""Digests: the outbox of what is told to those who follow up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError
from timeline.recorder.schema import POSITION, Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table; nothing was sent before."""
    op.create_table(
        "digests",
        sa.Column("issuer_id", sa.Text, nullable=False),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("since_on", sa.Text, nullable=False),
        sa.Column("since_position", POSITION, nullable=False),
        sa.Column("to_on", sa.Text, nullable=False),
        sa.Column("to_position", POSITION, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("message", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.Text),
        sa.Column("claimed_to", Instant),
        sa.Column("sent_at", Instant),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("issuer_id", "destination", "number", name="pk_digests"),
        sa.UniqueConstraint("id", name="uq_digests_id"),
    )


def downgrade() -> None:
    """Refuse: a store only ever moves forward."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
