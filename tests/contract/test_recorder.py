"""The recorder's contract, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, Tracking

from tests.contract.recording import NOON, count, event, positions, side, some, write_side
from timeline.errors import ConcurrentChange, IdempotencyKeyReused, NotFound, RecordedAtWentBack
from timeline.recorder import (
    Appended,
    Idempotency,
    InjectedClock,
    SqlRecorder,
    StoredRecord,
    SystemClock,
    canonical_record,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder import Inserts


def test_records_come_back_as_they_went_in(recorder: SqlRecorder, clock: InjectedClock) -> None:
    clock.instant = datetime(2008, 7, 8, 12, 0, 0, 123457, tzinfo=UTC)
    stream, payload = uuid4(), bytes(range(256))
    recorder.append([event(stream, 0, payload)])
    assert list(recorder.records()) == [
        StoredRecord(1, clock.instant, stream, 0, "topic1", payload)
    ]


@pytest.mark.parametrize("size", [1, 2, 7, 8, 9, 2500])
def test_positions_have_no_gap_whatever_the_batch(recorder: SqlRecorder, size: int) -> None:
    recorder.append(some(3))
    appended = recorder.append(some(size))
    recorder.append(some(1))
    assert (appended.first, appended.last) == (4, 3 + size)
    assert positions(recorder) == list(range(1, size + 5))


def test_a_refused_append_leaves_no_gap(recorder: SqlRecorder) -> None:
    taken = event()
    recorder.append([taken])
    for size in (1, 20):
        with pytest.raises(ConcurrentChange) as refused:
            recorder.append([*some(size), taken])
        assert isinstance(refused.value, IntegrityError)
    assert recorder.append(some(1)).first == 2
    assert positions(recorder) == [1, 2]


def test_nothing_to_append_writes_nothing(recorder: SqlRecorder) -> None:
    recorder.append(some(2))
    assert recorder.append([]) == Appended(3, 2, NOON)
    assert recorder.head() == 2


def test_of_two_who_decided_on_the_same_version_one_wins(
    engine: Engine, clock: InjectedClock
) -> None:
    stream = uuid4()
    first, second = SqlRecorder(engine, clock), SqlRecorder(engine, clock)
    first.append([event(stream, 1)])
    second.append([event(stream, 2, b"mine")])
    with pytest.raises(ConcurrentChange):
        first.append([event(stream, 2, b"too late")])
    assert [r.payload for r in first.stream(stream)] == [b"body", b"mine"]


def test_canonical_bytes_are_the_same_on_every_database(
    recorder: SqlRecorder, clock: InjectedClock
) -> None:
    clock.instant = NOON + timedelta(microseconds=5)
    stream = "00000000-0000-0000-0000-00000000002a"
    recorder.append([event(stream, 2, b"\x00\n\xff")])  # type: ignore[arg-type]
    (record,) = recorder.records()
    assert canonical_record(record) == (
        b'{"position":1,"recorded_at":"2008-07-08T12:00:00.000005Z",'
        b'"stream":"00000000-0000-0000-0000-00000000002a","topic":"topic1","version":2}\n'
        b"\x00\n\xff"
    )


# Transaction time


def test_an_injected_clock_that_goes_back_is_refused(
    recorder: SqlRecorder, clock: InjectedClock
) -> None:
    recorder.append(some(1))
    clock.instant = NOON - timedelta(microseconds=1)
    with pytest.raises(RecordedAtWentBack, match=r"11:59:59\.999999Z lies before .*12:00:00\.0000"):
        recorder.append(some(1))
    assert positions(recorder) == [1]
    clock.instant = NOON
    assert recorder.append(some(1)).last == 2


def test_a_machine_whose_clock_is_behind_repeats_the_last_instant(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = SqlRecorder(engine, SystemClock())
    ahead = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr(SystemClock, "now", lambda self: ahead)
    recorder.append(some(1))
    monkeypatch.undo()
    assert recorder.append(some(1)).recorded_at == ahead
    assert [r.recorded_at for r in recorder.records()] == [ahead, ahead]


# Idempotency


def test_the_same_request_gets_the_same_answer_and_writes_nothing(recorder: SqlRecorder) -> None:
    request = Idempotency("key", "digest", answer=lambda done: f"{done.first}-{done.last}".encode())
    assert recorder.answered(request) is None
    first = recorder.append(some(3), idempotency=request)
    again = recorder.append(some(3), idempotency=request, check=_refuse)
    assert first == Appended(1, 3, NOON, answer=b"1-3")
    assert again == Appended(1, 3, NOON, repeated=True, answer=b"1-3")
    assert recorder.answered(request) == again
    assert recorder.head() == 3


def test_a_key_used_for_another_request_is_refused(recorder: SqlRecorder) -> None:
    recorder.append(some(1), idempotency=Idempotency("key", "digest"))
    other = Idempotency("key", "another")
    with pytest.raises(IdempotencyKeyReused, match="'key'"):
        recorder.append(some(1), idempotency=other)
    with pytest.raises(IdempotencyKeyReused):
        recorder.answered(other)
    assert recorder.head() == 1


def test_a_request_that_failed_may_be_tried_again(recorder: SqlRecorder) -> None:
    request = Idempotency("key", "digest")
    with pytest.raises(NotFound):
        recorder.append(some(1), idempotency=request, check=_refuse)
    assert recorder.append(some(1), idempotency=request) == Appended(1, 1, NOON)


def test_of_many_at_once_with_one_key_one_writes(engine: Engine) -> None:
    recorder, answers = SqlRecorder(engine, SystemClock()), list[Appended]()

    def ask() -> None:
        answers.append(recorder.append(some(2), idempotency=Idempotency("key", "digest")))

    threads = [Thread(target=ask) for _ in range(8)]
    with recorder.begin_append():
        for thread in threads:
            thread.start()
        time.sleep(0.3)  # now all of them wait for the lock
    for thread in threads:
        thread.join()
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * 7
    assert {(answer.first, answer.last) for answer in answers} == {(1, 2)}
    assert recorder.head() == 2


# One transaction


def test_what_the_hook_writes_is_there_with_the_events(
    side_engine: Engine, clock: InjectedClock
) -> None:
    recorder = SqlRecorder(side_engine, clock, write_side)
    recorder.append(some(3))
    recorder.append([])
    assert count(side_engine, side) == 3


def test_a_failing_hook_leaves_nothing(side_engine: Engine, clock: InjectedClock) -> None:
    def write_and_fail(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        write_side(inserts, records)
        raise NotFound("the projection failed")

    recorder = SqlRecorder(side_engine, clock, write_and_fail)
    request, track = Idempotency("key", "digest"), Tracking("upstream", 7)
    with pytest.raises(NotFound):
        recorder.append(some(20), idempotency=request, tracking=track)
    assert (recorder.head(), count(side_engine, side)) == (0, 0)
    assert recorder.answered(request) is None
    assert recorder.max_tracking_id("upstream") is None


def test_a_conflict_takes_back_what_the_hook_wrote(
    side_engine: Engine, clock: InjectedClock
) -> None:
    recorder = SqlRecorder(side_engine, clock, write_side)
    recorder.append(some(1), tracking=Tracking("upstream", 7))
    with pytest.raises(IntegrityError):
        recorder.append(some(2), tracking=Tracking("upstream", 7))
    assert (recorder.head(), count(side_engine, side)) == (1, 1)


def test_a_check_refuses_under_the_lock_before_anything_is_written(
    side_engine: Engine, clock: InjectedClock
) -> None:
    recorder = SqlRecorder(side_engine, clock, write_side)
    with pytest.raises(NotFound):
        recorder.append(some(2), check=_refuse)
    assert (recorder.head(), count(side_engine, side)) == (0, 0)


def test_what_is_written_under_the_append_lock_commits_or_rolls_back(
    side_engine: Engine, clock: InjectedClock
) -> None:
    recorder = SqlRecorder(side_engine, clock)
    with recorder.begin_append() as connection:
        connection.execute(side.insert(), {"position": 1})
    with pytest.raises(NotFound):
        _write_and_fail(recorder)
    assert count(side_engine, side) == 1


def _write_and_fail(recorder: SqlRecorder) -> None:
    with recorder.begin_append() as connection:
        connection.execute(side.insert(), {"position": 2})
        raise NotFound("never mind")


def _refuse(_connection: Connection) -> None:
    raise NotFound("what this request is about is gone")
