"""What was once expected is no statement; what is expected now, beside it, is one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.intake.reading.read import drafts
from timeline.intake import DraftKind

ON = date(2015, 8, 6)


def days(text: str) -> list[date | None]:
    """Return the last days of what is expected in a text."""
    found = drafts(text, published_on=ON)
    told = [one for one in found if one.kind is DraftKind.EXPECTATION]
    return [one.window.latest if one.window else None for one in told]


@pytest.mark.parametrize(
    "text",
    [
        "The company previously guided that it would open the mill in the second half of 2016.",
        "It had been expected to open the mill in late 2015.",
        "The opening was originally scheduled for the fourth quarter of 2015.",
    ],
)
def test_what_was_expected_is_no_statement(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The opening, previously expected in August, is now expected in December 2015.",
        "The mill had been expected to open in October 2015 but will now open in December 2015.",
        "It is now scheduled to open in December 2015, three months later than originally planned.",
        "We now expect to open it in December 2015, rather than in October as first planned.",
    ],
)
def test_what_is_expected_now_is_one(text: str) -> None:
    assert days(text) == [date(2015, 12, 31)]
