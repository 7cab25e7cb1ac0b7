"""Shares with Wilson's interval, at values worked out elsewhere."""

from __future__ import annotations

import pytest

from projections.scorecard.shares import SMALL_SAMPLE, share_of


@pytest.mark.parametrize(
    ("cases", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (10, 10, 0.7225, 1.0),
        (0, 1, 0.0, 0.7935),
        (15, 30, 0.3315, 0.6685),
        # R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(cases: int, of: int, low: float, high: float) -> None:
    told = share_of(cases, of)
    assert (told["low"], told["high"]) == (low, high)
    assert (told["cases"], told["of"]) == (cases, of)


def test_of_nothing_there_is_no_share() -> None:
    told = share_of(0, 0)
    assert (told["share"], told["low"], told["high"]) == (None, None, None)
    assert told["small_sample"]


def test_a_small_sample_is_one_that_cannot_bound_its_90th_percentile() -> None:
    assert 0.9**SMALL_SAMPLE < 0.05 < 0.9 ** (SMALL_SAMPLE - 1)
    assert [share_of(1, n)["small_sample"] for n in (28, 29)] == [True, False]
