"""Making a store, and telling whether there is one: Alembic's migrations, run from here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from timeline.errors import BadInput, StoreError, StoreMissing
from timeline.recorder.engine import database_of
from timeline.recorder.failures import translated
from timeline.recorder.postgresql import MIGRATE_LOCK, grant
from timeline.recorder.sqlite import make_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection, Engine

    Progress = Callable[[int, int], None]

__all__ = ["create_store", "newest_revision", "require_store"]

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def _quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def create_store(
    engine: Engine,
    service_role: str | None = None,
    *,
    migrated: Callable[[Connection], object] | None = None,
    progress: Progress = _quiet,
) -> None:
    """Make the store or bring it up to date; safe to repeat, and from several processes at once.

    `service_role`, on PostgreSQL, names an existing role that gets what a service needs and no
    more: SELECT and INSERT on the log, all rows of the read models. `migrated` is called once an
    older store was brought up to date, before that is committed and under the append lock: it may
    fill again what is derived. `progress` is told how many of how many older events are entered in
    the ledger. Raises `StoreUnavailable` when the database cannot be reached, `BadInput` for a role
    that does not exist.
    """
    database = database_of(engine)
    is_postgresql = engine.dialect.name == "postgresql"
    if service_role is not None and not is_postgresql:
        raise BadInput("SQLite has no roles; leave the service role out", place="service_role")
    with translated(database.tell):
        if not is_postgresql:
            make_file(engine)
        with database.appending(engine).begin() as connection:
            if is_postgresql:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATE_LOCK})")
            older = _revision(connection) not in (None, newest_revision())
            if older:
                database.lock(connection)
            _migrate(connection, progress)
            if older and migrated is not None:
                migrated(connection)
            if service_role is not None:
                _require_role(connection, service_role)
                grant(connection, service_role)


def require_store(engine: Engine) -> None:
    """Raise `StoreMissing` unless the store has exactly the tables this release works with."""
    with translated(database_of(engine).tell), engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    newest = newest_revision()
    if found is not None and found > newest:
        raise StoreError(f"the store is of a newer release ({found} > {newest}); install that one")
    if found != newest:
        raise StoreMissing(f"the store is of an older release ({found}); run `timeline init`")


def newest_revision() -> str:
    """Return the revision a store must have. Files are named after theirs, so Alembic stays out.

    Importing Alembic would cost every question a sixth of a second.
    """
    return max(path.name.split("_")[0] for path in _VERSIONS.glob("[0-9]*_*.py"))


def _revision(connection: Connection) -> str | None:
    """Return the revision of the store, None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(connection: Connection, progress: Progress) -> None:
    from alembic import command  # noqa: PLC0415  # slow to import, and needed only here
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "timeline.recorder:migrations")
    config.attributes |= {"connection": connection, "progress": progress}
    command.upgrade(config, "head")


def _require_role(connection: Connection, role: str) -> None:
    found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    if found.scalar() is None:
        raise BadInput(f"there is no role {role}; CREATE ROLE makes it", place="service_role")
