"""Read models kept by a follower: the log applied page by page, each page exactly once.

A page is one transaction that holds the rows and the position they have come to, begun right after
the position that was locked in it. So followers may compete, and be killed at any moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventsourcing.persistence import Tracking

from timeline.errors import ReadModelsOtherwise
from timeline.recorder import inserting, log, tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from timeline.recorder import Inserts, SqlRecorder, StoredRecord

    Apply = Callable[[Inserts, Sequence[StoredRecord]], None]
    Progress = Callable[[int, int], None]

__all__ = ["FOLLOWED", "INLINE", "apply_page", "follow", "keep_as", "require_kept_as"]

INLINE, FOLLOWED = "inline", "followed"
PAGE = 500
"""Events a page. On SQLite appends wait for as long as one takes."""
POLL = 0.2

_WAY_OUT = "unset TIMELINE_READ_MODELS, or let `timeline init` under this setting change the store"


def _quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def _nothing() -> None:
    """Do nothing between two looks."""


def follow(
    recorder: SqlRecorder,
    apply: Apply,
    *,
    idle: Callable[[], None] = _nothing,
    progress: Progress = _quiet,
    page: int = PAGE,
) -> None:
    """Apply the log to the read models, and whatever is appended, until `idle` raises.

    `idle` is called before each wait for more; `progress` is told which position of which is
    reached, `page` is how many events go in one transaction. Raises ReadModelsOtherwise where, or
    once, the read models are written inline.
    """
    with recorder.wakeup() as news:
        while True:
            reach = recorder.reach()
            progress(reach.reached, reach.head)
            if reach.reached < reach.head or not reach.followed:
                apply_page(recorder, apply, page)
                continue
            idle()
            news.wait(POLL)


def apply_page(recorder: SqlRecorder, apply: Apply, limit: int = PAGE) -> int:
    """Apply the next events, `limit` at most, in one transaction; return how many there were."""
    with recorder.begin_page() as (connection, reached):
        if reached is None:
            raise ReadModelsOtherwise(
                "the read models of this store are written inline, so there is nothing to follow; "
                "TIMELINE_READ_MODELS=followed timeline init changes that"
            )
        return _apply_after(connection, apply, reached, limit)


def _apply_after(connection: Connection, apply: Apply, reached: int, limit: int) -> int:
    records = log.page(connection, reached, None, limit)
    if records:
        with inserting(connection) as inserts:
            apply(inserts, records)
        tracks.advance(connection, Tracking(tracks.READ_MODELS, records[-1].position))
    return len(records)


def keep_as(recorder: SqlRecorder, apply: Apply, wanted: str) -> None:
    """Have the read models `inline` or `followed` from now on, whatever processes are at work.

    It is decided under the append lock, which every writer holds: none applies an event twice, and
    none leaves one out. On the way to inline what is lacking is applied, page by page first, so
    that appends wait for the last page alone.
    """
    if wanted == INLINE and recorder.reach().followed:
        while apply_page(recorder, apply) == PAGE:
            pass
    with recorder.begin_append() as connection:
        reached = tracks.locked(connection)
        if wanted == FOLLOWED and reached is None:
            tracks.begin(connection, log.head(connection))
        if wanted == INLINE and reached is not None:
            _catch_up(connection, apply, reached)
            tracks.end(connection)


def _catch_up(connection: Connection, apply: Apply, reached: int) -> None:
    while many := _apply_after(connection, apply, reached, PAGE):
        reached += many


def require_kept_as(recorder: SqlRecorder, wanted: str) -> None:
    """Raise ReadModelsOtherwise unless the store's read models are kept as `wanted`."""
    reach = recorder.reach()
    kept = FOLLOWED if reach.followed else INLINE
    if kept != wanted:
        raise ReadModelsOtherwise(
            f"the read models of this store are {kept}, not {wanted}, at position {reach.reached} "
            f"of {reach.head}; {_WAY_OUT}"
        )
