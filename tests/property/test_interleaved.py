"""Appends and questions, interleaved: nothing kept in memory may make an answer stale.

Two Timelines on one store take turns, as two processes do. Every answer must be the one that a
Timeline opened just then gives, and what was answered at an `as_at` must be answered so for ever.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

import projections.portfolio
from api import Timeline
from projections.facts import facts
from projections.portfolio import Portfolio
from timeline.bundle import bundle_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    Row = dict[str, Any]
    Ask = Callable[[Timeline, str, str, Row], Any]

FIRST = date(2008, 1, 1)
BUSY: dict[str, Any] = {
    "stateful_step_count": 25,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much],
}
ISSUERS = ("acme", "birch")
PROGRAMS = ("alpha", "beta")

sides = st.sampled_from((0, 1))
issuers = st.sampled_from(ISSUERS)
programs = st.sampled_from(PROGRAMS)
days = st.sampled_from(range(30)).map(lambda n: FIRST + timedelta(days=n))
names = st.sampled_from(("Alpha", "Beta", "Gamma", "Acme", "Birch", "Delta"))

QUESTIONS: dict[str, Ask] = {
    "state": lambda t, of, one, at: t.programs(of, one, explain=True, **at).body(),
    "programs": lambda t, of, _, at: t.programs(of, **at).body(),
    "all programs": lambda t, _o, _p, at: t.all_programs(**at).body(),
    "why all programs": lambda t, _o, _p, at: t.all_programs(explain=True, **at).body(),
    "at a stage": lambda t, _o, _p, at: t.all_programs(stage="phase2", limit=1, **at).body(),
    "milestones": lambda t, of, _, at: t.milestones(of, explain=True, **at).body(),
    "all milestones": lambda t, _o, _p, at: t.all_milestones(explain=True, **at).body(),
    "closing": lambda t, _o, _p, at: t.all_milestones(closing_within=9, **at).body(),
    "lapsed": lambda t, _o, _p, at: t.all_milestones(lapsed=True, **at).body(),
    "statements": lambda t, of, one, at: t.statements(of, one, **at).body(),
    "commitments": lambda t, of, _, at: t.commitments(of, explain=True, **at).body(),
    "governance": lambda t, of, _, at: t.governance(of, **at).body(),
    "scorecard": lambda t, of, _, at: t.scorecard(of, explain=True, **at).body(),
    "forecasts": lambda t, of, _, at: t.forecasts(of, explain=True, **at).body(),
    "backtest": lambda t, of, _, at: t.backtest(of, explain=True, **at).body(),
    "disappeared": lambda t, of, _, at: t.ask("disappeared", of, explain=True, **at).body(),
    "worksheet": lambda t, of, _, at: t.worksheet(of, **at).body(),
    "followed up": lambda t, of, _, at: t.follow_up(of, since=FIRST, **at).body(),
    "changes": lambda t, of, _, at: t.changes(
        of, since=at["known_at"], to=FIRST + timedelta(days=40), as_at=at["as_at"]
    ).body(),
    "facts": lambda t, of, _, at: t.facts(of, **at).body(),
    "documents": lambda t, of, _, at: t.documents(of, **at).body(),
    "issuers": lambda t, _o, _p, at: t.issuers(**at).body(),
    "events": lambda t, of, _, at: t.events(issuer=of, limit=1000, **at).body(),
    "the log": lambda t, _o, _p, at: t.events(limit=1000, as_at=at["as_at"]).body(),
}


def _told(ask: Ask, timeline: Timeline, of: str, one: str, at: Row) -> Any:
    """The answer, or what was wrong with the question: that must not change either."""
    try:
        return ask(timeline, of, one, at)
    except BadInput as error:
        return str(error)


class Interleaved(RuleBasedStateMachine):
    """Writers and readers of one store; `make` makes it and returns its URL."""

    make: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.url = type(self).make()
        self.sides = [Timeline(self.url, recorded_by=f"side {n}") for n in (0, 1)]
        self.count = 0
        self.live: list[tuple[str, str, str]] = []
        self.answered: dict[tuple[Any, ...], Any] = {}

    def teardown(self) -> None:
        for side in self.sides:
            side.close()

    @initialize()
    def begin(self) -> None:
        for issuer in ISSUERS:
            self.sides[0].record(issuer, {"id": issuer, "name": issuer.title()}, kind="issuer")
            for program in PROGRAMS:
                item = {"id": program, "name": program.title(), "aliases": [f"{program}-1"]}
                self.sides[0].record(issuer, item, kind="program")

    def _record(self, side: int, issuer: str, kind: str, item: Row) -> str:
        self.count += 1
        item = {"id": f"{kind}-{self.count}", **item}
        self.sides[side].record(issuer, item, kind=kind)
        self.live.append((issuer, kind, item["id"]))
        return str(item["id"])

    @rule(
        side=sides,
        issuer=issuers,
        program=programs,
        disclosed=days,
        begins=days,
        lasts=st.sampled_from((None, None, 3, "forever")),
        stage=st.sampled_from(("phase1", "phase2", "phase2", None)),
    )
    def state_a_stage(
        self,
        *,
        side: int,
        issuer: str,
        program: str,
        disclosed: date,
        begins: date,
        lasts: Any,
        stage: Any,
    ) -> None:
        ends = {"valid_to": f"{begins + timedelta(days=3)}T00:00:00Z"} if lasts == 3 else {}
        told = {"subject": program, "attribute": "stage", "value": stage}
        item = {
            "type": "fact.stated",
            "program": program,
            "occurred": str(begins),
            "disclosed": str(disclosed),
            "valid_from": f"{begins}T00:00:00Z",
            "facts": told,
            **(ends or {"open_end": lasts or "until_next"}),
        }
        self._record(side, issuer, "event", item)

    @rule(side=sides, issuer=issuers, program=programs, stated=days, ahead=st.integers(0, 25))
    def say(self, side: int, issuer: str, program: str, stated: date, ahead: int) -> None:
        window = f"{stated + timedelta(days=ahead)}/{stated + timedelta(days=ahead + 3)}"
        item = {
            "program": program,
            "milestone": "m.one",
            "window": window,
            "stated_on": str(stated),
        }
        self._record(side, issuer, "expectation", item)

    @rule(side=sides, issuer=issuers, program=programs, day=days)
    def reach(self, side: int, issuer: str, program: str, day: date) -> None:
        told = {"type": "milestone.reached", "program": program, "milestone": "m.one"}
        self._record(side, issuer, "event", told | {"occurred": str(day), "disclosed": str(day)})

    @rule(side=sides, issuer=issuers, day=days, grant=st.sampled_from(("g1", "g2")))
    def fund(self, side: int, issuer: str, day: date, grant: str) -> None:
        told = {"type": "grants.awarded", "facts": {"grant": grant, "funder": "TPC"}}
        self._record(side, issuer, "event", told | {"occurred": str(day), "disclosed": str(day)})

    @rule(side=sides, issuer=issuers, day=days)
    def publish(self, side: int, issuer: str, day: date) -> None:
        item = {"published": str(day), "kind": "release", "title": "News"}
        self._record(side, issuer, "document", item)

    @precondition(lambda self: any(kind == "event" for _, kind, _ in self.live))
    @rule(side=sides, data=st.data(), day=days)
    def correct(self, side: int, data: st.DataObject, day: date) -> None:
        events = [one for one in self.live if one[1] == "event"]
        issuer, _, item = data.draw(st.sampled_from(events))
        self.sides[side].correct(issuer, item, {"disclosed": str(day)}, reason="misread")

    @precondition(lambda self: self.live)
    @rule(side=sides, data=st.data())
    def retract(self, side: int, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.live))
        self.live.remove(one)
        self.sides[side].retract(one[0], one[2], reason="not theirs")

    @precondition(lambda self: any(kind == "expectation" for _, kind, _ in self.live))
    @rule(
        side=sides, data=st.data(), day=days, verdict=st.sampled_from(("open", "lapsed", "missed"))
    )
    def adjudicate(self, side: int, data: st.DataObject, day: date, verdict: str) -> None:
        said = [one for one in self.live if one[1] == "expectation"]
        issuer, _, item = data.draw(st.sampled_from(said))
        self.sides[side].adjudicate(issuer, item, verdict, reason="read it", disclosed=day)

    @rule(side=sides, issuer=issuers, program=st.sampled_from((*PROGRAMS, None)), name=names)
    def rename(self, side: int, issuer: str, program: str | None, name: str) -> None:
        target = program or issuer
        changes = {"name": name, "aliases": [f"{name}-2"]}
        self.sides[side].correct(issuer, target, changes, reason="renamed")

    @rule(side=sides, issuer=issuers, day=days, number=st.integers(2, 4))
    def bring_a_bundle(self, side: int, issuer: str, day: date, number: int) -> None:
        self.count += 1
        when = {"occurred": str(day), "disclosed": str(day)}
        stage = {"type": "program.stage_stated", "program": "beta", "facts": {"stage": "phase3"}}
        told = [{"id": f"b{self.count}-{n}", **stage, **when} for n in range(number)]
        bundle = {"format": "timeline-bundle/1", "issuer": {"id": issuer}, "events": told}
        self.sides[side].import_bundle(bundle_of(bundle))

    @rule(side=sides)
    def rebuild(self, side: int) -> None:
        assert self.sides[side].rebuild().differences == ()

    @rule(side=sides, issuer=issuers, program=programs)
    def put_a_spoilt_row_right(self, side: int, issuer: str, program: str) -> None:
        """Somebody changes a row of a read model, it is read, and a rebuild puts it right."""
        day = {"disclosed": FIRST, "begins": FIRST}
        self.state_a_stage(
            side=side, issuer=issuer, program=program, **day, lasts=None, stage="phase1"
        )
        with self.sides[side].recorder.begin_append() as connection:
            item = self.live[-1][2]
            connection.execute(
                update(facts).where(facts.c.item_id == item).values(value='"spoilt"')
            )
        for one in self.sides:
            one.all_programs()
        assert self.sides[side].rebuild().differences

    @rule(
        side=sides,
        question=st.sampled_from(sorted(QUESTIONS)),
        of=st.sampled_from((*ISSUERS, "Acme", "Birch", "Delta-2", "acne")),
        one=st.sampled_from((*PROGRAMS, "alpha-1", "Gamma", "Gamma-2", "alhpa")),
        as_of=days,
        known_at=days,
        back=st.sampled_from((0, 0, 0, 1, 2, 5, 11)),
    )
    def ask(
        self,
        *,
        side: int,
        question: str,
        of: str,
        one: str,
        as_of: date,
        known_at: date,
        back: int,
    ) -> None:
        with Timeline(self.url) as fresh:
            as_at = max(0, fresh.recorder.head() - back)
            at = {"as_of": as_of, "known_at": known_at, "as_at": f"position:{as_at}"}
            wanted = _told(QUESTIONS[question], fresh, of, one, at)
        assert _told(QUESTIONS[question], self.sides[side], of, one, at) == wanted
        self.answered[side, question, of, one, tuple(at.items())] = wanted

    @precondition(lambda self: self.answered)
    @rule(side=sides, data=st.data())
    def ask_again(self, side: int, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(list(self.answered)))
        _, question, of, one, at = key
        told = _told(QUESTIONS[question], self.sides[side], of, one, dict(at))
        assert told == self.answered[key]

    @rule(side=sides)
    def ask_for_everything(self, side: int) -> None:
        """What is kept of all issuers, at the head: whoever looks last must see it all."""
        late: Row = {"as_of": FIRST + timedelta(days=40)}
        with Timeline(self.url) as fresh:
            wanted = fresh.all_programs(explain=True, **late).body()
        assert self.sides[side].all_programs(explain=True, **late).body() == wanted


def run(make: Callable[[], str], **more: Any) -> None:
    machine = type("Interleaved", (Interleaved,), {"make": staticmethod(make)})
    run_state_machine_as_test(machine, settings=settings(**BUSY, **more))


@pytest.fixture
def new_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    def make() -> str:
        copy = Path(tempfile.mkdtemp(dir=tmp_path)) / "timeline.db"
        shutil.copyfile(sqlite_template, copy)
        return f"sqlite:///{copy}"

    return make


def test_nothing_is_stale_on_sqlite(new_sqlite: Callable[[], str]) -> None:
    run(new_sqlite, max_examples=30)


def test_nothing_is_stale_on_postgresql(request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    run(lambda: str(server.url(server.create_database(template))), max_examples=6)


def _looks_once(portfolio: Any, connection: Connection, as_at: int) -> None:
    if portfolio._seen == 0:
        portfolio._take_in(connection, None)
        portfolio._seen = as_at


@pytest.mark.parametrize("stale", ["appends", "rebuilds"])
def test_what_looks_once_and_never_again_is_found(
    stale: str, new_sqlite: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """These tests would see a stale answer: here are two."""
    if stale == "appends":
        monkeypatch.setattr(Portfolio, "_catch_up", _looks_once)
    else:
        monkeypatch.setattr(projections.portfolio, "last_rebuild", lambda _connection: 0)
    with pytest.raises(AssertionError):
        run(new_sqlite, max_examples=60, phases=[Phase.generate], derandomize=True, database=None)
