"""Read models on either database: corrections, retractions, rebuilds, and what came in twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from api import Timeline
from projections.runner import READ_MODELS
from timeline.bundle import bundle_of
from timeline.errors import ItemExists, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_TOLD = ("adjudications", "drafts")
READ_OUT = {
    "id": "read-out",
    "type": "clinical.results_reported",
    "program": "omigard",
    "occurred": "2009-03-12",
    "disclosed": "2009-03-12",
    "milestone": "clin.ph3_topline",
    "outcome": "reached",
    "result": "negative",
}
SAID = {
    "id": "q1",
    "program": "omigard",
    "milestone": "clin.ph3_topline",
    "window": "2009-01-01/2009-03-31",
    "stated_on": "2008-09-15",
}


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="somebody") as timeline:
        yield timeline


def _import(timeline: Timeline, **sections: list[dict[str, Any]]) -> int:
    body = {
        "format": "timeline-bundle/1",
        "issuer": {"id": "migenix", "name": "MIGENIX Inc."},
        "programs": [{"id": "omigard", "name": "Omigard", "aliases": ["MX-226"]}],
        **sections,
    }
    return timeline.import_bundle(bundle_of(body)).position


def _row(timeline: Timeline, **clocks: Any) -> dict[str, Any]:
    rows = timeline.milestones("migenix", "omigard", **clocks).items
    return rows[0] if rows else {"verdict": None, "actual": None, "outcome": None}


def test_a_correction_answers_from_when_it_was_recorded(timeline: Timeline) -> None:
    before = _import(timeline, events=[READ_OUT], expectations=[SAID])
    fixed = {"id": "fix", "corrects": "read-out", "set": {"occurred": "2009-04-02"}, "reason": "r"}
    after = _import(timeline, corrections=[fixed])
    asked = {"as_of": "2010-01-01"}
    assert after == before + 1
    assert _row(timeline, **asked, as_at=before)["verdict"] == "met_on_time"
    assert _row(timeline, **asked)["verdict"] == "met_late"
    assert _row(timeline, **asked)["actual"]["earliest"] == "2009-04-02"


def test_a_correction_moves_the_public_axis_only_by_its_disclosed(timeline: Timeline) -> None:
    before = _import(timeline, events=[READ_OUT], expectations=[SAID])
    _import(
        timeline,
        corrections=[{"id": "f", "corrects": "read-out", "set": {"disclosed": "2009-03-20"}}],
    )
    asked = {"as_of": "2009-03-15"}
    assert _row(timeline, **asked, as_at=before)["verdict"] == "met_on_time"
    assert _row(timeline, **asked)["verdict"] == "open"
    assert _row(timeline, as_of="2009-03-20")["verdict"] == "met_on_time"


def test_a_retraction_brings_back_what_it_hid(timeline: Timeline) -> None:
    first = _fact("a", "2008-01-01", "34")
    second = _fact("b", "2008-02-01", "28")
    before = _import(timeline, events=[first, second])
    _import(timeline, corrections=[{"id": "r", "retracts": "b", "reason": "not in the source"}])
    assert _staff(timeline, as_at=before) == ("28", ["b"], ["a"])
    assert _staff(timeline) == ("34", ["a"], [])


def test_a_restatement_keeps_what_came_before_hidden(timeline: Timeline) -> None:
    stated = [_fact("a", "2008-01-01", "34"), _fact("b", "2008-02-01", None)]
    _import(timeline, events=stated)
    assert timeline.facts("migenix", as_of="2008-03-01").items == []
    assert _staff(timeline, as_of="2008-01-15")[0] == "34"


def test_the_last_published_wins_over_the_last_recorded(timeline: Timeline) -> None:
    _import(timeline, events=[_fact("new", "2008-02-01", "28"), _fact("old", "2008-01-01", "34")])
    assert _staff(timeline) == ("28", ["new"], ["old"])


def _fact(name: str, disclosed: str, value: str | None) -> dict[str, Any]:
    facts = {"subject": "staff", "attribute": "headcount", "value": value}
    told = {"id": name, "type": "fact.stated", "occurred": "2008-01-01", "disclosed": disclosed}
    return told | {"facts": facts}


def _staff(timeline: Timeline, **clocks: Any) -> tuple[Any, list[str], list[str]]:
    asked = {"as_of": "2009-01-01"} | clocks
    (row,) = timeline.facts("migenix", subject="staff", **asked).items
    return row["value"], row["because"], row["overridden"]


def test_internal_events_move_no_public_answer(timeline: Timeline) -> None:
    _import(timeline, events=[READ_OUT | {"visibility": "internal"}], expectations=[SAID])
    assert _row(timeline, as_of="2010-01-01")["verdict"] == "lapsed"
    assert [e["subject"] for e in timeline.events(issuer="migenix").items][-2:] == [
        "read-out",
        "q1",
    ]


def test_importing_twice_adds_nothing_and_other_content_is_refused(timeline: Timeline) -> None:
    head = _import(timeline, events=[READ_OUT], expectations=[SAID])
    assert _import(timeline, events=[READ_OUT], expectations=[SAID]) == head
    with pytest.raises(ItemExists, match=r"events\[0\].*read-out"):
        _import(timeline, events=[READ_OUT | {"result": "positive"}], expectations=[SAID])
    assert timeline.recorder.head() == head


def test_a_bundle_with_one_bad_item_leaves_nothing(timeline: Timeline) -> None:
    head = _import(timeline)
    with pytest.raises(NotFound, match=r"events\[1\].*no program 'omega'"):
        _import(timeline, events=[READ_OUT, READ_OUT | {"id": "other", "program": "omega"}])
    assert timeline.recorder.head() == head


def test_an_id_of_a_correction_is_used_once(timeline: Timeline) -> None:
    said = [SAID, SAID | {"id": "q2"}]
    head = _import(timeline, expectations=said, corrections=[_words("c1", "q1")])
    with pytest.raises(ItemExists, match="'c1' is taken"):
        _import(timeline, corrections=[_words("c1", "q2")])
    with pytest.raises(ItemExists, match="'q1' is taken"):
        _import(timeline, corrections=[_words("q1", "q2")])
    assert timeline.recorder.head() == head
    assert _import(timeline, expectations=said, corrections=[_words("c1", "q1")]) == head


def _words(name: str, target: str) -> dict[str, Any]:
    return {"id": name, "corrects": target, "set": {"words": "other words"}}


def test_the_empty_store_knows_nothing_at_position_zero(timeline: Timeline) -> None:
    _import(timeline, events=[READ_OUT])
    assert timeline.issuers(as_at="position:0").items == []


def test_a_rebuild_finds_nothing_to_say_of_an_honest_store(timeline: Timeline) -> None:
    _import(timeline, events=[READ_OUT], expectations=[SAID])
    _import(timeline, corrections=[{"id": "r", "retracts": "read-out"}])
    rebuilt = timeline.rebuild()
    assert rebuilt.differences == ()
    assert rebuilt.position == timeline.recorder.head()
    assert rebuilt.rows["statements"] == 1


@pytest.mark.parametrize("model", [m.name for m in READ_MODELS if m.name not in NOT_TOLD])
def test_a_rebuild_names_and_mends_a_changed_row(timeline: Timeline, model: str) -> None:
    stated = _fact("a", "2008-01-01", "34")
    document = {"id": "doc", "title": "A release", "published": "2008-01-01"}
    _import(timeline, events=[READ_OUT, stated], expectations=[SAID], documents=[document])
    with timeline.recorder.begin_append() as connection:
        changed = connection.execute(text(f"UPDATE {model} SET place = place + 1"))
    differences = timeline.rebuild().differences
    assert len(differences) == 2 * changed.rowcount > 0
    assert all(str(d).startswith(f"{model}: migenix/") for d in differences)
    assert timeline.rebuild().differences == ()


def test_a_deleted_and_an_invented_row_are_named(timeline: Timeline) -> None:
    _import(timeline, events=[READ_OUT], expectations=[SAID])
    with timeline.recorder.begin_append() as connection:
        connection.execute(text("DELETE FROM statements"))
        connection.execute(text("UPDATE outcomes SET item_id = 'invented', position_to = 99"))
    told = [str(d) for d in timeline.rebuild().differences]
    assert any("statements: migenix/q1" in line and "missing or changed" in line for line in told)
    assert any("outcomes: migenix/invented" in line and "not in a rebuild" in line for line in told)


def test_names_find_programs_and_a_near_miss_gets_a_hint(timeline: Timeline) -> None:
    _import(timeline, expectations=[SAID])
    assert timeline.programs("Migenix Inc.", "mx-226").items[0]["program"] == "omigard"
    with pytest.raises(NotFound, match="did you mean Omigard"):
        timeline.programs("migenix", "Omigrad")


def test_unknown_types_are_kept_word_for_word(timeline: Timeline) -> None:
    odd = {
        "id": "odd",
        "type": "mining.pit_flooded",
        "type_version": 7,
        "occurred": "2008",
        "disclosed": "2008-01-01",
        "facts": {"depth": 3.5, "new": [None, {"x": "é"}]},
    }
    _import(timeline, events=[odd])
    (event,) = timeline.event("odd").items
    assert event["data"] == odd
