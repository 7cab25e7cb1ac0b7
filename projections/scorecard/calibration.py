"""Calibration: what was forecast held against what came, in bins and by Brier's score."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.scorecard.cases import Result
from projections.scorecard.forecasts import LATE_BY
from projections.scorecard.shares import is_small, rounded, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Row = dict[str, Any]

_BINS = 5
_FORECASTS = ("late", "base_rate")


@dataclass(frozen=True, slots=True)
class Tried:
    """A forecast that can be held against what came: so many cases late of how many."""

    cases: int
    of: int
    was_late: bool
    chain: tuple[str | None, str, str | None]

    @property
    def share(self) -> float:
        """What was forecast, from 0 to 1."""
        return self.cases / self.of


def calibration(rows: Iterable[Row]) -> list[Row]:
    """Return how often it was late where so much was forecast, for the forecast and the base rate.

    A bin without forecasts is left out; a share on the border of two belongs to the upper one.
    """
    rows = list(rows)
    return [
        {"days": days, "forecast": name, **told}
        for days in LATE_BY
        for name in _FORECASTS
        for told in _binned(_tried(rows, days, name))
    ]


def scores(rows: Iterable[Row]) -> list[Row]:
    """Return Brier's score of the forecast and of the base rate, for each number of days.

    It is the mean squared distance of the share forecast from what came, 1 for late and 0 for in
    time: 0 is best (G. W. Brier, Monthly Weather Review 78, 1950, 1-3). `skill` is 1 less their
    ratio: above 0 the forecast is nearer than the base rate. `left_out` counts the other rows.
    """
    rows = list(rows)
    return [_score(rows, days) for days in LATE_BY]


def _score(rows: Sequence[Row], days: int) -> Row:
    tried, base = (_tried(rows, days, name) for name in _FORECASTS)
    forecast, rate = _brier(tried), _brier(base)
    return {
        "days": days,
        "of": len(tried),
        "chains": len({one.chain for one in tried}),
        "late": sum(one.was_late for one in tried),
        "brier": None if forecast is None else rounded(forecast),
        "brier_base_rate": None if rate is None else rounded(rate),
        "skill": None if forecast is None or not rate else rounded(1 - forecast / rate),
        "small_sample": is_small(len(tried)),
        "left_out": dict(sorted(_left_out(rows, days).items())),
    }


def _brier(tried: Sequence[Tried]) -> float | None:
    if not tried:
        return None
    return sum((one.share - one.was_late) ** 2 for one in tried) / len(tried)


def _binned(tried: Iterable[Tried]) -> Iterator[Row]:
    bins: dict[int, list[Tried]] = {}
    for one in tried:
        bins.setdefault(min(one.cases * _BINS // one.of, _BINS - 1), []).append(one)
    for number, told in sorted(bins.items()):
        yield {
            "from": rounded(number / _BINS),
            "to": rounded((number + 1) / _BINS),
            "predicted": rounded(sum(one.share for one in told) / len(told)),
            "observed": share_of(sum(one.was_late for one in told), len(told)),
        }


def _tried(rows: Iterable[Row], days: int, name: str) -> list[Tried]:
    """Return the forecasts, or base rates, of those rows that both can be held against."""
    return [
        Tried(late[name]["cases"], late[name]["of"], _result(row, days) is Result.LATE, _chain(row))
        for row in rows
        for late in row["late_by"]
        if late["days"] == days and _why_not(row, days) is None
    ]


def _chain(row: Row) -> tuple[str | None, str, str | None]:
    return row["program"], row["milestone"], row["qualifier"]


def _result(row: Row, days: int) -> Result:
    return Result(row["results"][str(days)])


def _left_out(rows: Iterable[Row], days: int) -> Counter[str]:
    return Counter(why for row in rows if (why := _why_not(row, days)) is not None)


def _why_not(row: Row, days: int) -> str | None:
    """Return why a row is held against nothing: it has not come out, or nothing was forecast."""
    result = _result(row, days)
    if not result.counts:
        return result.value
    told = next((late for late in row["late_by"] if late["days"] == days), None)
    return None if told and told["late"]["of"] else "too_few"
