"""Alembic scripts of the store: one numbered file for each change of its tables."""
