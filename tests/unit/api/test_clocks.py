"""The three clocks of a question: defaults, refusals, and when an answer is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, cast

import pytest

from api.clocks import ask
from timeline.errors import BadInput, ClockBeyondHead, InvalidDate
from timeline.recorder import InjectedClock, Reach

if TYPE_CHECKING:
    from api.clocks import Asked
    from timeline.recorder import SqlRecorder

NOON = datetime(2020, 5, 17, 12, tzinfo=UTC)
CLOCK = InjectedClock(NOON)
RECORDED = [NOON - timedelta(days=2), NOON - timedelta(days=1), NOON - timedelta(hours=1)]


class Recorder:
    """A log of three events, one position for each instant in RECORDED."""

    def reach(self) -> Reach:
        return Reach(len(RECORDED), len(RECORDED), followed=False)

    def position_at(self, instant: datetime) -> int:
        return sum(at <= instant for at in RECORDED)


def asked(**clocks: Any) -> Asked:
    return ask(cast("SqlRecorder", Recorder()), now=CLOCK.now(), **clocks)


def test_the_defaults_are_today_that_same_day_and_now() -> None:
    told = asked()
    assert told.texts() == {
        "as_of": "2020-05-17",
        "known_at": "2020-05-17",
        "as_at": "position:3",
        "position": 3,
    }
    assert told.clocks.as_of == datetime(2020, 5, 17, 23, 59, 59, 999999, tzinfo=UTC)


def test_today_is_the_day_in_utc() -> None:
    CLOCK.instant = datetime(2020, 5, 17, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    try:
        assert asked().as_of == "2020-05-18"
    finally:
        CLOCK.instant = NOON


def test_known_at_follows_as_of_and_not_the_other_way_round() -> None:
    assert asked(as_of="2008-09-01").known_at == "2008-09-01"
    assert asked(known_at="2008-09-01").as_of == "2020-05-17"
    told = asked(as_of="2008-09-01", known_at="2010-01-01")
    assert (told.as_of, told.known_at) == ("2008-09-01", "2010-01-01")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2008-09-01T10:00:00-04:00", "2008-09-01T10:00:00-04:00"),
        (date(2008, 9, 1), "2008-09-01"),
        (datetime(2008, 9, 1, 14, tzinfo=UTC), "2008-09-01T14:00:00Z"),
    ],
)
def test_a_moment_may_be_text_day_or_instant(given: Any, shown: str) -> None:
    assert asked(as_of=given).as_of == shown


@pytest.mark.parametrize("bad", ["", "0", "2008-13", "2008-02-30", "yesterday", "2008-09-01T10:00"])
@pytest.mark.parametrize("name", ["as_of", "known_at", "as_at"])
def test_what_is_no_date_is_refused_by_name(name: str, bad: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        asked(**{name: bad})
    assert refused.value.place == name


def test_a_datetime_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidDate, match=r"as_of: .*offset"):
        asked(as_of=datetime(2008, 9, 1))  # noqa: DTZ001  # that is what is refused


@pytest.mark.parametrize(
    ("as_at", "position"),
    [
        ("position:0", 0),
        ("position:2", 2),
        (1, 1),
        (RECORDED[0] - timedelta(microseconds=1), 0),
        (RECORDED[0], 1),
        ("2020-05-16", 2),
        (RECORDED[2], 3),
        (NOON, 3),
    ],
)
def test_as_at_is_a_position_or_an_instant(as_at: Any, position: int) -> None:
    assert asked(as_at=as_at).position == position


@pytest.mark.parametrize(
    "as_at", ["position:4", 4, "position:" + "9" * 18, "2020-05-17", NOON + timedelta(seconds=1)]
)
def test_as_at_beyond_the_head_is_refused(as_at: Any) -> None:
    with pytest.raises(ClockBeyondHead) as refused:
        asked(as_at=as_at)
    assert refused.value.place == "as_at"


@pytest.mark.parametrize("as_at", ["position:", "position:-1", "position:x", "position:²", -1])
def test_what_is_no_position_is_refused(as_at: Any) -> None:
    with pytest.raises(BadInput, match=r"as_at: .*position:12"):
        asked(as_at=as_at)


def test_a_question_is_closed_when_nothing_can_change_its_answer() -> None:
    assert asked(as_of="2020-05-16", as_at="position:3").closed
    assert asked(as_of="2020-05-16", as_at=RECORDED[1]).closed


@pytest.mark.parametrize(
    "clocks",
    [
        {"as_of": "2020-05-16"},
        {"as_of": "2020-05-17", "as_at": "position:3"},
        {"as_of": "2020-05-16", "known_at": "2020-05-17", "as_at": "position:3"},
        {"known_at": "2020-05-16", "as_at": "position:3"},
        # At the head an append under way may still get this very instant.
        {"as_of": "2020-05-16", "as_at": RECORDED[2]},
        # 22:00 of the day before, said in another offset, is today in UTC.
        {"as_of": "2020-05-16T22:00:00-05:00", "as_at": "position:3"},
    ],
)
def test_any_other_question_is_open(clocks: dict[str, Any]) -> None:
    assert not asked(**clocks).closed
