"""An independent reading of a bundle: every verdict by brute force, from the page and no code.

It shares nothing with the packages it checks and imports the standard library alone. It takes the
items in a shuffled order and looks at the newest first, so an answer that leans on list order by
accident comes out different here. Where order does mean something it is the item's position: the
issuer is 1, then programs, documents, events, expectations, adjudications and corrections follow
in list order, one each.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.acceptance.bundle_record import (
    chain_of,
    days,
    judged,
    knowledge,
    last_day,
    order,
    outcome_of,
    recorded,
    relation,
    slip,
    start,
    stated,
    was_old,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.acceptance.bundle_record import Chain, Item, Key

ENDED = {"withdrawn", "condition_failed", "moot"}
STILL_STANDING = {"open", "lapsed"}
# The record tells neither a silent lapse from a miss nor an open end from a lost trail.
AGREES = {"missed": {"missed", "lapsed"}, "unknown": {"lapsed", "open", "indeterminate"}}


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """What holds of one statement; slip is in days, [first, last possible].

    `event` is the id of its outcome.
    """

    verdict: str
    relation: str | None
    slip: tuple[int, int] | None
    actual: str | None
    outcome: str | None
    event: str | None


@dataclass(frozen=True, slots=True)
class ChainAnswer:
    """What holds of one chain; `standing` is the id of the statement that stands."""

    standing: str | None
    revisions: int
    outcome: str | None
    actual: str | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a bundle says at one reading of the three clocks."""

    statements: dict[str, StatementAnswer]
    chains: dict[Chain, ChainAnswer]


def check(bundle: Item, *, as_of: date, known_at: date, as_at: int | None = None) -> Answers:
    """Return the answers; `as_at` is how many items are recorded, None for all of them."""
    return _Reading(recorded(bundle, as_at=as_at), as_of, known_at).answers()


