"""An independent reading of a bundle's scorecard: every figure counted again, from the page.

It shares nothing with the packages it checks: verdicts come from the independent checker beside
it, and everything else is done in another way. A share's interval is found by halving, a percentile
by counting, and a back-test reads, for each statement, a bundle from which everything published on
its day or later was taken out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist, mean
from typing import TYPE_CHECKING, Any

from tests.acceptance.bundle_checker import StatementAnswer, check
from tests.acceptance.bundle_record import NEVER, chain_of, last_day, order, recorded, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.acceptance.bundle_record import Item

    Row = dict[str, Any]
    Slip = tuple[int, int]

VERDICTS = (
    *("open", "met_early", "met_on_time", "met_late", "missed", "lapsed", "superseded"),
    *("withdrawn", "condition_failed", "moot", "indeterminate"),
)
KEPT = ("met_early", "met_on_time")
BY_TIME = (*KEPT, "met_late", "missed", "lapsed")
ENDED = ("withdrawn", "condition_failed", "moot")
SMALL, MEDIAN, TAIL, ENOUGH, DAYS = 29, 6, 29, 10, (0, 90, 365)
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


def scorecard(
    bundle: Item, *, as_of: date, known_at: date | None = None, as_at: int | None = None
) -> list[Row]:
    """Return the rows of the scorecard, without the position they rest on."""
    reading = Reading(bundle, as_of, known_at or as_of, as_at)
    keys: dict[str, Callable[[Item], str | None]] = {
        "issuer": lambda _: bundle["issuer"]["id"],
        "said_by": lambda s: s.get("said_by"),
        "group": lambda s: s["milestone"].split(".")[0],
        "milestone": lambda s: s["milestone"],
    }
    rows = []
    for by, key in keys.items():
        names = {key(s) for s in reading.said} or ({key({})} if by == "issuer" else set())
        groups = {name: [s for s in reading.said if key(s) == name] for name in names}
        most = (lambda n: (-len(groups[n]), n or "")) if by == "said_by" else str  # noqa: B023
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
                      "small_sample": len(chains) < SMALL},
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


class Past:
    """A past window as it looks at a reading: what came of it, if given some days more."""

    def __init__(self, reading: Reading, statement: Item) -> None:
        told = reading.of(statement)
        self.milestone, self.chain = statement["milestone"], chain_of(statement)
        self.closed = (reading.today - last_day(statement["window"])).days
        self.why_not = None
        if told.verdict in ENDED:
            self.why_not = "ended"
        elif told.actual is not None and told.slip is None:
            self.why_not = "unmeasured"
        self.came = float("inf") if told.slip is None else float(told.slip[1])
        if told.verdict in KEPT:
            self.came = min(self.came, 0)
        elif told.verdict == "met_late":
            self.came = max(self.came, 1)
        elif told.verdict == "missed":
            self.came = float("inf")

    def result(self, more: int) -> str:
        if self.why_not is not None:
            return self.why_not
        if self.closed <= more:
            return "pending"
        return "late" if self.came > more else "in_time"


def pasts(reading: Reading) -> dict[str, Past]:
    closing = (s for s in reading.said if s.get("window") and last_day(s["window"]) != NEVER)
    return {s["id"]: Past(reading, s) for s in closing}


def _rate(cases: Iterable[Past], more: int) -> Row:
    came = Counter(case.result(more) for case in cases)
    return share(came["late"], came["late"] + came["in_time"])


def forecast(statement: Item, today: date, cases: list[Past]) -> Row:
    over = (today - last_day(statement["window"])).days
    asked = [more for more in DAYS if more >= over]
    alike = [c for c in cases if c.came >= over or c.why_not]
    name, group = statement["milestone"], statement["milestone"].split(".")[0]
    pools = (
        ("milestone", name, [c for c in alike if c.milestone == name]),
        ("group", group, [c for c in alike if c.milestone.split(".")[0] == group]),
        ("issuer", None, alike),
    )
    for by, of, pool in pools if asked else ():
        known = [c for c in pool if c.result(asked[0]) in ("late", "in_time")]
        if len(known) >= ENOUGH:
            chains = len({c.chain for c in known})
            rates = [
                {"days": d, "late": _rate(pool, d), "base_rate": _rate(cases, d)} for d in asked
            ]
            told = {"by": by, "of": of, "cases": len(known), "chains": chains}
            return {"pool": told, "late_by": rates}
    return {"pool": None, "late_by": []}


def before(bundle: Item, day: date) -> Item:
    """Return the bundle without anything that was published on `day` or later."""
    public: dict[str, Callable[[Item], date]] = {
        "events": lambda i: last_day(i["disclosed"]),
        "expectations": stated,
        "adjudications": lambda i: last_day(i["disclosed"]),
    }
    return bundle | {
        section: [item for item in bundle[section] if when(item) < day]
        for section, when in public.items()
    }


def corrected(bundle: Item) -> Item:
    """Return the bundle with its corrections made, so that what is later can be taken out."""
    items = recorded(bundle, as_at=None)
    events = sorted((i for i in items if i["_section"] == "events"), key=lambda i: i["_place"])
    return bundle | {"events": events, "corrections": []}


def backtest(bundle: Item, *, as_of: date, known_at: date | None = None) -> list[Row]:
    """Return, for each statement with a last day, its forecast and what came of it."""
    whole = corrected(bundle)
    now = Reading(whole, as_of, known_at or as_of, None)
    came = pasts(now)
    then: dict[date, list[Past]] = {}
    rows = []
    for statement in (s for s in now.said if s["id"] in came):
        day, eve = stated(statement), stated(statement) - timedelta(days=1)
        if day not in then:
            then[day] = list(pasts(Reading(before(whole, day), eve, eve, None)).values())
        results = {str(more): came[statement["id"]].result(more) for more in DAYS}
        told = forecast(statement, eve, then[day])
        rows.append({"expectation": statement["id"], "_chain": chain_of(statement), **told,
                     "results": results})  # fmt: skip
    return rows


def forecasts(bundle: Item, *, as_of: date, known_at: date | None = None) -> dict[str, Row]:
    """Return the forecast of every standing statement with a last day."""
    reading = Reading(bundle, as_of, known_at or as_of, None)
    chains = check(bundle, as_of=as_of, known_at=known_at or as_of).chains.values()
    standing = {chain.standing for chain in chains}
    cases = pasts(reading)
    return {
        s["id"]: forecast(s, reading.today, list(cases.values()))
        for s in reading.said
        if s["id"] in standing and s["id"] in cases
    }


def _tried(rows: list[Row], more: int, name: str) -> Iterator[tuple[Fraction, bool]]:
    for row in rows:
        for rate in row["late_by"]:
            came = row["results"][str(more)]
            if rate["days"] == more and rate["late"]["of"] and came in ("late", "in_time"):
                yield Fraction(rate[name]["cases"], rate[name]["of"]), came == "late"


def scores(rows: list[Row]) -> list[Row]:
    told = []
    for more in DAYS:
        both = [list(_tried(rows, more, name)) for name in ("late", "base_rate")]
        brier, base = (mean((p - late) ** 2 for p, late in t) if t else None for t in both)
        told.append({
            "days": more,
            "of": len(both[0]),
            "late": sum(late for _, late in both[0]),
            "brier": None if brier is None else float(brier),
            "brier_base_rate": None if base is None else float(base),
            "skill": float(1 - brier / base) if brier is not None and base else None,
        })  # fmt: skip
    return told


def calibration(rows: list[Row]) -> list[Row]:
    told = []
    for more in DAYS:
        for name in ("late", "base_rate"):
            for fifth in range(5):
                low, high = Fraction(fifth, 5), Fraction(fifth + 1, 5)
                top = 2 if fifth == 4 else high
                found = [(p, late) for p, late in _tried(rows, more, name) if low <= p < top]
                if found:
                    told.append({
                        "days": more,
                        "forecast": name,
                        "from": float(low),
                        "to": float(high),
                        "predicted": float(mean(p for p, _ in found)),
                        "observed": share(sum(late for _, late in found), len(found)),
                    })  # fmt: skip
    return told


def main() -> None:
    """Print the scorecard, the scores and the calibration, given a bundle's path and a day."""
    bundle, day = json.loads(Path(sys.argv[1]).read_text("utf-8")), date.fromisoformat(sys.argv[2])
    rows = backtest(bundle, as_of=day)
    told = {
        "scorecard": scorecard(bundle, as_of=day),
        "forecasts": forecasts(bundle, as_of=day),
        "scores": scores(rows),
        "calibration": calibration(rows),
    }
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
