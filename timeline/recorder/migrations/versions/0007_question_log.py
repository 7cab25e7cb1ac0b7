"""The question log: what was asked, when and by whom, and the digest of the answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError
from timeline.recorder import append_only
from timeline.recorder.schema import POSITION, Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table and have the database guard it like the log."""
    op.create_table(
        "questions",
        sa.Column("number", POSITION, autoincrement=False, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sa.Column("stated", sa.Text, nullable=False),
        sa.Column("pinned", sa.Text, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("digest", sa.CHAR(64), nullable=False),
        sa.Column("release", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_questions"),
    )
    append_only.protect(op.get_bind(), "questions", ["number"])
    append_only.follow_on_questions(op.get_bind())


def downgrade() -> None:
    """Refuse: nothing recorded is ever taken back."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
