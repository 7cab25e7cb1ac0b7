"""Run conformance files: `python -m tests.conformance FILE_OR_FOLDER`.

The format is `bitemporal-conformance/1`; its `semantics` are binding. `recorded_at` is taken as
disclosed and as recorded time, set through an injected clock. Every query is asked on both axes:
with `known_at` moved and everything recorded, and with `as_at` moved and everything public.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.conformance.stores import (
    CoreStore,
    Operation,
    along_knowledge,
    along_valid_time,
    recorded_store,
)
from timeline.bitemporal import (
    Fact,
    OpenEnd,
    format_instant,
    parse_instant,
    relation,
    timeline,
    visible,
)
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.conformance.stores import Store

    Storage = Callable[[], AbstractContextManager[Store]]

FORMAT = "bitemporal-conformance/1"
END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@dataclass(slots=True)
class Tally:
    """How many cases, answers and wrong ones, and what was wrong by case and storage."""

    cases: int = 0
    storages: int = 0
    answers: int = 0
    wrong: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)

    def check(self, case: str, storage: str, question: str, got: Any, wanted: Any) -> None:
        """Count one answer; it must be the wanted one, type and all."""
        self.answers += 1
        if _exact(got) != _exact(wanted):
            self.wrong += 1
            fault = f"{question}: {got!r}, expected {wanted!r}"
            self.faults.setdefault(f"{case} [{storage}]", []).append(fault)

    @property
    def failures(self) -> list[str]:
        """Return a line for every case that failed on a storage, with its first wrong answer."""
        return [f"{case}: {len(wrong)} wrong; {wrong[0]}" for case, wrong in self.faults.items()]

    def __str__(self) -> str:
        """Return the line that sums up."""
        counts = f"{self.cases} cases x {self.storages} storages"
        return f"{counts}, {self.answers} answers, {self.wrong} wrong"


def run_files(paths: list[Path], storages: dict[str, Storage]) -> Tally:
    """Run every file, through every storage."""
    tally = Tally(storages=len(storages))
    for path in paths:
        body = json.loads(path.read_bytes())
        if body.get("format") != FORMAT:
            raise ValueError(f"{path}: the format is not {FORMAT}")
        _run(body, storages, tally)
    return tally


def _run(body: dict[str, Any], storages: dict[str, Storage], tally: Tally) -> None:
    for case in body.get("cases", ()):
        tally.cases += 1
        for mode in _modes(case):
            for name, storage in storages.items():
                with storage() as store:
                    _run_case(case, mode, store, name, tally)
    for case in body.get("rejected_operations", ()):
        tally.cases += 1
        for name, storage in storages.items():
            with storage() as store:
                _run_rejected(case, store, name, tally)
    for number, case in enumerate(body.get("allen_cases", ())):
        tally.cases += 1
        _run_allen(case, f"allen {number}", tally)
    for case in body.get("ordering_cases", ()):
        tally.cases += 1
        _run_ordering(case, tally)


def _modes(case: dict[str, Any]) -> list[OpenEnd]:
    """Its own open end, and the other where the case does not depend on it."""
    own = OpenEnd(case.get("open_end", OpenEnd.FOREVER))
    return (
        [own]
        if case.get("mode_sensitive", True)
        else [own, *(mode for mode in OpenEnd if mode != own)]
    )


def _run_case(
    case: dict[str, Any], mode: OpenEnd, store: Store, storage: str, tally: Tally
) -> None:
    for told in case["operations"]:
        store.append(Operation(told, parse_instant(told["recorded_at"]), mode))
    name = f"{case['name']} ({mode})"
    for query in case.get("queries", ()):
        _run_query(query, store, name, storage, tally)
    for slice_ in case.get("timelines", ()):
        known_at = parse_instant(slice_["known_at"])
        got = [
            _row("valid_from", s.valid_from, "valid_to", s.valid_to, s.value)
            for s in along_valid_time(store, slice_["key"], known_at)
        ]
        question = f"timeline of {slice_['key']} known at {slice_['known_at']}"
        tally.check(name, storage, question, got, _normal(slice_["expected"]))
    for slice_ in case.get("knowledge", ()):
        valid_at = parse_instant(slice_["valid_at"])
        got = [
            _row("known_from", k.known_from, "known_to", k.known_to, k.value)
            for k in along_knowledge(store, slice_["key"], valid_at)
        ]
        question = f"knowledge of {slice_['key']} at {slice_['valid_at']}"
        tally.check(name, storage, question, got, _normal(slice_["expected"]))


def _run_query(query: dict[str, Any], store: Store, name: str, storage: str, tally: Tally) -> None:
    key, wanted = query["key"], query["expected"]
    valid_at, known_at = parse_instant(query["valid_at"]), parse_instant(query["known_at"])
    about = f"{key} valid at {query['valid_at']}"
    got = store.value(key, valid_at=valid_at, known_at=known_at, as_at=store.head())
    tally.check(name, storage, f"{about}, known at {query['known_at']}", got, wanted)
    position = store.position_at(known_at)
    got = store.value(key, valid_at=valid_at, known_at=END_OF_TIME, as_at=position)
    tally.check(name, storage, f"{about}, as at {query['known_at']}", got, wanted)


def _run_rejected(case: dict[str, Any], store: Store, storage: str, tally: Tally) -> None:
    *accepted, refused = case["operations"]
    for told in accepted:
        store.append(Operation(told, parse_instant(told["recorded_at"]), OpenEnd.FOREVER))
    try:
        store.append(Operation(refused, parse_instant(refused["recorded_at"]), OpenEnd.FOREVER))
    except TimelineError:
        got = "refused"
    else:
        got = "accepted"
    tally.check(case["name"], storage, "the last operation", got, "refused")
    tally.check(case["name"], storage, "operations recorded", store.head(), len(accepted))


def _run_allen(case: dict[str, Any], name: str, tally: Tally) -> None:
    a, b = ((parse_instant(p[0]), parse_instant(p[1])) for p in (case["a"], case["b"]))
    tally.check(name, "core", "relation", str(relation(a, b)), case["relation"])


def _run_ordering(case: dict[str, Any], tally: Tally) -> None:
    """Let the core order events: `recorded_at` is disclosed only here, append is the position."""
    facts = [_moment(told, position) for position, told in enumerate(case["events"], 1)]
    orders = {
        "append": _as_they_appear(facts),
        "as_at": [f.value for f in visible(facts, known_at=END_OF_TIME, as_at=len(facts))],
        "as_of": [s.value for s in timeline(facts, known_at=END_OF_TIME, as_at=len(facts))],
    }
    for name, wanted in case["expected"].items():
        tally.check(case["name"], "core", f"order {name}", orders[name], wanted)


def _moment(told: dict[str, Any], position: int) -> Fact:
    """Make a fact of one microsecond; the position keeps events of one instant side by side."""
    start = parse_instant(told["valid_at"]) + position * MOMENT
    disclosed_at = parse_instant(told["recorded_at"])
    ends = (start, start + MOMENT, OpenEnd.FOREVER)
    return Fact(told["id"], *ends, disclosed_at, position, position, None, told["id"])


def _as_they_appear(facts: list[Fact]) -> list[Any]:
    """Return the values in the order in which a growing `as_at` shows them."""
    seen: list[Any] = []
    for as_at in range(1, len(facts) + 1):
        shown = visible(reversed(facts), known_at=END_OF_TIME, as_at=as_at)
        seen += [fact.value for fact in shown if fact.value not in seen]
    return seen


def _row(
    from_name: str, start: datetime, to_name: str, end: datetime | None, value: Any
) -> dict[str, Any]:
    return {from_name: format_instant(start), to_name: end and format_instant(end), "value": value}


def _normal(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write a case's instants the way ours are written."""
    return [
        {
            k: v if k == "value" or v is None else format_instant(parse_instant(v))
            for k, v in r.items()
        }
        for r in rows
    ]


def _exact(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@contextmanager
def core() -> Iterator[Store]:
    """Open the core alone."""
    yield CoreStore()


@contextmanager
def on(fresh_url: Callable[[], str]) -> Iterator[Store]:
    """Open a database store at a fresh URL, where a store has been made."""
    with recorded_store(fresh_url()) as store:
        yield store


def storages(sqlite_url: Callable[[], str], postgres_url: Callable[[], str]) -> dict[str, Storage]:
    """Return the three storages; each opening is a fresh store."""
    return {
        "core": core,
        "sqlite": lambda: on(sqlite_url),
        "postgresql": lambda: on(postgres_url),
    }
