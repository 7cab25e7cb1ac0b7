"""One command written: decided, appended and answered in one transaction under the append lock.

Decided under the lock, so whoever comes second decides on what the first has written; there is
nothing to retry.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from timeline.commands.plan import Plan
from timeline.personal import KeyRing, Sealer, data_subject_of
from timeline.recorder import kept, log

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.events import Event
    from timeline.packs import Vocabulary
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
    packs: Vocabulary,
    request: Idempotency | None = None,
    dry_run: bool = False,
) -> bytes:
    """Record an event, given with its place, unless it is recorded; return what `tell` answers.

    `tell` is asked inside the transaction, where the read models know of the event already, and
    its answer is kept with the idempotency key: a repeated request gets it again and writes
    nothing. A dry run does the same and takes it all back. `packs` say what cannot be sealed.
    Raises BadInput or Conflict when the event cannot be recorded, and IdempotencyKeyReused.
    """
    with recorder.begin_trial() if dry_run else recorder.begin_append() as connection:
        ring = KeyRing(lambda: nullcontext(connection))
        request = _marked(request, placed[1], ring)
        before = None if request is None else kept(connection, request)
        if before is not None:
            return before.answer
        plan = Plan.of(partial(log.by_stream, connection), [placed], Sealer(ring, packs))
        if plan.fresh:
            ring.write(connection)
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


def _marked(request: Idempotency | None, event: Event, ring: KeyRing) -> Idempotency | None:
    """Return the request as it is kept: its digest keyed where it tells of a data subject.

    A plain digest would outlive the erasure, and whoever guesses at the value could check it.
    """
    whose = data_subject_of(event)
    if request is None or whose is None:
        return request
    ring.load([(event.issuer, whose)], ())
    return replace(request, digest=ring.of(event.issuer, whose).mark(request.digest))
