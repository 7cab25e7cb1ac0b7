"""Reading the log, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta, timezone
from threading import Thread
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.contract.recording import NOON, event, some

if TYPE_CHECKING:
    from timeline.recorder import InjectedClock, SqlRecorder

SECOND = timedelta(seconds=1)


def test_position_at_counts_everything_recorded_by_then(
    recorder: SqlRecorder, clock: InjectedClock
) -> None:
    assert recorder.position_at(NOON) == 0
    for size in (2, 3, 1):
        recorder.append(some(size))
        clock.instant += SECOND
    microsecond = timedelta(microseconds=1)
    asked = [NOON - microsecond, NOON, NOON + SECOND - microsecond, NOON + SECOND]
    assert [recorder.position_at(instant) for instant in asked] == [0, 2, 2, 5]
    assert recorder.position_at(NOON + 9 * SECOND) == 6
    east = timezone(timedelta(hours=9))
    assert recorder.position_at((NOON + SECOND).astimezone(east)) == 5


def test_a_snapshot_does_not_see_what_is_appended_meanwhile(recorder: SqlRecorder) -> None:
    recorder.append(some(1))
    with recorder.begin_read() as connection:
        recorder.append(some(1))
        seen = connection.exec_driver_sql("SELECT count(*) FROM events").scalar()
    assert (seen, recorder.head()) == (1, 2)


def test_records_between_positions(recorder: SqlRecorder) -> None:
    recorder.append(some(10))
    assert [r.position for r in recorder.records(after=7)] == [8, 9, 10]
    assert [r.position for r in recorder.records(after=2, upto=4)] == [3, 4]
    assert [r.position for r in recorder.records(after=2, limit=3)] == [3, 4, 5]
    assert [r.position for r in recorder.records(after=2, limit=3, upto=4)] == [3, 4]
    assert list(recorder.records(after=10)) == list(recorder.records(limit=0)) == []


def test_records_end_at_the_head_they_began_with(recorder: SqlRecorder) -> None:
    recorder.append(some(2))
    records = recorder.records()
    next(records)
    recorder.append(some(2))
    assert [r.position for r in records] == [2]


def test_records_at_chosen_positions(recorder: SqlRecorder) -> None:
    recorder.append(some(1200))
    chosen = [1200, 3, 7]
    assert [r.position for r in recorder.at_positions(chosen)] == [3, 7, 1200]
    assert [r.position for r in recorder.at_positions(range(1200, 0, -1))] == [*range(1, 1201)]
    assert recorder.at_positions([]) == recorder.at_positions([1201]) == []


def test_streams_in_bulk(recorder: SqlRecorder) -> None:
    ids, unknown = [uuid4() for _ in range(1100)], uuid4()
    recorder.append([event(stream, 1) for stream in ids])
    recorder.append([event(ids[0], 3), event(ids[0], 2)])
    found = recorder.streams([*ids, unknown])
    assert list(found) == [*ids, unknown]
    assert [r.version for r in found[ids[0]]] == [1, 2, 3]
    assert all([r.stream for r in found[stream]] == [stream] for stream in ids[1:])
    assert found[unknown] == []
    assert recorder.stream(ids[0], upto=1100) == found[ids[0]][:1]


def test_a_subscriber_waits_for_what_is_appended_later(recorder: SqlRecorder) -> None:
    heard: list[int] = []
    with recorder.subscribe(gt=0) as subscription:

        def listen() -> None:
            heard.extend(n.id for n, _ in zip(subscription, range(3), strict=False))

        thread = Thread(target=listen)
        thread.start()
        recorder.append(some(2))
        recorder.append(some(2))
        thread.join(10)
    assert heard == [1, 2, 3]
