"""Erasure: a data subject's key is deleted for good, and an event records that it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventsourcing.persistence import StoredEvent

from timeline.errors import BadInput
from timeline.events import Event, stream_id, to_payload, topic_of
from timeline.personal import keys
from timeline.personal.opening import erasure_of
from timeline.personal.sealer import ERASED
from timeline.recorder.schema import personal_keys

if TYPE_CHECKING:
    from datetime import datetime

    from timeline.personal.sealed import Key
    from timeline.recorder import SqlRecorder


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did; `id` is its event, None where there was no key (any more).

    `wiped` says that the key's bytes are gone from the database's own files as well.
    """

    id: str | None
    position: int | None
    recorded_at: datetime | None
    wiped: bool


def erase(
    recorder: SqlRecorder, issuer: str, data_subject: str, *, reason: str, recorded_by: str
) -> Erased:
    """Delete the key of a data subject and record it, in one transaction; then wipe.

    Asked again it records nothing, and wipes again: an erasure that was cut short after its commit
    is completed. Raises BadInput without a reason.
    """
    if not reason.strip():
        raise BadInput("say why, for those who read it later", place="reason")
    with recorder.begin_append() as connection:
        key = next(keys.of_subjects(connection, [(issuer, data_subject)]), None)
        if key is not None:
            recorder.delete_for_good(connection, personal_keys, keys.only(key))
            appended = recorder.write(connection, [_stored(key, reason, recorded_by)])
    wiped = recorder.wipe(personal_keys)
    if key is None:
        return Erased(None, None, None, wiped)
    return Erased(erasure_of(key.id), appended.last, appended.recorded_at, wiped)


def _stored(key: Key, reason: str, recorded_by: str) -> StoredEvent:
    event = Event(
        type=ERASED,
        issuer=key.issuer,
        item=erasure_of(key.id),
        recorded_by=recorded_by,
        reason=reason,
        facts={"key": key.id},
    )
    return StoredEvent(stream_id(event.issuer, event.item), 1, topic_of(event), to_payload(event))
