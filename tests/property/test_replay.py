"""Whatever is appended, in whatever pieces: every question asked in between replays the same."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import Timeline
from tests.property.bundles import asked_days, bundles
from timeline.bundle import bundle_of
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTIONS = ("programs", "documents", "events", "expectations", "adjudications", "corrections")
OF_ACME = (
    *("programs", "milestones", "statements", "facts", "documents", "commitments", "governance"),
    *("scorecard", "forecasts", "backtest"),
    *("worksheet", "disappeared"),
    *("changes", "events", "issuers", "all_programs", "all_milestones"),
)
NOON = datetime(2008, 1, 20, 12, tzinfo=UTC)


@contextmanager
def _store(template: Path, clock: InjectedClock) -> Iterator[Timeline]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "timeline.db"
        shutil.copyfile(template, copy)
        with Timeline(f"sqlite:///{copy}", clock=clock, question_log=True) as timeline:
            yield timeline


def _pieces(bundle: dict[str, Any], data: st.DataObject) -> Iterator[dict[str, Any]]:
    """The bundle as it grows, by pieces of any size."""
    grown = {k: v for k, v in bundle.items() if k not in SECTIONS}
    yield grown
    for section in SECTIONS:
        for number in range(len(bundle[section])):
            grown = grown | {section: bundle[section][: number + 1]}
            if data.draw(st.booleans()):
                yield grown
    yield grown


def _ask(timeline: Timeline, data: st.DataObject) -> None:
    """Ask one question at any clocks, some of them left to their defaults."""
    name = data.draw(st.sampled_from(OF_ACME))
    head = timeline.recorder.head()
    clocks: dict[str, Any] = {
        "as_of": data.draw(st.none() | asked_days),
        "known_at": data.draw(st.none() | asked_days),
        "as_at": data.draw(st.none() | st.integers(0, head).map(lambda n: max(n, 1))),
    }
    if name == "changes":
        _ask_changes(timeline, clocks, data)
    elif name in ("issuers", "all_programs", "all_milestones"):
        getattr(timeline, name)(**clocks)
    elif name == "events":
        timeline.events(issuer="acme", after=data.draw(st.integers(0, 5)), limit=3, **clocks)
    elif name == "disappeared":
        timeline.ask(name, "acme", **clocks)
    else:
        getattr(timeline, name)("acme", **clocks)


def _ask_changes(timeline: Timeline, clocks: dict[str, Any], data: st.DataObject) -> None:
    moves = data.draw(st.sampled_from(("known_at", "as_of", "as_at")))
    moments: st.SearchStrategy[Any] = (
        st.integers(1, timeline.recorder.head()) if moves == "as_at" else asked_days
    )
    since, to = sorted((data.draw(moments), data.draw(moments)))
    del clocks[moves]
    timeline.changes("acme", since=since, to=to, clock=moves, **clocks)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bundle=bundles(), data=st.data())
def test_every_question_asked_in_between_replays_the_same(
    sqlite_template: Path, bundle: dict[str, Any], data: st.DataObject
) -> None:
    clock = InjectedClock(NOON)
    with _store(sqlite_template, clock) as timeline:
        for piece in _pieces(bundle, data):
            timeline.import_bundle(bundle_of(piece))
            clock.instant += timedelta(hours=data.draw(st.integers(0, 30)))
            _ask(timeline, data)
        clock.instant += timedelta(days=30)
        asked = timeline.questions()
        assert [(row["number"], row["result"]) for row in timeline.replay_log()] == [
            (one["number"], "agrees") for one in asked
        ]
        assert asked


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bundle=bundles(), as_of=asked_days, data=st.data())
def test_what_is_said_to_differ_is_all_that_differs(
    sqlite_template: Path, bundle: dict[str, Any], as_of: Any, data: st.DataObject
) -> None:
    """What is said to have changed is what did, and each reason is a position where it turned."""
    with _store(sqlite_template, InjectedClock(NOON)) as timeline:
        head = timeline.import_bundle(bundle_of(bundle)).position
        as_at = data.draw(st.integers(1, head))
        replayed = timeline.replay("statements", "acme", as_of=as_of, as_at=as_at)
        was, now = (_statements(timeline, as_of, at) for at in (as_at, head))
        told = {row["expectation"]: row for row in replayed.differences}
        assert set(told) == {one for one in was | now if was.get(one) != now.get(one)}
        for name, row in told.items():
            assert row["because"]
            for why in row["because"]:
                at = why["position"]
                assert as_at < at <= head
                before, after = (_statements(timeline, as_of, n).get(name) for n in (at - 1, at))
                assert before != after


def _statements(timeline: Timeline, as_of: Any, as_at: int) -> dict[str, Any]:
    rows = timeline.statements("acme", as_of=as_of, as_at=as_at).items
    return {row["expectation"]: {k: v for k, v in row.items() if k != "position"} for row in rows}
