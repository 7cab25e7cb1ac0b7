"""The question log: complete, in order, never changed, on either database."""

from __future__ import annotations

import inspect
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from api import Timeline
from api.question_log import digest_of, pins_of
from tests.contract.test_append_only import _as_service, _drop_triggers, _stock
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import NotFound, QuestionNotLogged
from timeline.recorder import InjectedClock, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
NOON = datetime(2020, 5, 1, 12, tzinfo=UTC)
SMALL = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "acme", "name": "Acme"},
    "programs": [{"id": "one", "name": "One"}],
}
# What reading says of a line of text, and the id that it gets whenever it is read.
LINE, DRAFT = (
    "Omigard is expected to be submitted in the first half of 2009.",
    "32464a43dd8ceeb2f7ba6529",
)
# How each public question is asked in these tests.
ASKED: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "issuers": ((), {}),
    "issuer": (("MGI",), {}),
    "programs": (("migenix",), {"explain": True}),
    "milestones": (("migenix", "omigard"), {"as_of": date(2008, 9, 1)}),
    "statements": (("migenix",), {"as_of": "2009-04-01", "known_at": "2010-01-01"}),
    "facts": (("migenix",), {"subject": "omigard"}),
    "documents": (("migenix",), {"as_of": datetime(2008, 9, 1, tzinfo=UTC)}),
    "document": (("mbi-2004-08-03",), {}),
    "events": ((), {"after": 370, "limit": 5}),
    "event": (("ev-om-top",), {"as_at": "position:380"}),
    "ask": (("governance", "migenix"), {"explain": True}),
    "commitments": (("migenix",), {"as_at": 300}),
    "governance": (("migenix",), {}),
    "scorecard": (("migenix",), {"by": "speaker"}),
    "forecasts": (("migenix",), {"as_of": "2008-07-08"}),
    "backtest": (("migenix",), {"as_of": "2008-07-08", "explain": True}),
    "worksheet": (("migenix",), {"since": date(2008, 12, 31), "as_of": "2009-03-17"}),
    "follow_up": (("migenix",), {"since": "2008-07-08", "within": 9, "as_of": "2008-09-30"}),
    "changes": (("migenix",), {"since": "2020-04-30", "to": NOON, "clock": "as_at"}),
    "all_programs": ((), {"stage": "phase2", "as_of": "2008-07-08", "limit": 2}),
    "stages": ((), {"as_of": "2008-07-08"}),
    "all_milestones": ((), {"closing_before": date(2009, 1, 1), "as_of": "2008-10-15"}),
    "drafts": (("migenix",), {"state": "proposed"}),
    "draft": ((DRAFT,), {"issuer": "MGI"}),
    "draft_edits": (("migenix",), {}),
    "findings": (("migenix",), {"as_of": "2008-07-08", "result": "fail"}),
    "schedule": (("migenix", "omigard"), {"as_of": "2008-10-01"}),
    "latest": (("migenix",), {"limit": 5, "as_of": "2008-10-01"}),
    "revisions": (("migenix",), {"as_of": "2008-09-01", "known_at": "2010-01-01"}),
}
CHANGES = {
    "update": "UPDATE questions SET digest = 'x'",
    "delete": "DELETE FROM questions WHERE number = 2",
    "upsert": "INSERT INTO questions SELECT * FROM questions WHERE number = 2 "
    "ON CONFLICT (number) DO UPDATE SET digest = 'x'",
    "a gap": "INSERT INTO questions SELECT 9, asked_at, asked_by, question, arguments, stated, "
    "pinned, position, digest, release FROM questions WHERE number = 2",
    "an earlier instant": "INSERT INTO questions SELECT 3, '1999-01-01T00:00:00.000000Z', "
    "asked_by, question, arguments, stated, pinned, position, digest, release "
    "FROM questions WHERE number = 2",
}


@pytest.fixture
def clock() -> InjectedClock:
    return InjectedClock(NOON)


@pytest.fixture
def timeline(store_url: str, clock: InjectedClock) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="ann", clock=clock, question_log=True) as timeline:
        yield timeline


@pytest.fixture
def small(timeline: Timeline) -> Timeline:
    """A small store of which two questions were asked."""
    timeline.import_bundle(bundle_of(SMALL))
    timeline.programs("acme")
    timeline.issuers()
    return timeline


def test_every_question_of_the_library_is_logged_once_and_replays(
    timeline: Timeline, clock: InjectedClock
) -> None:
    timeline.import_bundle(read_bundle(SAMPLE))
    timeline.extract(LINE, "migenix", published="2008-07-08", save=True)
    clock.instant += timedelta(hours=1)
    for number, (name, (given, named)) in enumerate(ASKED.items(), 1):
        answer = getattr(timeline, name)(*given, **named)
        logged = timeline.questions()
        assert [one["number"] for one in logged] == [*range(1, number + 1)], name
        assert logged[-1]["question"] == ("governance" if name == "ask" else name)
        assert (logged[-1]["digest"], logged[-1]["pinned"]) == (digest_of(answer), pins_of(answer))
    clock.instant += timedelta(days=400)
    timeline.record(
        "migenix", {"id": "late", "type": "a.b", "occurred": "2007", "disclosed": "2007"}
    )
    assert {one["result"] for one in timeline.replay_log()} == {"agrees"}


