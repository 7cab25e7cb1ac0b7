"""Read models keyed by position: rows go to the end of their issuer's, not in between."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from timeline.errors import StoreError

revision = "0003"
down_revision = "0002"

_TABLES = (
    *("issuers", "programs", "documents", "facts", "statements", "outcomes"),
    *("adjudications", "event_index"),
)
_BY_ITEM = ("programs", "documents", "event_index")
_OLD_KEY = ("issuer_id", "item_id", "position", "row_number")
_KEY = ("issuer_id", "position", "item_id", "row_number")


def upgrade() -> None:
    """Give every table the new key, its rows kept, and an index on the item where one is asked."""
    op.drop_index("ix_event_index_position", "event_index")
    anew = op.get_bind().dialect.name == "sqlite"
    for name in _TABLES:
        (_made_anew if anew else _new_key)(name)
    for name in _BY_ITEM:
        op.create_index(f"ix_{name}_item_id", name, ["issuer_id", "item_id"])


def downgrade() -> None:
    """Refuse: a store only ever moves forward."""
    raise StoreError("a store only moves forward; to go back, restore a backup")


def _new_key(name: str) -> None:
    op.drop_constraint(f"pk_{name}", name, type_="primary")
    op.create_primary_key(f"pk_{name}", name, list(_KEY))


def _made_anew(name: str) -> None:
    """SQLite cannot change a key: the rows go into a new table, in the order of the log."""
    connection = op.get_bind()
    old = sa.Table(name, sa.MetaData(), autoload_with=connection)
    indexes = [(str(i.name), [c.name for c in i.columns]) for i in old.indexes]
    op.rename_table(name, f"{name}_before")
    for index, _ in indexes:
        op.drop_index(index, f"{name}_before")
    columns = [sa.Column(c.name, c.type, nullable=c.nullable) for c in _ordered(old)]
    new = op.create_table(name, *columns, sa.PrimaryKeyConstraint(*_KEY, name=f"pk_{name}"))
    rows: Any = sa.select(*(sa.column(c.name) for c in columns)).select_from(
        sa.table(f"{name}_before")
    )
    connection.execute(
        sa.insert(new).from_select([c.name for c in columns], rows.order_by(sa.text("position")))
    )
    op.drop_table(f"{name}_before")
    for index, keys in indexes:
        op.create_index(index, name, keys)


def _ordered(old: sa.Table) -> list[sa.Column[object]]:
    """Return the columns, those of the key first."""
    return [old.c[name] for name in _KEY] + [c for c in old.c if c.name not in _KEY]
