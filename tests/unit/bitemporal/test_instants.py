"""Instants are strict, in UTC and exact to the microsecond; days stand at their two ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from timeline.bitemporal import (
    Window,
    counts_from,
    end_of,
    format_instant,
    parse_clock,
    parse_day,
    parse_edtf,
    parse_instant,
    start_of,
)
from timeline.errors import InvalidDate

NOON = datetime(2008, 7, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2008-07-08T12:00:00Z", NOON),
        ("2008-07-08T08:00:00-04:00", NOON),
        ("2008-07-09T01:30:00+13:30", NOON),
        ("2008-07-08T12:00:00+00:00", NOON),
        ("2008-07-08T12:00:00.1Z", NOON.replace(microsecond=100_000)),
        ("2008-07-08T12:00:00.000001Z", NOON.replace(microsecond=1)),
        ("2008-07-08T12:00:00.999999-00:01", NOON.replace(minute=1, microsecond=999_999)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59.999999Z", datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_into_utc(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant
    assert parse_instant(text).tzinfo is UTC


NOT_INSTANTS = [
    "",
    "2008",
    "2008-07-08T12:00:00",
    "2008-07-08T12:00Z",
    "2008-07-08T12Z",
    "2008-07-08 12:00:00Z",
    "2008-07-08t12:00:00z",
    "20080708T120000Z",
    "2008-7-8T12:00:00Z",
    "2008-07-08T24:00:00Z",
    "2008-12-31T23:59:60Z",
    "2008-07-08T12:60:00Z",
    "2008-07-08T12:00:00.Z",
    "2008-07-08T12:00:00,5Z",
    "2008-07-08T12:00:00.0000001Z",
    "2008-07-08T12:00:00.0000000Z",
    "2008-07-08T12:00:00+02",
    "2008-07-08T12:00:00+0200",
    "2008-07-08T12:00:00+24:00",
    "2008-07-08T12:00:00+02:60",
    "2008-07-08T12:00:00+02:00:00",
    "2008-07-08T12:00:00-00:00",
    "2008-07-08T12:00:00 02:00",
    "2008-07-08T12:00:00ZZ",
    "2008-07-08T12:00:00Z\n",
    " 2008-07-08T12:00:00Z",
    "2008-02-30T12:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "\uff12\uff10\uff10\uff18-07-08T12:00:00Z",
    "1215518400",
    "now",
]


@pytest.mark.parametrize("text", [*NOT_INSTANTS, "2008-07-08"])
def test_what_is_not_exactly_an_instant_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse_instant(text)
    assert repr(text) in str(refused.value)
    assert "2008-07-08T13:00:00Z" in str(refused.value)


def test_a_day_is_read_as_a_date() -> None:
    assert parse_day("2008-02-29") == date(2008, 2, 29)


NOT_DAYS = [
    "2008-02-30",
    "2008-07",
    "20080708",
    "2008-7-8",
    "08-07-2008",
    "\uff12\uff10\uff10\uff18-07-08",
    "0",
]


@pytest.mark.parametrize("text", [*NOT_DAYS, "2008-07-08T12:00:00Z"])
def test_what_is_not_exactly_a_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse_day(text)
    assert repr(text) in str(refused.value)


def test_a_day_as_a_clock_reaches_through_its_last_microsecond() -> None:
    through = parse_clock("2008-09-01", "as_of")
    assert through == datetime(2008, 9, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    assert through + timedelta(microseconds=1) == start_of(date(2008, 9, 2))


def test_an_instant_as_a_clock_is_itself() -> None:
    assert parse_clock("2008-07-08T08:00:00-04:00", "known_at") == NOON


@pytest.mark.parametrize("text", [*NOT_INSTANTS, *NOT_DAYS, "position:7"])
def test_a_refused_clock_names_itself_and_both_ways_out(text: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse_clock(text, "known_at")
    assert refused.value.place == "known_at"
    assert "2008-07-08 or" in str(refused.value)
    assert repr(text) in str(refused.value)


def test_the_two_ends_of_a_day_are_in_utc() -> None:
    assert start_of(date(2008, 7, 8)) == datetime(2008, 7, 8, tzinfo=UTC)
    assert end_of(date.max) == datetime.max.replace(tzinfo=UTC)
    assert (start_of(date.min).tzinfo, end_of(date.min).tzinfo) == (UTC, UTC)


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (NOON, "2008-07-08T12:00:00Z"),
        (NOON.replace(microsecond=10), "2008-07-08T12:00:00.000010Z"),
        (NOON.astimezone(timezone(timedelta(hours=-4))), "2008-07-08T12:00:00Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
    ],
)
def test_an_instant_is_written_in_utc(instant: datetime, text: str) -> None:
    assert format_instant(instant) == text


def test_a_datetime_without_offset_is_no_instant() -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(InvalidDate):
        format_instant(naive)
    with pytest.raises(InvalidDate):
        counts_from(naive)


def test_an_imprecise_date_counts_from_its_last_day() -> None:
    assert counts_from(parse_edtf("2008-05")) == datetime(2008, 5, 31, tzinfo=UTC)
    assert counts_from(parse_edtf("../2008-07-08")) == datetime(2008, 7, 8, tzinfo=UTC)
    assert counts_from(Window.day(date(2008, 7, 8))) == datetime(2008, 7, 8, tzinfo=UTC)


def test_an_instant_counts_from_itself_in_utc() -> None:
    counted = counts_from(NOON.astimezone(timezone(timedelta(hours=9))))
    assert (counted, counted.tzinfo) == (NOON, UTC)


def test_a_window_without_a_last_day_never_counts() -> None:
    with pytest.raises(InvalidDate, match=r"2008-05/\.\."):
        counts_from(parse_edtf("2008-05/.."))
