"""Slips in figures, by the nearest rank, and what is not claimed of few."""

from __future__ import annotations

from projections.scorecard.slips import MEDIAN_FROM, P90_FROM, slips_told


def test_percentiles_are_of_the_nearest_rank() -> None:
    told = slips_told([(n, n) for n in range(1, 31)])
    assert (told["median"], told["p90"]) == ([15, 15], [27, 27])
    assert (told["least"], told["greatest"], told["of"]) == ([1, 1], [30, 30], 30)
    assert not told["small_sample"]


def test_a_range_of_days_is_told_at_both_its_sides() -> None:
    told = slips_told([(0, 31), (5, 5), (-3, 2), (10, 20), (7, 9), (1, 40)])
    assert told["median"] == [1, 9]
    assert (told["least"], told["greatest"]) == ([-3, 2], [10, 40])


def test_of_few_no_percentile_is_claimed() -> None:
    for number in range(1, 40):
        told = slips_told([(n, n) for n in range(number)])
        assert (told["median"] is None) == (number < MEDIAN_FROM)
        assert (told["p90"] is None) == (number < P90_FROM)
        assert told["small_sample"] == (number < P90_FROM)
        assert told["least"] == [0, 0]


def test_of_nothing_nothing_is_told() -> None:
    told = slips_told([])
    assert (told["of"], told["least"], told["median"], told["greatest"]) == (0, None, None, None)


def test_of_so_many_the_range_holds_the_percentile_19_times_of_20() -> None:
    assert 2 * 0.5**MEDIAN_FROM < 0.05 < 2 * 0.5 ** (MEDIAN_FROM - 1)
