"""Slip: the days from the window's last day to the actual, a range where the day is uncertain."""

from __future__ import annotations

import pytest

from tests.unit.expectations.saying import H1, H2, failed, happened, ruled, said, told
from timeline.expectations import Verdict


@pytest.mark.parametrize(
    ("window", "occurred", "slip"),
    [
        (H1, "2031-06-30", (0, 0)),
        (H1, "2031-07-01", (1, 1)),
        (H1, "2031-06-29", (-1, -1)),
        (H1, "2031-06", (-29, 0)),
        (H1, "2031-07", (1, 31)),
        ("2031", "2032-02", (32, 60)),  # 29 February 2032 is a day
        ("../2031-06-30", "2031-06-30", (0, 0)),
        (H1, "2031-07-01/..", None),
        (H1, "../2031-07-01", None),
        ("2031-01-01/..", "2031-07-01", None),
        (None, "2031-07-01", None),
    ],
)
def test_the_slip_of_an_actual(
    window: str | None, occurred: str, slip: tuple[int, int] | None
) -> None:
    judged = told("s", said("s", window), happened("e", occurred, "2033-01-01"))
    assert judged.slip_days == slip


def test_possible_days_are_as_written_not_cut_at_the_disclosure() -> None:
    judged = told("s", said("s", H1), happened("e", "2031-06", "2031-06-10"))
    assert judged.slip_days == (-29, 0)


def test_there_is_none_without_an_actual() -> None:
    assert told("s", said("s", H1)).slip_days is None
    assert told("s", said("s", H1), failed("e", "2031-07-01")).slip_days is None


def test_superseded_withdrawn_and_decided_statements_have_theirs_too() -> None:
    things = (
        said("s", H1),
        said("t", H2, "2031-02-01"),
        said("back", None, "2031-03-01", withdraws="t"),
        happened("e", "2032-01-01"),
        ruled("r", "s", Verdict.MISSED, "2032-02-01"),
    )
    assert told("s", *things[:4]).decision.verdict == "superseded"
    assert told("s", *things).decision.verdict == "missed"
    assert told("s", *things).slip_days == told("s", *things[:4]).slip_days == (185, 185)
    assert (told("t", *things).decision.verdict, told("t", *things).slip_days) == (
        "withdrawn",
        (1, 1),
    )
