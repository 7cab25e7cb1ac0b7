"""Replaying, on either database: what was answered is answered for ever, and altering shows."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.acceptance import crew
from tests.contract.test_append_only import _drop_triggers, _stock
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import BadInput, NotFound
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
NOON = datetime(2020, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> InjectedClock:
    return InjectedClock(NOON)


@pytest.fixture
def timeline(store_url: str, clock: InjectedClock) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="ann", clock=clock, question_log=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        clock.instant += timedelta(hours=1)
        yield timeline


def _ask_all(timeline: Timeline) -> None:
    """Ask about all that the changes below touch, at dates before, around and after them."""
    for as_of in ("2007-06-01", "2008-09-01", "2009-04-01", None):
        asked: dict[str, Any] = {"as_of": as_of}
        timeline.issuers(**asked)
        timeline.issuer("MGI", **asked)
        timeline.programs("MIGENIX Inc.", explain=True, **asked)
        timeline.programs("migenix", "omiganan 1% gel", **asked)
        timeline.milestones("migenix", explain=True, **asked)
        timeline.statements("migenix", **asked)
        timeline.facts("migenix", **asked)
        timeline.documents("migenix", **asked)
        timeline.commitments("migenix", explain=True, **asked)
        timeline.governance("migenix", explain=True, **asked)
        timeline.all_programs(explain=True, **asked)
        timeline.all_milestones(closing_within=90, **asked)
        timeline.events(issuer="migenix", after=100, limit=50, **asked)
    timeline.event("ev-om-top")
    timeline.changes("migenix", since="2008-07-08", to="2009-04-01")
    timeline.changes("migenix", since="2006-01-01", to="2009-04-01", clock="as_of")
    timeline.changes("migenix", since="2020-04-30", to="2020-05-01T12:59:00Z", clock="as_at")


def _change_everything(timeline: Timeline, clock: InjectedClock) -> None:
    """Correct, retract, back-fill, decide and rename, each later than the one before."""
    steps: tuple[Callable[[], object], ...] = (
        lambda: timeline.correct(
            "migenix", "ev-om-top", {"occurred": "2009-03-10", "program": "celgosivir"}, reason="x"
        ),
        lambda: timeline.retract("migenix", "ev-om-disc", reason="x"),
        lambda: timeline.correct("migenix", "omigard", {"name": "Nova", "aliases": []}, reason="x"),
        lambda: timeline.correct(
            "migenix", "migenix", {"name": "Moved", "aliases": []}, reason="x"
        ),
        lambda: timeline.adjudicate(
            "migenix", "ex-om-top-04", "met_late", reason="x", disclosed="2009-03-12"
        ),
        lambda: timeline.record(
            "migenix",
            {"id": "found", "published": "2007-05-05", "title": "Found late", "kind": "x"},
            kind="document",
        ),
        lambda: timeline.record(
            "migenix",
            {
                "id": "back",
                "type": "fact.stated",
                "occurred": "2007-01-01",
                "program": "cls001",
                "disclosed": "2007-01-01",
                "facts": {"subject": "omigard", "attribute": "stage", "value": "moved"},
            },
        ),
        lambda: timeline.correct("migenix", "mbi-2004-08-03", {"title": "Other"}, reason="x"),
    )
    for step in steps:
        clock.instant += timedelta(days=1)
        step()


def _results(timeline: Timeline) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in timeline.replay_log():
        found.setdefault(row["result"], []).append(row["number"])
    return found


def test_nothing_recorded_since_changes_what_was_answered(
    timeline: Timeline, clock: InjectedClock
) -> None:
    _ask_all(timeline)
    logged = timeline.questions()
    agreeing = {"agrees": [one["number"] for one in logged]}
    _change_everything(timeline, clock)
    clock.instant += timedelta(days=400)
    assert _results(timeline) == agreeing
    timeline.rebuild()
    assert _results(timeline) == agreeing
    assert timeline.questions() == logged  # asking again is not asking


def test_a_rebuild_that_mends_rows_gives_the_answers_back(
    timeline: Timeline, clock: InjectedClock, store_url: str
) -> None:
    _ask_all(timeline)
    _change_everything(timeline, clock)
    with closing(_stock(store_url)) as connection:
        for table in ("facts", "statements", "outcomes", "event_index", "documents"):
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
    assert "differs" in _results(timeline)
    timeline.rebuild()
    assert set(_results(timeline)) == {"agrees"}


def test_a_row_that_was_altered_is_found(timeline: Timeline, store_url: str) -> None:
    timeline.statements("migenix", as_of="2009-04-01")
    timeline.documents("migenix", as_of="2009-04-01")
    with closing(_stock(store_url)) as connection:
        connection.execute("UPDATE documents SET title = 'x' WHERE item_id = 'mbi-2004-08-03'")
        connection.commit()
    assert _results(timeline) == {"agrees": [1], "differs": [2]}


def test_a_row_that_cannot_be_read_any_more_is_told(timeline: Timeline, store_url: str) -> None:
    timeline.statements("migenix", as_of="2009-04-01")
    with closing(_stock(store_url)) as connection:
        connection.execute("UPDATE statements SET stated = 'no date'")
        connection.commit()
    (row,) = timeline.replay_log()
    assert (row["result"], "no date" in row["error"]) == ("fails", True)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE questions SET digest = repeat('0', 64) WHERE number = 2", {"differs": [2]}),
        ("UPDATE questions SET pinned = replace(pinned, '2009', '2008') WHERE number = 2",
         {"differs": [2]}),
        ("UPDATE questions SET arguments = replace(arguments, 'migenix', 'x') WHERE number = 2",
         {"fails": [2]}),
        ("DELETE FROM questions WHERE number = 2", {"missing": [2]}),
        ("DELETE FROM questions WHERE number = 1", {"missing": [1]}),
    ],
)  # fmt: skip
def test_an_entry_that_was_altered_is_found(
    timeline: Timeline, store_url: str, change: str, found: dict[str, list[int]]
) -> None:
    for question in (timeline.programs, timeline.milestones, timeline.statements):
        question("migenix", as_of="2009-04-01")
    assert _results(timeline) == {"agrees": [1, 2, 3]}
    _drop_triggers(store_url)
    if store_url.startswith("sqlite"):
        change = change.replace("repeat('0', 64)", f"'{'0' * 64}'")
    with closing(_stock(store_url)) as connection:
        connection.execute(change)
        connection.commit()
    left = [n for n in (1, 2, 3) if n not in next(iter(found.values()))]
    assert _results(timeline) == {"agrees": left, **found}


def test_the_log_is_replayed_in_part(timeline: Timeline, clock: InjectedClock) -> None:
    timeline.issuers()
    clock.instant += timedelta(days=1)
    timeline.programs("migenix")
    timeline.issuers()
    told: list[tuple[int, int]] = []
    rows = timeline.replay_log(
        asked_from="2020-05-02", question="issuers", progress=lambda *done: told.append(done)
    )
    assert [row["number"] for row in rows] == [3]
    assert told == [(1, 2), (2, 2)]


def test_what_changed_since_then_and_why(timeline: Timeline, clock: InjectedClock) -> None:
    clock.instant += timedelta(days=1)
    retracted = timeline.retract("migenix", "ev-om-disc", reason="of another program")
    replayed = timeline.replay("programs", "MGI", "omigard", as_of="2009-04-01", as_at="2020-05-01")
    assert (replayed.then.position, replayed.now.position) == (383, 384)
    (row,) = replayed.differences
    assert (row["program"], row["was"], row["is"]) == (
        "omigard",
        {"activity": "discontinued"},
        {"activity": "active"},
    )
    (why,) = row["because"]
    assert (why["event"], why["position"]) == (retracted.id, 384)
    assert (why["reason"], why["recorded_by"]) == ("of another program", "ann")
    assert why["recorded_at"] == "2020-05-02T13:00:00Z"
    assert timeline.replay("programs", "MGI", "omigard", as_of="2009-03-01", as_at=383).agrees


def test_every_step_of_a_row_is_a_reason(timeline: Timeline, clock: InjectedClock) -> None:
    for title in ("one", "two"):
        clock.instant += timedelta(days=1)
        timeline.correct("migenix", "mbi-2004-08-03", {"title": title}, reason=title)
        timeline.correct("migenix", "cad-2007-04-30", {"title": title}, reason=title)
    replayed = timeline.replay("documents", "migenix", as_of="2009-04-01", as_at="position:383")
    reasons = {d["document"]: [e["position"] for e in d["because"]] for d in replayed.differences}
    assert reasons == {"cad-2007-04-30": [385, 387], "mbi-2004-08-03": [384, 386]}


def test_a_name_of_today_is_found_as_it_was_then(timeline: Timeline) -> None:
    timeline.correct("migenix", "omigard", {"name": "Nova", "aliases": []}, reason="x")
    replayed = timeline.replay("programs", "migenix", "nova", as_of="2009-04-01", as_at=383)
    (row,) = replayed.differences
    assert (row["was"]["name"], row["is"]["name"]) == ("Omigard", "Nova")
    early = timeline.replay("programs", "migenix", "nova", as_of="2009-04-01", as_at=0)
    assert [(d["was"], d["is"]["name"]) for d in early.differences] == [(None, "Nova")]


def test_what_cannot_be_replayed_is_refused(timeline: Timeline) -> None:
    with pytest.raises(NotFound, match="did you mean milestones"):
        timeline.replay("milestone", "migenix")
    with pytest.raises(BadInput, match="program"):
        timeline.replay("governance", "migenix", "omigard")
    with pytest.raises(BadInput, match="from"):
        timeline.replay_log(asked_from="yesterday")


def test_the_program_behind_a_changed_fact_is_that_of_the_asked_position(
    timeline: Timeline,
) -> None:
    """Later corrections of whom an event is about once moved earlier answers."""
    timeline.record(
        "migenix",
        {"id": "spoken", "type": "fact.stated", "occurred": "2008-08-01", "program": "omigard",
         "disclosed": "2008-08-01", "facts": {"subject": "a", "attribute": "b", "value": 1}},
    )  # fmt: skip
    asked = {"since": "2008-07-08", "to": "2008-09-01"}
    before = timeline.changes("migenix", **asked)
    timeline.correct("migenix", "spoken", {"program": "cls001"}, reason="x")
    again = timeline.changes("migenix", **asked, as_at=before.asked.position)
    assert again.items == before.items
    assert set(_results(timeline)) == {"agrees"}


def test_an_instant_means_the_position_it_meant_then(timeline: Timeline) -> None:
    """An append that shares the instant comes later and must not move what was answered."""
    now = "2020-05-01T13:00:00Z"
    timeline.documents("migenix", as_at=now)
    timeline.changes("migenix", since="2020-04-30", to=now, clock="as_at")
    timeline.correct("migenix", "mbi-2004-08-03", {"title": "Other"}, reason="x")
    timeline.correct("migenix", "ev-om-top", {"occurred": "2009-03"}, reason="x")
    assert _results(timeline) == {"agrees": [1, 2]}


def test_an_erasure_changes_no_digest(timeline: Timeline) -> None:
    timeline.import_bundle(bundle_of(crew.BUNDLE))
    told = [
        timeline.facts("larkspur", as_of="2022-06-01"),
        timeline.governance("larkspur", explain=True, as_of="2022-06-01"),
        timeline.commitments("larkspur", as_of="2022-06-01"),
        timeline.changes("larkspur", since="2020-01-01", to="2023-01-01"),
        timeline.events(issuer="larkspur"),
        timeline.event("mended"),
    ]
    assert all(crew.GONE_NAME in str(a.items) or crew.GONE_NOTE in str(a.items) for a in told[:2])
    assert timeline.erase("larkspur", crew.GONE, reason="asked").erased
    assert crew.GONE_NAME not in str(timeline.governance("larkspur", as_of="2022-06-01"))
    assert {row["result"] for row in timeline.replay_log()} == {"agrees"}
