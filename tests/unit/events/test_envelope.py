"""An envelope refuses what contradicts itself, and names the place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from timeline.bitemporal import Window, parse_edtf, start_of
from timeline.errors import BadInput, InvalidEvent, InvalidPeriod
from timeline.events import Event, Locator, Outcome, Result

MAY, JUNE = (datetime(2031, month, 1, tzinfo=UTC) for month in (5, 6))


def event(**given: Any) -> Event:
    return Event(**({"type": "flight.test_reported", "issuer": "larkspur", "item": "e"} | given))


@pytest.mark.parametrize(
    ("given", "error", "place"),
    [
        ({"valid_to": MAY}, InvalidPeriod, "valid_to"),
        ({"valid_from": JUNE, "valid_to": MAY}, InvalidPeriod, "valid_to"),
        ({"valid_from": MAY, "valid_to": MAY}, InvalidPeriod, "valid_to"),
        ({"outcome": Outcome.REACHED}, InvalidEvent, "milestone"),
        ({"milestone": "m", "result": Result.POSITIVE}, InvalidEvent, "outcome"),
        ({"personal": ("pilot",)}, InvalidEvent, "personal"),
        ({"personal": ("pilot",), "facts": {"Pilot": "A"}}, InvalidEvent, "personal"),
    ],
)
def test_a_contradiction_is_refused_with_its_place(
    given: dict[str, Any], error: type[BadInput], place: str
) -> None:
    with pytest.raises(error) as told:
        event(**given)
    assert told.value.place == place


@pytest.mark.parametrize(
    "given",
    [
        {"valid_from": MAY},
        {"valid_from": MAY, "valid_to": MAY + timedelta(microseconds=1)},
        {"milestone": "m", "outcome": Outcome.FAILED, "result": Result.NEGATIVE},
        {"milestone": "m"},
        {"result": Result.MIXED},
        {"personal": ("pilot",), "facts": {"pilot": None}},
    ],
)
def test_what_agrees_with_itself_is_kept(given: dict[str, Any]) -> None:
    made = event(**given)
    assert {name: getattr(made, name) for name in given} == given


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_a_span_that_is_empty_or_runs_backwards_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidEvent) as told:
        Locator(start, end)
    assert told.value.place == "locator"


def test_a_span_may_begin_at_the_first_code_point() -> None:
    assert Locator(0, 1).end == 1


@pytest.mark.parametrize(
    ("disclosed", "at"),
    [
        (None, None),
        (parse_edtf("2031-05"), start_of(date(2031, 5, 31))),
        (parse_edtf("../2031-05-02"), start_of(date(2031, 5, 2))),
        (MAY, MAY),
        (MAY.astimezone(timezone(timedelta(hours=-4))), MAY),
    ],
)
def test_the_public_knows_it_from_the_last_day_or_the_instant(
    disclosed: Window | datetime | None, at: datetime | None
) -> None:
    assert event(disclosed=disclosed).disclosed_at == at
