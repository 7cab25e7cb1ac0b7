"""Run by Alembic inside the transaction that `create_store` holds."""

from __future__ import annotations

from alembic import context

from timeline.recorder.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, once BEGIN is ours
)
with context.begin_transaction():
    context.run_migrations()
