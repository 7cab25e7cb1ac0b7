"""DDL by which the database itself keeps a table append-only, from whatever connection.

Used by migrations: `protect` any table whose rows may only ever be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

__all__ = ["follow_on", "follow_on_questions", "prepare", "protect"]

_SQLITE_REFUSE = """
CREATE TRIGGER append_only_{table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only: {verb} on {table} is refused'); END
"""

# INSERT OR REPLACE deletes what is in its way without firing any DELETE trigger, so an insert that
# meets a row is refused before SQLite gets to resolve the conflict.
_SQLITE_REPLACE = """
CREATE TRIGGER append_only_{table}_replace BEFORE INSERT ON {table}
WHEN {meets}
BEGIN SELECT RAISE(ABORT, 'append-only: {table} holds this row already'); END
"""

# An insert that leaves the number to SQLite shows -1 here, and is refused like any other gap.
_SQLITE_FOLLOW = """
CREATE TRIGGER append_only_{table}_follow BEFORE INSERT ON {table}
WHEN NEW.{number} IS NOT (SELECT COALESCE(MAX({number}), 0) + 1 FROM {table})
  OR NEW.{at} < (SELECT {at} FROM {table} WHERE {number} = NEW.{number} - 1)
BEGIN SELECT RAISE(ABORT, 'append-only: {what} must follow the last one'); END
"""

# The driver reads %% as one percent sign.
_POSTGRESQL_REFUSE = """
CREATE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: %% on %% is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""

# Row triggers also fire where logical replication applies changes; statement triggers do not.
# ALWAYS, else SET session_replication_role = replica walks past them.
_POSTGRESQL_PROTECT = """
CREATE TRIGGER append_only_change BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION append_only_refuse();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_change;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_truncate;
"""

# Once a statement, not once a row: a bulk load pays for it once.
_POSTGRESQL_FOLLOW = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lowest bigint; highest bigint; many bigint; earliest timestamptz; latest timestamptz;
  last_number bigint; last_at timestamptz;
BEGIN
  SELECT min({number}), max({number}), count(*), min({at}), max({at})
    INTO lowest, highest, many, earliest, latest FROM added;
  IF many = 0 THEN RETURN NULL; END IF;
  SELECT {number}, {at} INTO last_number, last_at
    FROM {table} WHERE {number} < lowest ORDER BY {number} DESC LIMIT 1;
  IF lowest <> coalesce(last_number, 0) + 1 OR highest - lowest + 1 <> many
     OR earliest < last_at
     OR earliest <> latest AND EXISTS (
       SELECT FROM (SELECT {at} - lag({at}) OVER (ORDER BY {number}) AS step
                    FROM added) AS steps WHERE step < interval '0')
  THEN RAISE EXCEPTION 'append-only: {what} must follow the last one'
    USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER append_only_follow AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION {function}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_follow;
"""
_EVENTS = {
    "table": "events",
    "number": "position",
    "at": "recorded_at",
    "what": "an event",
    "function": "append_only_follow",
}
_QUESTIONS = {
    "table": "questions",
    "number": "number",
    "at": "asked_at",
    "what": "a question",
    "function": "append_only_follow_questions",
}


def prepare(connection: Connection) -> None:
    """Create what the triggers of every protected table share."""
    if _is_postgresql(connection):
        connection.exec_driver_sql(_POSTGRESQL_REFUSE)


def protect(connection: Connection, table: str, *keys: Sequence[str]) -> None:
    """Let rows of `table` be added and never changed, removed or replaced.

    `keys` are the columns of its primary key and of each of its unique constraints.
    """
    if _is_postgresql(connection):
        connection.exec_driver_sql(_POSTGRESQL_PROTECT.format(table=table))
        return
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(_SQLITE_REFUSE.format(table=table, verb=verb))
    meets = " OR ".join(_meets(table, key) for key in keys)
    connection.exec_driver_sql(_SQLITE_REPLACE.format(table=table, meets=meets))


def follow_on(connection: Connection) -> None:
    """Refuse an event that leaves a gap or was recorded before its predecessor."""
    _follow(connection, _EVENTS)


def follow_on_questions(connection: Connection) -> None:
    """Refuse a logged question that leaves a gap or was asked before its predecessor."""
    _follow(connection, _QUESTIONS)


def _follow(connection: Connection, names: dict[str, str]) -> None:
    told = _POSTGRESQL_FOLLOW if _is_postgresql(connection) else _SQLITE_FOLLOW
    connection.exec_driver_sql(told.format(**names))


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _meets(table: str, key: Sequence[str]) -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  # names of a migration
