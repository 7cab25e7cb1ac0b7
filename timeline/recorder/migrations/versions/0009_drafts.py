"""Drafts: what readings propose, and how far each has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError
from timeline.recorder.schema import POSITION

revision = "0009"
down_revision = "0008"

_INDEXES = (("item_id",), ("state", "place"), ("document",))


def upgrade() -> None:
    """Create the table; no older store has a draft."""
    op.create_table(
        "drafts",
        sa.Column("issuer_id", sa.Text, nullable=False),
        sa.Column("position", POSITION, autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("row_number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("place", POSITION, nullable=False),
        sa.Column("position_to", POSITION),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("issuer_id", "position", "item_id", "row_number", name="pk_drafts"),
    )
    for names in _INDEXES:
        op.create_index(f"ix_drafts_{names[0]}", "drafts", ["issuer_id", *names])


def downgrade() -> None:
    """Refuse: a store only ever moves forward."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
