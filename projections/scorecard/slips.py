"""Slips in figures: the least and the greatest, and what lies between where that can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.scorecard.shares import SMALL_SAMPLE, is_small

if TYPE_CHECKING:
    from collections.abc import Sequence

    Slip = tuple[int, int]

MEDIAN_FROM = 6
"""Of fewer values not even their whole range holds the median in 95 of 100 cases (2 * 0.5 ** 6)."""

P90_FROM = SMALL_SAMPLE


def slips_told(slips: Sequence[Slip]) -> dict[str, Any]:
    """Return slips in figures, each a range of days: all at their first, all at their last day.

    Percentiles are of the nearest rank, so they are slips that occurred. A median of fewer than
    `MEDIAN_FROM` slips, and a 90th percentile of fewer than `P90_FROM`, is not claimed: None.
    """
    number = len(slips)
    return {
        "of": number,
        "least": _ranked(slips, 0) if slips else None,
        "median": _percentile(slips, 50) if number >= MEDIAN_FROM else None,
        "p90": _percentile(slips, 90) if number >= P90_FROM else None,
        "greatest": _ranked(slips, number - 1) if slips else None,
        "small_sample": is_small(number),
    }


def _percentile(slips: Sequence[Slip], percent: int) -> list[int]:
    """Return the nearest rank: the least slip that `percent` of 100 do not exceed."""
    return _ranked(slips, -(-len(slips) * percent // 100) - 1)


def _ranked(slips: Sequence[Slip], rank: int) -> list[int]:
    """Return the slip of a rank, counted from 0: among first days, and among last days."""
    return [sorted(side)[rank] for side in zip(*slips, strict=True)]
