"""How pages word days, windows, slips and verdicts."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.words import day_told, sentence, slip_told, verdict_told, window_told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2008-09-01", "1 Sep 2008"),
        ("2008-07-21/2008-09-15", "21 Jul 2008 to 15 Sep 2008"),
        ("2008-09", "2008-09"),
        ("2008-09-01T13:00:00Z", "2008-09-01T13:00:00Z"),
        (None, ""),
    ],
)
def test_a_day(text: str | None, told: str) -> None:
    assert day_told(text) == told


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("2008-07-01", "2008-12-31", "1 Jul 2008 to 31 Dec 2008"),
        ("2008-07-01", "2008-07-01", "1 Jul 2008"),
        ("2008-07-01", None, "from 1 Jul 2008 on"),
        (None, "2008-12-31", "by 31 Dec 2008"),
        (None, None, "no date given"),
    ],
)
def test_a_window(earliest: str | None, latest: str | None, told: str) -> None:
    assert window_told({"earliest": earliest, "latest": latest}) == told


def test_slips_and_verdicts() -> None:
    told = [slip_told(one) for one in ([1, 1], [-19, -19], [32, 62], None)]
    assert told == ["+1 day", "-19 days", "+32 to +62 days", ""]
    assert (verdict_told("met_on_time"), verdict_told(None)) == ("met on time", "")


def test_a_row_in_one_sentence() -> None:
    row: dict[str, Any] = {
        "label": "First flight",
        "qualifier": "prototype 1",
        "standing": None,
        "actual": {"earliest": "2031-10-02", "latest": "2031-10-02", "result": "positive"},
        "outcome": "reached",
        "revisions": 1,
        "verdict": "met_on_time",
    }
    told = "First flight, prototype 1; came 2 Oct 2031, positive; revised once; met on time."
    assert sentence(row) == told
    failed = row | {"actual": None, "outcome": "failed", "revisions": 2, "verdict": "missed"}
    assert sentence(failed) == "First flight, prototype 1; failed; revised 2 times; missed."
