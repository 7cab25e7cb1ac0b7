"""The histogram of slips: every statement in the bar of its last possible day, the ends open."""

from __future__ import annotations

import pytest

from api.pages.statements import histogram


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ([0, 0], "+0 to +29 days"),
        ([29, 29], "+0 to +29 days"),
        ([1, 30], "+30 to +59 days"),
        ([-1, -1], "-30 to -1 days"),
        ([-31, -31], "-60 to -31 days"),
        ([359, 359], "+330 to +359 days"),
        ([621, 621], "+360 days or more"),
        ([-900, -900], "-331 days or earlier"),
    ],
)
def test_a_slip_stands_in_its_bar(slip: list[int], told: str) -> None:
    drawn = histogram([{"slip_days": slip}, {"slip_days": None}])
    assert drawn["of"] == 1
    assert [bar["told"] for bar in drawn["bars"] if bar["many"]] == [told]


def test_bars_are_as_high_as_they_are_many() -> None:
    drawn = histogram([{"slip_days": [1, 1]}] * 4 + [{"slip_days": [40, 40]}])
    heights = {bar["many"]: bar["high"] for bar in drawn["bars"] if bar["many"]}
    assert heights[4] == 4 * heights[1]
    assert histogram([])["of"] == 0
