"""An independent reading of a bundle's scorecard: every figure counted again, from the page.

It shares nothing with the packages it checks: verdicts come from the independent checker beside
it, and everything else is done in another way.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.acceptance import backtest_checker, bundle_figures
from tests.acceptance.bundle_figures import KEPT, Reading, share, slips
from tests.acceptance.bundle_record import chain_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.acceptance.bundle_record import Item

    Row = dict[str, Any]
    Slip = tuple[int, int]

VERDICTS = (
    *("open", "met_early", "met_on_time", "met_late", "missed", "lapsed", "superseded"),
    *("withdrawn", "condition_failed", "moot", "indeterminate"),
)
BY_TIME = (*KEPT, "met_late", "missed", "lapsed")


def scorecard(
    bundle: Item, *, as_of: date, known_at: date | None = None, as_at: int | None = None
) -> list[Row]:
    """Return the rows of the scorecard, without the position they rest on."""
    reading = Reading(bundle, as_of, known_at or as_of, as_at)
    keys: dict[str, Callable[[Item], str | None]] = {
        "issuer": lambda _: bundle["issuer"]["id"],
        "speaker": lambda s: s.get("said_by"),
        "group": lambda s: s["milestone"].split(".")[0],
        "milestone": lambda s: s["milestone"],
    }
    rows = []
    for by, key in keys.items():
        names = {key(s) for s in reading.said} or ({key({})} if by == "issuer" else set())
        groups = {name: [s for s in reading.said if key(s) == name] for name in names}
        most = (lambda n: (-len(groups[n]), n or "")) if by == "speaker" else str  # noqa: B023
        rows += [
            {"by": by, "of": n} | _figures(reading, groups[n]) for n in sorted(names, key=most)
        ]
    return rows


def _figures(reading: Reading, group: list[Item]) -> Row:
    verdicts = Counter(reading.of(s).verdict for s in group)
    decided, kept = (sum(verdicts[v] for v in names) for names in (BY_TIME, KEPT))
    silent = [s for s in group if _is_silent(reading, s)]
    chains = {chain_of(s) for s in group}
    revised = [s for s in group if reading.of(s).relation not in (None, "reaffirmed")]
    per = float(Fraction(len(revised), len(chains))) if chains else None
    first, last = _ends(reading, group)
    return {
        "statements": len(group),
        "chains": len(chains),
        "verdicts": {verdict: verdicts[verdict] for verdict in VERDICTS},
        "decided": decided,
        "on_time": share(kept, decided),
        "silently_lapsed": share(len(silent), decided),
        "slip": slips([a.slip for s in group if (a := reading.of(s)).slip is not None]),
        "first_slip": slips(first),
        "last_slip": slips(last),
        "revisions": {"cases": len(revised), "of": len(chains), "per_milestone": per,
                      "small_sample": len(chains) < bundle_figures.SMALL},
    }  # fmt: skip


def _is_silent(reading: Reading, statement: Item) -> bool:
    told = reading.of(statement)
    return told.verdict == "lapsed" and told.outcome is None and reading.is_last(statement)


def _ends(reading: Reading, group: list[Item]) -> tuple[list[Slip], list[Slip]]:
    """Return, for each actual of a chain, the slip of the first window told of it, and the last."""
    first: dict[Any, Slip] = {}
    last: dict[Any, Slip] = {}
    for statement in group:
        told = reading.of(statement)
        if told.slip is not None:
            actual = (chain_of(statement), told.event)
            first.setdefault(actual, told.slip)
            last[actual] = told.slip
    return list(first.values()), list(last.values())


def main() -> None:
    """Print the scorecard, the scores and the calibration, given a bundle's path and a day."""
    bundle, day = json.loads(Path(sys.argv[1]).read_text("utf-8")), date.fromisoformat(sys.argv[2])
    rows = backtest_checker.backtest(bundle, as_of=day)
    told = {
        "scorecard": scorecard(bundle, as_of=day),
        "forecasts": backtest_checker.forecasts(bundle, as_of=day),
        "scores": backtest_checker.scores(rows),
        "calibration": backtest_checker.calibration(rows),
    }
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