def test_no_question_of_the_library_is_left_out() -> None:
    """Whatever returns an Answer is a question, and each has its example above."""
    public = {
        name: method
        for name, method in inspect.getmembers(Timeline, inspect.isfunction)
        if not name.startswith("_") and inspect.signature(method).return_annotation == "Answer"
    }
    assert set(public) == set(ASKED)


def test_an_entry_says_what_is_needed_to_ask_again(timeline: Timeline) -> None:
    timeline.import_bundle(bundle_of(SMALL))
    timeline.programs("Acme", "ONE", as_at="2020-05-01T12:00:00Z", explain=True)
    (entry,) = timeline.questions()
    assert (entry["number"], entry["asked_at"]) == (1, "2020-05-01T12:00:00Z")
    assert (entry["asked_by"], entry["question"]) == ("ann", "programs")
    assert entry["arguments"] == {"issuer": "Acme", "program": "ONE", "explain": True}
    assert entry["stated"] == {"as_at": "2020-05-01T12:00:00Z"}
    assert entry["pinned"] == {
        "as_of": "2020-05-01",
        "known_at": "2020-05-01",
        "as_at": "position:2",
    }
    assert entry["position"] == 2
    assert entry["release"]["packs"].keys() >= {"core", "biotech"}


def test_off_is_off(store_url: str) -> None:
    with Timeline(store_url) as timeline:
        timeline.issuers()
        assert timeline.questions() == []


def test_following_is_no_question(small: Timeline) -> None:
    assert next(iter(small.follow("acme")))["subject"] == "acme"
    assert len(small.questions()) == 2


def test_a_question_that_is_refused_has_no_answer_to_log(small: Timeline) -> None:
    with pytest.raises(NotFound):
        small.programs("nobody")
    assert len(small.questions()) == 2


def test_the_log_is_narrowed_by_time_and_name(small: Timeline, clock: InjectedClock) -> None:
    clock.instant += timedelta(days=1)
    small.programs("acme")

    def numbers(**narrowed: str) -> list[int]:
        return [one["number"] for one in small.questions(**narrowed)]

    assert numbers(asked_from="2020-05-01", asked_to="2020-05-01") == [1, 2]
    assert numbers(asked_from="2020-05-02") == [3]
    assert numbers(asked_from="2020-05-01T12:00:00Z", question="programs") == [1, 3]
    assert numbers(asked_to="2020-05-01T11:59:59Z") == []


def test_many_at_once_leave_no_gap_and_no_step_back(store_url: str) -> None:
    with (
        Timeline(store_url, question_log=True) as one,
        Timeline(store_url, question_log=True) as other,
        ThreadPoolExecutor(8) as pool,
    ):
        list(pool.map(lambda n: (one if n % 2 else other).issuers(), range(40)))
        logged = one.questions()
    assert [entry["number"] for entry in logged] == [*range(1, 41)]
    instants = [datetime.fromisoformat(entry["asked_at"]) for entry in logged]
    assert instants == sorted(instants)


def test_a_clock_set_back_does_not_take_the_log_along(
    store_url: str, small: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Timeline(store_url, question_log=True) as timeline:
        monkeypatch.setattr(timeline._clock, "now", lambda: NOON - timedelta(days=1))
        timeline.issuers(as_of="2020-01-01")
    assert small.questions()[-1]["asked_at"] == "2020-05-01T12:00:00Z"


def test_an_append_under_way_does_not_hold_questions_up(postgres_store_url: str) -> None:
    """PostgreSQL has a lock for each; SQLite has one for all."""
    with Timeline(postgres_store_url, question_log=True) as timeline:
        timeline.import_bundle(bundle_of(SMALL))
        with timeline.recorder.begin_append():
            timeline.issuers()
        assert len(timeline.questions()) == 1


def test_what_cannot_be_logged_is_not_answered(small: Timeline, store_url: str) -> None:
    with closing(_stock(store_url)) as connection:
        connection.execute("ALTER TABLE questions RENAME TO gone")
        connection.commit()
    with pytest.raises(QuestionNotLogged, match="TIMELINE_QUESTION_LOG=off"):
        small.issuers()


def test_a_lock_that_is_held_too_long_fails_the_question(store_url: str, small: Timeline) -> None:
    impatient = open_engine(store_url, lock_timeout=0.1)
    small._questions = type(small._questions)(impatient, small._clock)
    engine = small.recorder.engine
    with small.recorder._database.appending(engine).begin() as connection:
        small.recorder._database.lock_questions(connection)
        with pytest.raises(QuestionNotLogged, match="locked"):
            small.issuers()
    impatient.dispose()


@pytest.mark.parametrize("change", CHANGES)
def test_no_stock_connection_changes_it(small: Timeline, store_url: str, change: str) -> None:
    before = small.questions()
    with closing(_stock(store_url)) as connection:
        with pytest.raises((sqlite3.Error, psycopg.Error), match="append-only"):
            connection.execute(CHANGES[change])
        connection.rollback()
    assert small.questions() == before


@pytest.mark.parametrize("statement", ["UPDATE questions SET digest = ''", "DELETE FROM questions"])
def test_what_a_service_connects_as_only_adds(
    small: Timeline, store_url: str, statement: str
) -> None:
    _drop_triggers(store_url)
    with (
        _as_service(small.recorder.engine) as connection,
        pytest.raises(Exception, match=r"denied|authorized|prohibited"),
    ):
        connection.exec_driver_sql(statement)
    small.issuers()
    assert len(small.questions()) == 3
