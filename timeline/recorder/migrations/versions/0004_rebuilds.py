"""Rebuilds that put other rows in place, numbered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError
from timeline.recorder.schema import POSITION

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "rebuilds",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_rebuilds"),
    )


def downgrade() -> None:
    """Refuse: a store only ever moves forward."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
