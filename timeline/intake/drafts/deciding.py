"""A person decides on a draft: edits, accepts or rejects it, in one transaction.

Decided under the append lock on the draft as the log has it, so of two who decide at once the
second one sees what the first has done. What is accepted is recorded in the same transaction.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from timeline.commands import Plan
from timeline.errors import NotFound, UnknownReference
from timeline.events import Event, Kind, from_payload, stream_id
from timeline.intake.drafts.steps import events_of, way_out
from timeline.items import fold, state_of
from timeline.personal import KeyRing, Sealer
from timeline.recorder import kept, log

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.intake.drafts.steps import Step
    from timeline.packs import Vocabulary
    from timeline.recorder import Idempotency, SqlRecorder, StoredRecord

    Tell = Callable[[Connection, "Decided"], bytes]


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a draft: its state, what it was recorded as, and where its last step stands.

    `added` says whether this has put it there, `item_position` where it put what it recorded.
    """

    issuer: str
    draft: str
    state: str
    recorded_as: str | None
    position: int
    recorded_at: datetime
    added: bool
    item_position: int | None = None


def decide_on(
    recorder: SqlRecorder,
    issuer: str,
    step: Step,
    *,
    recorded_by: str,
    tell: Tell,
    packs: Vocabulary,
    request: Idempotency | None = None,
    dry_run: bool = False,
) -> bytes:
    """Do `step`, unless it was done already, and return what `tell` answers.

    As with `write`, `tell` is asked inside the transaction, its answer is kept with the idempotency
    key, and a dry run takes it all back. Raises NotFound for a draft that is not on record,
    Conflict for one that was decided otherwise, BadInput for what cannot be recorded; its place is
    the key of the draft.
    """
    with recorder.begin_trial() if dry_run else recorder.begin_append() as connection:
        before = None if request is None else kept(connection, request)
        if before is not None:
            return before.answer
        draft, _ = _draft(connection, issuer, step.draft)
        events = events_of(step, draft, recorded_by=recorded_by, packs=packs)
        plan = _planned(connection, events, packs)
        appended = recorder.write(connection, plan.fresh)
        recorded = [isinstance(e.source, Event) and not _is_step(e.source) for e in plan.fresh]
        decided = _decided(connection, issuer, step.draft, added=bool(plan.fresh))
        if any(recorded):
            decided = replace(decided, item_position=appended.first + recorded.index(True))
        answer = tell(connection, decided)
        if request is not None:
            recorder.keep(connection, request, replace(appended, answer=answer))
        return answer


def _draft(connection: Connection, issuer: str, draft: str) -> tuple[Event, StoredRecord]:
    """Return a draft as it reads now, and the record of its last step."""
    stream = stream_id(issuer, draft, Kind.DRAFT)
    records = log.by_stream(connection, [stream])[stream]
    now = fold(from_payload(r.topic, r.payload) for r in records).current
    if now is None or now.kind is not Kind.DRAFT:
        raise NotFound(f"no draft has the id {draft!r}", place="draft")
    return now, records[-1]


def _planned(connection: Connection, events: Sequence[Event], packs: Vocabulary) -> Plan:
    ring = KeyRing(lambda: nullcontext(connection))
    placed = [("", event) for event in events]
    try:
        return Plan.of(partial(log.by_stream, connection), placed, Sealer(ring, packs))
    except UnknownReference as error:
        raise way_out(error) from None


def _is_step(event: Event) -> bool:
    return event.kind is Kind.CORRECTION


def _decided(connection: Connection, issuer: str, draft: str, *, added: bool) -> Decided:
    now, last = _draft(connection, issuer, draft)
    recorded_as = now.facts.get("recorded_as")
    state = state_of(now)
    return Decided(issuer, draft, state, recorded_as, last.position, last.recorded_at, added)
