"""What independent checkers of figures share: a bundle as it reads at some clocks, shares, slips.

It shares nothing with the packages it checks. A share's interval is found by halving, a percentile
by counting.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from tests.acceptance.bundle_checker import StatementAnswer, check
from tests.acceptance.bundle_record import chain_of, order, recorded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tests.acceptance.bundle_record import Item

    Row = dict[str, Any]
    Slip = tuple[int, int]

KEPT = ("met_early", "met_on_time")
SMALL, MEDIAN, TAIL = 29, 6, 29
_Z = NormalDist().inv_cdf(0.975)


class Reading:
    """What the bundle says at some clocks: its statements in order, each with its answer."""

    def __init__(self, bundle: Item, as_of: date, known_at: date, as_at: int | None) -> None:
        self.today = min(as_of, known_at)
        self.answers = check(bundle, as_of=as_of, known_at=known_at, as_at=as_at).statements
        items = recorded(bundle, as_at=as_at)
        self.events = {i["id"]: i for i in items if i["_section"] == "events"}
        told = [i for i in items if i["_section"] == "expectations" and i["id"] in self.answers]
        self.said = sorted(told, key=order)

    def of(self, statement: Item) -> StatementAnswer:
        return self.answers[statement["id"]]

    def is_last(self, statement: Item) -> bool:
        return [s for s in self.said if chain_of(s) == chain_of(statement)][-1] is statement


def share(cases: int, of: int) -> Row:
    """Return a share; each bound is where the normal test just rejects, found by halving."""
    told: Row = {"cases": cases, "of": of, "share": None, "low": None, "high": None}
    if of:
        seen = cases / of
        low, high = (_bound(seen, of, end) for end in (0.0, 1.0))
        told |= {"share": seen, "low": low, "high": high}
    return told | {"small_sample": of < SMALL}


def _bound(seen: float, of: int, end: float) -> float:
    inner, outer = seen, end
    for _ in range(60):
        middle = (inner + outer) / 2
        within = abs(seen - middle) <= _Z * (middle * (1 - middle) / of) ** 0.5
        inner, outer = (middle, outer) if within else (inner, middle)
    return inner


def percentile(values: Iterable[int], percent: int) -> int:
    """Return the least value that at least so many percent of them do not exceed."""
    told = list(values)
    return min(v for v in told if 100 * sum(w <= v for w in told) >= percent * len(told))


def slips(told: list[Slip]) -> Row:
    sides = list(zip(*told, strict=True)) or [(), ()]
    number = len(told)
    return {
        "of": number,
        "least": [min(side) for side in sides] if told else None,
        "median": [percentile(side, 50) for side in sides] if number >= MEDIAN else None,
        "p90": [percentile(side, 90) for side in sides] if number >= TAIL else None,
        "greatest": [max(side) for side in sides] if told else None,
        "small_sample": number < SMALL,
    }
