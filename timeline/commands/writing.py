"""One command written: decided, appended and answered in one transaction under the append lock.

Decided under the lock, so whoever comes second decides on what the first has written; there is
nothing to retry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from timeline.commands.plan import Plan
from timeline.recorder import kept, log

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.events import Event
    from timeline.recorder import Idempotency, SqlRecorder

    Tell = Callable[[Connection, "Entry"], bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an item stands in the log, since when, and whether this write has put it there."""

    position: int
    recorded_at: datetime
    added: bool


def write(
    recorder: SqlRecorder,
    placed: tuple[str, Event],
    *,
    tell: Tell,
    request: Idempotency | None = None,
    dry_run: bool = False,
) -> bytes:
    """Record an event, given with its place, unless it is recorded; return what `tell` answers.

    `tell` is asked inside the transaction, where the read models know of the event already, and
    its answer is kept with the idempotency key: a repeated request gets it again and writes
    nothing. A dry run does the same and takes it all back. Raises BadInput or Conflict when the
    event cannot be recorded, and IdempotencyKeyReused.
    """
    with recorder.begin_trial() if dry_run else recorder.begin_append() as connection:
        before = None if request is None else kept(connection, request)
        if before is not None:
            return before.answer
        plan = Plan.of(partial(log.by_stream, connection), [placed])
        appended = recorder.write(connection, plan.fresh)
        if plan.fresh:
            entry = Entry(appended.last, appended.recorded_at, added=True)
        else:
            known = plan.known(placed[1])
            entry = Entry(known.position, known.recorded_at, added=False)
        answer = tell(connection, entry)
        if request is not None:
            recorder.keep(connection, request, replace(appended, answer=answer))
        return answer
