"""An index on the facts whose end the order of starts alone does not settle; most are not in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError

revision = "0005"
down_revision = "0004"

_SPECIAL = sa.text("valid_to IS NOT NULL OR open_end <> 'until_next'")


def upgrade() -> None:
    """Make the index; a question about a subject with a long history looks there first."""
    op.create_index(
        "ix_facts_special",
        "facts",
        ["issuer_id", "subject", "attribute"],
        sqlite_where=_SPECIAL,
        postgresql_where=_SPECIAL,
    )


def downgrade() -> None:
    """Refuse: a store only ever moves forward."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
