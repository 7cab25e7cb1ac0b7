"""The read models: rows derived from the log, each open from a position to a position."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError
from timeline.recorder.schema import POSITION, Instant

revision = "0002"
down_revision = "0001"

_TABLES: dict[str, tuple[list[sa.Column[object]], list[tuple[str, ...]]]] = {
    "issuers": (
        [
            sa.Column("name", sa.Text),
            sa.Column("aliases", sa.Text, nullable=False),
            sa.Column("identifiers", sa.Text, nullable=False),
            sa.Column("packs", sa.Text, nullable=False),
        ],
        [("name",)],
    ),
    "programs": (
        [
            sa.Column("name", sa.Text),
            sa.Column("aliases", sa.Text, nullable=False),
            sa.Column("attributes", sa.Text, nullable=False),
        ],
        [("name",)],
    ),
    "documents": (
        [
            sa.Column("published", sa.Text),
            sa.Column("disclosed_at", Instant),
            sa.Column("publisher", sa.Text),
            sa.Column("kind", sa.Text),
            sa.Column("title", sa.Text),
            sa.Column("url", sa.Text),
            sa.Column("sha256", sa.Text),
        ],
        [("disclosed_at",)],
    ),
    "facts": (
        [
            sa.Column("subject", sa.Text, nullable=False),
            sa.Column("attribute", sa.Text, nullable=False),
            sa.Column("value", sa.Text, nullable=False),
            sa.Column("valid_from", Instant, nullable=False),
            sa.Column("valid_to", Instant),
            sa.Column("open_end", sa.Text, nullable=False),
            sa.Column("disclosed_at", Instant, nullable=False),
        ],
        [("subject", "attribute", "valid_from", "disclosed_at", "place")],
    ),
    "statements": (
        [
            sa.Column("program", sa.Text),
            sa.Column("milestone", sa.Text, nullable=False),
            sa.Column("qualifier", sa.Text),
            sa.Column("said_by", sa.Text),
            sa.Column("stated", sa.Text, nullable=False),
            sa.Column("stated_at", Instant, nullable=False),
            sa.Column("window", sa.Text),
            sa.Column("words", sa.Text),
            sa.Column("condition", sa.Text),
            sa.Column("withdraws", sa.Text),
            sa.Column("document", sa.Text),
        ],
        [("program", "stated_at")],
    ),
    "outcomes": (
        [
            sa.Column("program", sa.Text),
            sa.Column("milestone", sa.Text),
            sa.Column("qualifier", sa.Text),
            sa.Column("outcome", sa.Text, nullable=False),
            sa.Column("result", sa.Text),
            sa.Column("occurred", sa.Text, nullable=False),
            sa.Column("disclosed_at", Instant, nullable=False),
        ],
        [("program", "milestone")],
    ),
    "adjudications": (
        [
            sa.Column("expectation", sa.Text, nullable=False),
            sa.Column("verdict", sa.Text, nullable=False),
            sa.Column("reason", sa.Text),
            sa.Column("disclosed_at", Instant, nullable=False),
        ],
        [("expectation",)],
    ),
    "event_index": (
        [
            sa.Column("kind", sa.Text, nullable=False),
            sa.Column("type", sa.Text, nullable=False),
            sa.Column("program", sa.Text),
            sa.Column("milestone", sa.Text),
            sa.Column("document", sa.Text),
            sa.Column("visibility", sa.Text, nullable=False),
            sa.Column("disclosed_at", Instant),
        ],
        [("position",), ("program", "disclosed_at")],
    ),
}


def upgrade() -> None:
    """Create the tables, each with the shared columns first and indexes within an issuer."""
    for name, (columns, indexes) in _TABLES.items():
        op.create_table(
            name,
            sa.Column("issuer_id", sa.Text, nullable=False),
            sa.Column("item_id", sa.Text, nullable=False),
            sa.Column("position", POSITION, autoincrement=False, nullable=False),
            sa.Column("row_number", sa.Integer, autoincrement=False, nullable=False),
            sa.Column("place", POSITION, nullable=False),
            sa.Column("position_to", POSITION),
            *columns,
            sa.PrimaryKeyConstraint(
                "issuer_id", "item_id", "position", "row_number", name=f"pk_{name}"
            ),
        )
        for index in indexes:
            op.create_index(f"ix_{name}_{index[0]}", name, ["issuer_id", *index])


def downgrade() -> None:
    """Refuse: a store only ever moves forward."""
    raise StoreError("a store only moves forward; to go back, restore a backup")
