"""What the page of an issuer is sent once says, for every day, what the questions of a day say."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from timeline.bundle import bundle_of, read_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
BUNDLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
HINDSIGHT = "2020-01-01"
_KEY = ("program", "milestone", "qualifier")
_STATUS = ("stage", "activity", "partner", "rights")


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Timeline]:
    url = f"sqlite:///{tmp_path_factory.mktemp('revisions') / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(read_bundle(BUNDLE))
        yield timeline


def _at(stretches: list[Row], day: str) -> Row | None:
    return next((one for one in reversed(stretches) if one["from"] <= day), None)


def _milestone(row: Row, track: Row, day: str) -> Row | None:
    """Return the row of `milestones` that the revisions tell of a day, read as the page does."""
    state = _at(track["states"], day)
    if state is None:
        return None
    said = row["statements"][: state["said"]]
    judged = [_at(track["verdicts"][n], day) or {} for n in range(len(said))]
    return {
        "standing": said[-1]["expectation"] if state["stands"] else None,
        "statements": [
            (
                s["expectation"],
                s["stated_on"],
                s["window"],
                s["relation"],
                j["verdict"],
                j["slip_days"],
            )
            for s, j in zip(said, judged, strict=True)
        ],
        **{name: state[name] for name in ("revisions", "verdict", "outcome", "actual")},
    }


def _told(row: Row) -> Row:
    keys = ("expectation", "stated_on", "window", "relation", "verdict", "slip_days")
    return {
        "standing": row["standing"] and row["standing"]["expectation"],
        "statements": [tuple(said[key] for key in keys) for said in row["statements"]],
        **{name: row[name] for name in ("revisions", "verdict", "outcome", "actual")},
    }


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[part] for part in _KEY)


def _turns(rows: list[Row]) -> list[str]:
    """Return the days on which any row changes, and those before them."""
    tracks = [t for row in rows for t in (row, row["in_hindsight"]) if t]
    turns = {date.fromisoformat(s["from"]) for t in tracks for s in t["states"]}
    return sorted({d.isoformat() for turn in turns for d in (turn, turn - timedelta(days=1))})


@pytest.mark.parametrize("hindsight", [False, True])
def test_every_day_is_the_answer_of_that_day(timeline: Timeline, hindsight: bool) -> None:
    clocks: Row = {"known_at": HINDSIGHT} if hindsight else {}
    rows = timeline.revisions("migenix", as_of=HINDSIGHT).items
    days = _turns(rows)
    assert len(days) > 150
    for day in days:
        told = {
            _key(row): _milestone(row, (hindsight and row["in_hindsight"]) or row, day)
            for row in rows
        }
        asked = timeline.milestones("migenix", as_of=day, **clocks).items
        assert {k: v for k, v in told.items() if v} == {_key(r): _told(r) for r in asked}, day


@pytest.mark.parametrize("hindsight", [False, True])
def test_the_status_of_programs_is_that_of_the_day(timeline: Timeline, hindsight: bool) -> None:
    clocks: Row = {"known_at": HINDSIGHT} if hindsight else {}
    answer = timeline.revisions("migenix", as_of=HINDSIGHT)
    programs = answer.more["programs"]
    for day in _turns(answer.items)[::3]:
        told = {}
        for row in programs:
            held = _at((hindsight and row["in_hindsight"]) or row["states"], day) or {}
            if row["spoken_from"] <= day:
                told[row["program"]] = tuple(held.get(name) for name in _STATUS)
        asked = timeline.programs("migenix", as_of=day, **clocks).items
        assert told == {r["program"]: tuple(r[name] for name in _STATUS) for r in asked}, day


AHEAD: Row = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "ahead", "name": "Ahead"},
    "programs": [{"id": "p", "name": "P"}],
    "events": [
        {
            "id": f"stage-{stage}",
            "type": "fact.stated",
            "program": "p",
            "occurred": disclosed,
            "disclosed": disclosed,
            "valid_from": f"{valid_from}T00:00:00Z",
            **({"valid_to": f"{valid_to}T00:00:00Z"} if valid_to else {}),
            "facts": {"subject": "p", "attribute": "stage", "value": stage},
        }
        for stage, disclosed, valid_from, valid_to in (
            ("one", "2031-01-10", "2031-03-01", None),
            ("two", "2031-02-10", "2031-04-01", "2031-05-01"),
            ("three", "2031-06-10", "2031-01-20", "2031-02-20"),
        )
    ],
}


@pytest.mark.parametrize("hindsight", [False, True])
def test_a_status_announced_ahead_begins_and_ends_on_its_days(
    sqlite_store_url: str, hindsight: bool
) -> None:
    clocks: Row = {"known_at": "2031-12-31"} if hindsight else {}
    with Timeline(sqlite_store_url) as timeline:
        timeline.import_bundle(bundle_of(AHEAD))
        (row,) = timeline.revisions("ahead", as_of="2031-12-31").more["programs"]
        stretches = (hindsight and row["in_hindsight"]) or row["states"]
        seen = set()
        for number in range(200):
            day = (date(2031, 1, 10) + timedelta(days=number)).isoformat()
            (asked,) = timeline.programs("ahead", as_of=day, **clocks).items
            held = _at(stretches, day)
            assert (held and held["stage"]) == asked["stage"], day
            seen.add(asked["stage"])
    assert seen == ({None, "one", "two", "three"} if hindsight else {None, "one", "two"})


def test_nothing_recorded_later_is_in_an_earlier_as_at(timeline: Timeline) -> None:
    then = timeline.revisions("migenix", as_of=HINDSIGHT, as_at="position:200")
    now = timeline.revisions("migenix", as_of=HINDSIGHT)
    assert 0 < len(then.items) < len(now.items)
    assert then.asked.position == 200


def test_rows_come_in_the_order_of_their_packs_with_readable_names(timeline: Timeline) -> None:
    rows = timeline.revisions("migenix", as_of=HINDSIGHT).items
    of_omigard = [row["milestone"] for row in rows if row["program"] == "omigard"]
    assert of_omigard.index("clin.ph3_started") < of_omigard.index("clin.ph3_topline")
    assert of_omigard.index("clin.ph3_topline") < of_omigard.index("reg.nda_submitted")
    assert all(row["label"] != row["milestone"] for row in rows)


def test_both_databases_say_the_same(timeline: Timeline, store_url: str) -> None:
    with Timeline(store_url) as other:
        other.import_bundle(read_bundle(BUNDLE))
        theirs = other.revisions("migenix", as_of=HINDSIGHT)
    ours = timeline.revisions("migenix", as_of=HINDSIGHT)
    assert (theirs.items, theirs.more) == (ours.items, ours.more)


def test_it_is_logged_and_can_be_asked_again(store_url: str) -> None:
    with Timeline(store_url, question_log=True) as timeline:
        timeline.import_bundle(read_bundle(BUNDLE))
        timeline.revisions("migenix", as_of="2009-04-01")
        assert [one["result"] for one in timeline.replay_log()] == ["agrees"]
