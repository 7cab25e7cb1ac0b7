"""The tables of the log. Read models add theirs to the same `metadata`, each in its own file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    CHAR,
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

from timeline.recorder.clock import instant_text

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

__all__ = [
    "APPEND_ONLY",
    "LEDGER",
    "Instant",
    "StreamId",
    "checkpoints",
    "digests",
    "events",
    "idempotency",
    "ledger_leaves",
    "ledger_nodes",
    "ledger_requests",
    "metadata",
    "personal_keys",
    "questions",
    "signing_keys",
    "tracking",
]


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, exact to the microsecond: TIMESTAMPTZ, or sortable text in SQLite."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))  # type: ignore[arg-type]

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None or dialect.name == "postgresql":
            return value
        return instant_text(value)

    def process_result_value(
        self,
        value: datetime | str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value if value is None else value.astimezone(UTC)


class StreamId(TypeDecorator[UUID]):
    """The id of a stream: UUID, or its 36 characters in SQLite."""

    impl = CHAR(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[UUID]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=True))
        return dialect.type_descriptor(CHAR(36))  # type: ignore[arg-type]

    def process_bind_param(self, value: UUID | str | None, dialect: Dialect) -> UUID | str | None:
        if value is None:
            return None
        stream = value if isinstance(value, UUID) else UUID(value)
        return stream if dialect.name == "postgresql" else str(stream)

    def process_result_value(
        self,
        value: UUID | str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> UUID | None:
        return UUID(value) if isinstance(value, str) else value


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

# In SQLite only a column of the very type INTEGER is the row id, hence the variant.
POSITION = BigInteger().with_variant(Integer, "sqlite")

events = Table(
    "events",
    metadata,
    Column("position", POSITION, primary_key=True, autoincrement=False),
    Column("stream", StreamId, nullable=False),
    Column("version", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("stream", "version"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("first_position", POSITION, nullable=False),
    Column("last_position", POSITION, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("answer", LargeBinary, nullable=False),
)

# The one table whose rows are there to be deleted: without its key a sealed value says nothing.
personal_keys = Table(
    "personal_keys",
    metadata,
    Column("issuer_id", Text, primary_key=True),
    Column("data_subject", Text, primary_key=True),
    Column("key_id", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    UniqueConstraint("key_id", "issuer_id"),
)

# How far a downstream application has followed an upstream one; it moves, so it is no log.
tracking = Table(
    "tracking",
    metadata,
    Column("application_name", Text, primary_key=True),
    Column("position", POSITION, nullable=False),
)

# What was asked, when and by whom, and the digest of the answer; see `question_log`.
questions = Table(
    "questions",
    metadata,
    Column("number", POSITION, primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("stated", Text, nullable=False),
    Column("pinned", Text, nullable=False),
    Column("position", POSITION, nullable=False),
    Column("digest", CHAR(64), nullable=False),
    Column("release", Text, nullable=False),
)

# Digests to send, and whether they were; rows move from pending to sent, so it is no log.
digests = Table(
    "digests",
    metadata,
    Column("issuer_id", Text, primary_key=True),
    Column("destination", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("since_on", Text, nullable=False),
    Column("since_position", POSITION, nullable=False),
    Column("to_on", Text, nullable=False),
    Column("to_position", POSITION, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", Text),
    Column("claimed_to", Instant),
    Column("sent_at", Instant),
    Column("error", Text),
    UniqueConstraint("id"),
)

# The Merkle tree over events, see timeline/ledger/tiles.py; the chain over answered requests.
ledger_leaves = Table(
    "ledger_leaves",
    metadata,
    Column("first_position", POSITION, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)

ledger_requests = Table(
    "ledger_requests",
    metadata,
    Column("number", POSITION, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

ledger_nodes = Table(
    "ledger_nodes",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", POSITION, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

# Signed notes, each whole, so that its signature covers the row.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", POSITION, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("number", POSITION, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)

LEDGER = (ledger_leaves, ledger_requests, ledger_nodes, checkpoints, signing_keys)

APPEND_ONLY: frozenset[str] = frozenset(t.name for t in (events, idempotency, questions, *LEDGER))
"""Tables that our own SQLite connections refuse to change, whatever the triggers say."""
