"""The keys that personal facts are sealed with; rows of this table may be deleted, and are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table of keys, one for each data subject of an issuer."""
    op.create_table(
        "personal_keys",
        sa.Column("issuer_id", sa.Text, nullable=False),
        sa.Column("data_subject", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("issuer_id", "data_subject", name="pk_personal_keys"),
        sa.UniqueConstraint("key_id", "issuer_id", name="uq_personal_keys_key_id_issuer_id"),
    )


def downgrade() -> None:
    """Refuse: nothing recorded is ever taken back."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
