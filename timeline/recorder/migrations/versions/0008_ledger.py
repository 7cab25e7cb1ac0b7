"""The ledger: a Merkle tree over what is recorded, checkpoints, and the keys that sign them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from timeline.errors import StoreError
from timeline.ledger.backfill import backfill
from timeline.recorder import append_only
from timeline.recorder.schema import POSITION

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables, have the database guard them, and enter what was recorded before."""
    op.create_table(
        "ledger_leaves",
        sa.Column("first_position", POSITION, autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("first_position", name="pk_ledger_leaves"),
    )
    op.create_table(
        "ledger_requests",
        sa.Column("number", POSITION, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_ledger_requests"),
    )
    op.create_table(
        "ledger_nodes",
        sa.Column("level", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", POSITION, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name="pk_ledger_nodes"),
    )
    for name in ("checkpoints", "signing_keys"):
        op.create_table(
            name,
            sa.Column("number", POSITION, autoincrement=False, nullable=False),
            sa.Column("note", sa.Text, nullable=False),
            sa.PrimaryKeyConstraint("number", name=f"pk_{name}"),
        )
    connection = op.get_bind()
    _guard(connection)
    backfill(connection, context.config.attributes.get("progress"))


def downgrade() -> None:
    """Refuse: nothing recorded is ever taken back."""
    raise StoreError("a store only moves forward; to go back, restore a backup")


def _guard(connection: sa.Connection) -> None:
    append_only.protect(connection, "ledger_leaves", ["first_position"])
    append_only.protect(connection, "ledger_requests", ["number"])
    append_only.protect(connection, "ledger_nodes", ["level", "number"])
    append_only.protect(connection, "checkpoints", ["number"])
    append_only.protect(connection, "signing_keys", ["number"])
