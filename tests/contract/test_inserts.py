"""The rows that an append's hook adds: with the log's in one transaction, few or many of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.contract.recording import count, event, positions, side, some, write_side
from timeline.errors import ConcurrentChange, NotFound
from timeline.recorder import Idempotency, NewEvent, SqlRecorder, instant_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Engine

    from timeline.recorder import InjectedClock, Inserts, StoredRecord

# Few go into PostgreSQL by INSERT, many by COPY.
_SIZES = pytest.mark.parametrize("size", [1, 2, 7, 8, 2500])


@_SIZES
def test_a_hook_that_asks_sees_all_that_was_added(
    side_engine: Engine, clock: InjectedClock, size: int
) -> None:
    seen: list[tuple[int, int]] = []

    def look(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        write_side(inserts, records)
        for table in ("side", "events"):
            rows = inserts.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            seen.append((rows, len(records)))

    SqlRecorder(side_engine, clock, look).append(some(size))
    assert seen == [(size, size)] * 2


@_SIZES
def test_a_version_taken_is_told_as_such_and_takes_the_hooks_rows_back(
    side_engine: Engine, clock: InjectedClock, size: int
) -> None:
    recorder, taken = SqlRecorder(side_engine, clock, write_side), event()
    recorder.append([taken])
    with pytest.raises(ConcurrentChange):
        recorder.append([taken, *some(size - 1)], idempotency=Idempotency("key", "digest"))
    assert (recorder.head(), count(side_engine, side)) == (1, 1)
    recorder.append(some(size), idempotency=Idempotency("key", "digest"))
    assert positions(recorder) == list(range(1, size + 2))
    assert count(side_engine, side) == size + 1


@_SIZES
def test_a_key_taken_in_another_table_is_no_version_taken(
    side_engine: Engine, clock: InjectedClock, size: int
) -> None:
    def repeat(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        inserts.add(side, [(record.position,) for record in (records[0], *records)])

    with pytest.raises(Exception, match=r"(?i)unique") as refused:
        SqlRecorder(side_engine, clock, repeat).append(some(size))
    assert not isinstance(refused.value, ConcurrentChange | DBAPIError)
    assert (SqlRecorder(side_engine, clock).head(), count(side_engine, side)) == (0, 0)


@_SIZES
def test_a_hook_that_fails_leaves_nothing_and_a_store_that_goes_on(
    side_engine: Engine, clock: InjectedClock, size: int
) -> None:
    def fail(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        write_side(inserts, records)
        raise NotFound("the projection failed")

    with pytest.raises(NotFound):
        SqlRecorder(side_engine, clock, fail).append(some(size))
    recorder = SqlRecorder(side_engine, clock, write_side)
    assert (recorder.append(some(size)).last, count(side_engine, side)) == (size, size)


def test_rows_added_in_turns_all_arrive(side_engine: Engine, clock: InjectedClock) -> None:
    def in_turns(inserts: Inserts, _: Sequence[StoredRecord]) -> None:
        for numbers in (range(3), range(3, 5), (), range(5, 300), range(300, 301)):
            inserts.add(side, [(number,) for number in numbers])

    SqlRecorder(side_engine, clock, in_turns).append(some(2))
    with side_engine.connect() as connection:
        query = select(func.count(), func.sum(side.c.position))
        assert connection.execute(query).one() == (301, sum(range(301)))


def test_the_hook_is_given_what_the_bytes_were_encoded_from(
    side_engine: Engine, clock: InjectedClock
) -> None:
    given: list[object] = []

    def note(_: Inserts, records: Sequence[StoredRecord]) -> None:
        given.extend(record.source for record in records)

    plain, source = event(), object()
    told = NewEvent(event().originator_id, 1, "topic1", b"body", source)
    recorder = SqlRecorder(side_engine, clock, note)
    recorder.append([plain, told])
    assert given == [None, source]
    assert [record.source for record in recorder.records()] == [None, None]


class _PutBack(tzinfo):
    """Two hours ahead of UTC, and one from when the clock is put back."""

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return timedelta(hours=1 if dt is not None and dt.fold else 2)

    def tzname(self, _dt: datetime | None) -> str:
        return "put back"

    def dst(self, _dt: datetime | None) -> timedelta:
        return timedelta()


def test_an_hour_that_comes_twice_has_two_texts() -> None:
    first = datetime(2008, 10, 26, 2, 30, tzinfo=_PutBack())
    second = first.replace(fold=1)
    assert first == second
    assert instant_text(first) == "2008-10-26T00:30:00.000000Z"
    assert instant_text(second) == "2008-10-26T01:30:00.000000Z"
    assert instant_text(second.astimezone(UTC)) == instant_text(second)
