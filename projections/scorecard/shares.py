"""Shares: how many of how many, with the interval in which the true share is to be looked for."""

from __future__ import annotations

from math import sqrt
from typing import Any

Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95 %."""

SMALL_SAMPLE = 29
"""A figure of fewer is called a small sample.

From 29 values on, and not before, the greatest of them is an upper bound of 95 % for the 90th
percentile, whatever the distribution (0.9 ** 29 < 0.05; Hahn and Meeker, Statistical Intervals).
"""

_DIGITS = 4


def share_of(cases: int, of: int) -> dict[str, Any]:
    """Return `cases` of `of` as a share from 0 to 1, within its 95 % interval `low` to `high`.

    The interval is Wilson's (E. B. Wilson, JASA 22, 1927, 209-212), which Brown, Cai and DasGupta
    (Statistical Science 16, 2001, 101-133) recommend for small numbers. It takes cases to be
    independent. Of nothing there is no share: all three are None.
    """
    low, high = wilson(cases, of) if of else (None, None)
    return {
        "cases": cases,
        "of": of,
        "share": rounded(cases / of) if of else None,
        "low": low,
        "high": high,
        "small_sample": is_small(of),
    }


def wilson(cases: int, of: int) -> tuple[float, float]:
    """Return the bounds of Wilson's 95 % interval; `of` is at least 1."""
    square = Z * Z
    middle = cases + square / 2
    half = Z * sqrt(cases * (of - cases) / of + square / 4)
    low, high = ((middle - half) / (of + square), (middle + half) / (of + square))
    return rounded(max(low, 0.0)), rounded(min(high, 1.0))


def is_small(number: int) -> bool:
    """Say whether a figure of so many is to be called a small sample."""
    return number < SMALL_SAMPLE


def rounded(share: float) -> float:
    """Return a share with the digits that answers tell."""
    return round(share, _DIGITS)
