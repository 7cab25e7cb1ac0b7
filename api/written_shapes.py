"""The shapes of what a write answers, for /openapi.json; see `api.models`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.models import Instant, Shape


class Change(Shape):
    """A program's status, or a milestone of it, that answers otherwise since the write.

    `was` and `is` hold the keys that differ, of statements those that differ; null: no row at all.
    """

    program: str | None
    milestone: str | None = Field(description="Null where it is the program's own status.")
    qualifier: str | None
    was: dict[str, Any] | None
    now: dict[str, Any] | None = Field(alias="is")


class Written(Shape):
    """What a write did, or a dry run would do."""

    position: int = Field(description="Where the item stands in the log.")
    recorded_at: Instant
    id: str
    added: bool = Field(description="False where just this is recorded already.")
    dry_run: bool
    changes: list[Change] | None = Field(
        description="As of today, and as known today; null where a follower keeps the read models."
    )


class Erasure(Shape):
    """What an erasure did; its event is null where there was nobody to erase, or no more."""

    erased: bool
    wiped: bool = Field(description="False: ask again, for the key is still in the files.")
    id: str | None
    position: int | None
    recorded_at: Instant | None