class _Reading:
    """All questions about one set of recorded items, at one `as_of` and `known_at`."""

    def __init__(self, items: list[Item], as_of: date, known_at: date) -> None:
        self.as_of, self.known_at = as_of, known_at
        self.today = min(as_of, known_at)
        self.statements = self._of(items, "expectations", self._is_said, order)
        self.rulings = self._of(items, "adjudications", self._is_ruled, knowledge)
        self.happened = self._of(items, "events", self._has_happened, knowledge)

    def _of(
        self,
        items: Iterable[Item],
        section: str,
        counts: Callable[[Item], bool],
        rank: Callable[[Item], Key],
    ) -> list[Item]:
        counted = (i for i in items if i["_section"] == section and counts(i))
        return sorted(counted, key=rank, reverse=True)

    def _is_said(self, statement: Item) -> bool:
        return stated(statement) <= self.today

    def _is_ruled(self, ruling: Item) -> bool:
        return last_day(ruling["disclosed"]) <= self.today

    def _has_happened(self, event: Item) -> bool:
        public = last_day(event["disclosed"])
        return public <= self.known_at and min(public, last_day(event["occurred"])) <= self.as_of

    def answers(self) -> Answers:
        ended = {chain_of(e) for e in self.happened if outcome_of(e)}
        chains = {chain_of(s) for s in self.statements} | ended
        return Answers(
            {s["id"]: self.statement(s) for s in self.statements},
            {chain: self.chain(chain) for chain in chains},
        )

    def statement(self, s: Item) -> StatementAnswer:
        outcome, before = self.outcome(s), [t for t in self._chain(s) if order(t) < order(s)]
        reached = outcome is not None and outcome_of(outcome) == "reached"
        return StatementAnswer(
            verdict=self.verdict(s),
            relation=relation(s, max(before, key=order)) if before else None,
            slip=slip(s, outcome) if reached and outcome else None,
            actual=outcome["occurred"] if reached and outcome else None,
            outcome=outcome_of(outcome) if outcome else None,
            event=outcome["id"] if outcome else None,
        )

    def chain(self, chain: Chain) -> ChainAnswer:
        said = [s for s in self.statements if chain_of(s) == chain]
        told = {s["id"]: self.statement(s) for s in said}
        changes = [t for t in told.values() if t.relation not in (None, "reaffirmed")]
        if said:
            newest = max(said, key=order)
            last = told[newest["id"]]
            stands = newest["id"] if self._stands(newest, last) else None
            return ChainAnswer(stands, len(changes), last.outcome, last.actual, last.verdict)
        outcome = min(self._outcomes(chain), key=knowledge)
        reached = outcome_of(outcome) == "reached"
        actual = outcome["occurred"] if reached else None
        return ChainAnswer(None, 0, outcome_of(outcome), actual, None)

    def _stands(self, s: Item, told: StatementAnswer) -> bool:
        ruling = self._ruling(s)
        if ruling is not None and ruling["verdict"] not in STILL_STANDING:
            return False
        return told.outcome is None and told.verdict not in ENDED

    def verdict(self, s: Item) -> str:
        ruling = self._ruling(s)
        if ruling is not None:
            return str(ruling["verdict"])
        if self._is_withdrawn(s):
            return "withdrawn"
        if self._is_superseded(s):
            return "superseded"
        if self._condition_failed(s):
            return "condition_failed"
        if self._is_moot(s):
            return "moot"
        outcome = self.outcome(s)
        return self._without_outcome(s) if outcome is None else judged(s, outcome)

    def _chain(self, s: Item) -> list[Item]:
        return [t for t in self.statements if chain_of(t) == chain_of(s)]

    def _later(self, s: Item) -> list[Item]:
        return [t for t in self._chain(s) if order(t) > order(s)]

    def _outcomes(self, chain: Chain) -> list[Item]:
        ends = [e for e in self.happened if outcome_of(e)]
        return [e for e in ends if chain_of(e) == chain]

    def outcome(self, s: Item, chain: Chain | None = None) -> Item | None:
        """Return the outcome of the statement, or of another chain as it concerns it."""
        fresh = [e for e in self._outcomes(chain or chain_of(s)) if not was_old(e, s)]
        return min(fresh, key=knowledge, default=None)

    def _ruling(self, s: Item) -> Item | None:
        on_this = [r for r in self.rulings if r["expectation"] == s["id"]]
        return max(on_this, key=knowledge, default=None)

    def _is_withdrawn(self, s: Item) -> bool:
        alone = bool(s.get("withdraws")) and not s.get("window")
        return alone or any(t.get("withdraws") == s["id"] for t in self.statements)

    def _is_superseded(self, s: Item) -> bool:
        if not s.get("window"):
            return False
        outcome, until = self.outcome(s), last_day(s["window"])
        if outcome is not None:
            until = min(until, last_day(outcome["disclosed"]))
        moved = ("pushed_out", "pulled_in")
        return any(stated(t) <= until and relation(t, s) in moved for t in self._later(s))

    def _condition_failed(self, s: Item) -> bool:
        condition = s.get("condition") or {}
        if not condition.get("milestone"):
            return False
        program = condition.get("program", s.get("program"))
        outcome = self.outcome(s, chain_of(condition | {"program": program}))
        if outcome is None or outcome_of(outcome) == "failed":
            return outcome is not None
        return condition.get("requires") == "positive" and outcome.get("result") != "positive"

    def _is_moot(self, s: Item) -> bool:
        ends = [e for e in self.happened if e["type"] == "program.discontinued"]
        own = [e for e in ends if s.get("program") and e.get("program") == s["program"]]
        outcome = self.outcome(s)
        fresh = [e for e in own if not was_old(e, s)]
        return any(outcome is None or knowledge(e) < knowledge(outcome) for e in fresh)

    def _without_outcome(self, s: Item) -> str:
        if not s.get("window") or self.today <= last_day(s["window"]):
            return "open"
        closed = last_day(s["window"])
        after = [t for t in self._later(s) if t.get("window") and stated(t) > closed]
        return "missed" if any(start(t) >= stated(t) for t in after) else "lapsed"


def disagreements(bundle: Item, expected: Item) -> dict[str, tuple[Item, StatementAnswer]]:
    """Return each statement on which the recorded outcome and ours differ, with both."""
    day = date.fromisoformat(expected["as_of"])
    ours = check(bundle, as_of=day, known_at=day).statements
    pairs = {item["id"]: (item, ours[item["id"]]) for item in expected["items"]}
    return {name: pair for name, pair in pairs.items() if not _agree(*pair)}


def _agree(recorded_outcome: Item, ours: StatementAnswer) -> bool:
    verdict, actual = recorded_outcome["verdict"], recorded_outcome["actual"]
    slipped = list(ours.slip) if ours.slip else None
    same = (days(actual) if actual else None) == (days(ours.actual) if ours.actual else None)
    in_time = ours.verdict in AGREES.get(verdict, {verdict})
    return in_time and same and slipped == recorded_outcome["slip"]


def main() -> None:
    """Print how many outcomes agree, given the paths of a bundle and its recorded outcomes."""
    bundle, expected = (json.loads(Path(p).read_text("utf-8")) for p in sys.argv[1:3])
    total = len(expected["items"])
    for name, read in (("all", bundle), ("no adjudications", bundle | {"adjudications": []})):
        differ = disagreements(read, expected)
        sys.stdout.write(f"{name}: {total - len(differ)} of {total} agree\n")
        for theirs, ours in differ.values():
            sys.stdout.write(f"  {theirs}\n    {ours}\n")


if __name__ == "__main__":
    main()
