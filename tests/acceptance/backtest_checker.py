"""An independent back-test: every forecast made from a bundle with its later pages torn out.

It shares nothing with the packages it checks. For each statement it reads a bundle from which
everything published on its day or later was taken out.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from statistics import mean
from typing import TYPE_CHECKING, Any

from tests.acceptance.bundle_checker import check
from tests.acceptance.bundle_figures import KEPT, Reading, share
from tests.acceptance.bundle_record import NEVER, chain_of, last_day, recorded, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.acceptance.bundle_record import Item

    Row = dict[str, Any]

ENDED = ("withdrawn", "condition_failed", "moot")
ENOUGH, DAYS = 10, (0, 90, 365)


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
