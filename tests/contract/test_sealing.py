"""Personal facts going in, on SQLite and PostgreSQL: sealed, refused, corrected, and said again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from api import Timeline
from tests.acceptance import crew
from timeline.bitemporal import Window
from timeline.bundle import bundle_of
from timeline.commands import stored
from timeline.errors import BadInput, Conflict, InvalidEvent, ItemExists
from timeline.events import Event, from_payload, stream_id
from timeline.personal import Sealed
from timeline.recorder import InjectedClock, SqlRecorder
from timeline.recorder.schema import personal_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOW = datetime(2022, 6, 1, 12, tzinfo=UTC)
ERASED = {"erased": True}
BEGUN = {key: crew.BUNDLE[key] for key in ("format", "issuer", "programs")}
PILOT: dict[str, Any] = {
    "id": "flown",
    "type": "flight.test_reported",
    "occurred": "2021-01-02",
    "disclosed": "2021-01-03",
    "facts": {"pilot": {"name": "Ada", "rank": "chief"}, "legs": 2, "note": "windy"},
    "personal": ["pilot"],
    "data_subject": "ada",
}


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="ann", clock=InjectedClock(NOW)) as timeline:
        timeline.import_bundle(bundle_of(BEGUN))
        yield timeline


@pytest.fixture
def flown(timeline: Timeline) -> Timeline:
    timeline.record("larkspur", PILOT)
    return timeline


def facts(timeline: Timeline, item: str = "flown") -> Mapping[str, Any]:
    """Return the facts of an item as it reads now, opened."""
    versions = timeline.event(item).items
    told = dict(versions[0]["data"]["facts"])
    for version in versions[1:]:
        told |= version["data"].get("set", {}).get("facts", {})
    return {name: value for name, value in told.items() if value is not None}


def in_the_log(timeline: Timeline) -> list[Event]:
    return [from_payload(r.topic, r.payload) for r in timeline.recorder.records()]


def keys(timeline: Timeline) -> int:
    with timeline.recorder.begin_read() as connection:
        query = select(func.count()).select_from(personal_keys)
        return connection.execute(query).scalar_one()


def correct(timeline: Timeline, changes: dict[str, Any], **more: Any) -> Any:
    return timeline.correct("larkspur", "flown", changes, reason="misread", **more)


def test_the_log_holds_a_sealed_value_and_no_name(flown: Timeline) -> None:
    last = in_the_log(flown)[-1]
    sealed = Sealed.read(last.facts["pilot"])
    assert sealed is not None
    assert (sealed.item, sealed.fact) == ("flown", "pilot")
    assert (last.facts["legs"], last.personal) == (2, ("pilot",))
    (row,) = flown.event("flown").items
    assert row["data"] == PILOT


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"data_subject": None}, "event.data_subject"),
        ({"data_subject": ""}, "event.data_subject"),
        ({"data_subject": 7}, "event.data_subject"),
        ({"personal": None}, "event.data_subject"),
        ({"personal": ["nobody"]}, "event.personal"),
        ({"type": "personal.erased"}, "event.type"),
    ],
)
def test_what_does_not_go_together_is_refused(
    timeline: Timeline, changed: dict[str, Any], place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        timeline.record("larkspur", PILOT | changed)
    assert refused.value.place == place
    assert (keys(timeline), timeline.recorder.head()) == (0, 2)


@pytest.mark.parametrize(
    ("event_type", "told", "personal"),
    [
        ("governance.board_changed", {"role": "chief"}, "role"),
        ("governance.board_changed", {"joined": ["Ada"]}, "joined"),
        ("governance.special_committee_formed", {"members": ["Ada"]}, "members"),
        ("governance.ownership_reported", {"holder": "Ada"}, "holder"),
        ("licensing.agreement_signed", {"counterparty": "Ada", "direction": "out"}, "counterparty"),
        ("licensing.agreement_signed", {"counterparty": "A", "direction": "out"}, "direction"),
        ("licensing.terms_stated", {"counterparty": "A", "upfront": {"amount": 5}}, "upfront"),
        ("licensing.payment_received", {"counterparty": "A", "amount": {"amount": 5}}, "amount"),
        ("grants.awarded", {"funder": "A", "recipient": "Ada"}, "recipient"),
        ("program.stage_stated", {"stage": "phase1"}, "stage"),
        ("fact.stated", {"subject": "a", "attribute": "b", "value": 1}, "subject"),
        ("fact.stated", {"subject": "a", "attribute": "b", "value": 1}, "attribute"),
        ("fact.stated", {"subject": "lark-9", "attribute": "partner", "value": "Ada"}, "value"),
        ("fact.stated", {"subject": "licence:x", "attribute": "upfront", "value": 1}, "value"),
    ],
)
def test_what_is_read_by_its_value_is_not_sealed(
    timeline: Timeline, event_type: str, told: dict[str, Any], personal: str
) -> None:
    item = PILOT | {"type": event_type, "facts": told, "personal": [personal]}
    with pytest.raises(InvalidEvent, match="record a pseudonym") as refused:
        timeline.record("larkspur", item)
    assert refused.value.place == "event.personal"
    bundle = BEGUN | {"events": [item]}
    with pytest.raises(InvalidEvent, match=r"events\[0\].personal"):
        timeline.import_bundle(bundle_of(bundle))


def test_that_nothing_holds_is_not_sealed(timeline: Timeline) -> None:
    timeline.record("larkspur", PILOT | {"facts": {"pilot": None}})
    assert in_the_log(timeline)[-1].facts == {"pilot": None}
    assert keys(timeline) == 0


@pytest.mark.parametrize(
    "other",
    [
        {"data_subject": "bo"},
        {"facts": PILOT["facts"] | {"pilot": {"name": "Bo", "rank": "chief"}}},
        {"facts": PILOT["facts"] | {"legs": 3}},
        {"personal": ["pilot", "note"]},
        {"personal": None, "data_subject": None},
    ],
)
def test_the_same_id_with_other_content_is_refused(flown: Timeline, other: dict[str, Any]) -> None:
    with pytest.raises(ItemExists):
        flown.record("larkspur", PILOT | other)
    with pytest.raises(ItemExists):
        flown.import_bundle(bundle_of(BEGUN | {"events": [PILOT | other]}))
    assert (keys(flown), flown.recorder.head()) == (1, 3)


def test_once_erased_only_what_is_not_personal_is_compared(flown: Timeline) -> None:
    flown.erase("larkspur", "ada", reason="asked")
    guess = PILOT["facts"] | {"pilot": "somebody else"}
    assert not flown.record("larkspur", PILOT | {"facts": guess}).added
    told = {key: value for key, value in PILOT.items() if key != "data_subject"}
    erased = told | {"facts": PILOT["facts"] | {"pilot": ERASED}}
    assert not flown.record("larkspur", erased).added
    with pytest.raises(ItemExists):
        flown.record("larkspur", PILOT | {"facts": PILOT["facts"] | {"legs": 3}})
    assert (keys(flown), facts(flown)["pilot"]) == (0, ERASED)


def test_who_is_recorded_anew_after_an_erasure_has_a_new_key(flown: Timeline) -> None:
    flown.erase("larkspur", "ada", reason="asked")
    flown.record("larkspur", PILOT | {"id": "again"})
    assert facts(flown, "again")["pilot"] == PILOT["facts"]["pilot"]
    assert facts(flown)["pilot"] == ERASED


def test_a_correction_merges_into_what_is_sealed(flown: Timeline) -> None:
    patch = {"facts": {"pilot": {"rank": None, "since": 2020}}, "data_subject": "ada"}
    correct(flown, patch, id="c-1")
    assert facts(flown)["pilot"] == {"name": "Ada", "since": 2020}
    head = flown.recorder.head()
    assert not correct(flown, patch, id="c-1").added
    with pytest.raises(ItemExists):
        correct(flown, patch | {"facts": {"pilot": {"rank": "none"}}}, id="c-1")
    correct(flown, {"facts": {"pilot": "Ada"}, "data_subject": "ada"})
    assert facts(flown)["pilot"] == "Ada"
    assert not correct(flown, patch, id="c-1").added
    text = "".join(str(e.facts) for e in in_the_log(flown)[head:])
    assert "Ada" not in text
    assert "data_subject" not in text
    assert flown.rebuild().differences == ()


def test_a_correction_leaves_what_it_does_not_set(flown: Timeline) -> None:
    correct(flown, {"facts": {"legs": 3}, "summary": "flown twice"})
    assert facts(flown) == PILOT["facts"] | {"legs": 3}
    correct(flown, {"facts": {"pilot": None}, "personal": None})
    assert facts(flown) == {"legs": 3, "note": "windy"}


def test_a_correction_may_seal_what_is_new(flown: Timeline) -> None:
    changes = {"facts": {"home": "Kestrel"}, "personal": ["pilot", "home"], "data_subject": "bo"}
    correct(flown, changes)
    assert (facts(flown)["home"], keys(flown)) == ("Kestrel", 2)
    flown.erase("larkspur", "ada", reason="asked")
    assert (facts(flown)["home"], facts(flown)["pilot"]) == ("Kestrel", ERASED)
    flown.erase("larkspur", "bo", reason="asked")
    assert facts(flown)["home"] == ERASED


def test_what_was_sealed_may_become_another_fact_in_the_clear(flown: Timeline) -> None:
    correct(flown, {"facts": {"pilot": {"crew": 2}}, "personal": None})
    assert facts(flown)["pilot"] == {"crew": 2}
    assert in_the_log(flown)[-1].facts["set"]["facts"] == {"pilot": {"crew": 2}}
    assert flown.rebuild().differences == ()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"facts": {"pilot": "Bo"}}, "set.data_subject"),
        ({"facts": {"legs": 3}, "data_subject": "ada"}, "set.data_subject"),
        ({"facts": {"pilot": "Bo"}, "data_subject": 7}, "set.data_subject"),
        ({"personal": ["pilot", "note"]}, "set.personal"),
        (
            {"personal": ["pilot", "note"], "facts": {"note": "x"}, "data_subject": "a"},
            "set.personal",
        ),
        ({"personal": None}, "set.personal"),
        ({"personal": []}, "set.personal"),
        ({"personal": [1], "data_subject": "a"}, "set.personal[0]"),
        ({"personal": ["pilot"], "facts": 7, "data_subject": "a"}, "set.facts"),
        ({"type": "personal.erased"}, "set.type"),
        (
            {
                "type": "governance.board_changed",
                "facts": {"role": "Bo"},
                "personal": ["pilot", "role"],
                "data_subject": "bo",
            },
            "set.personal",
        ),
    ],
)
def test_a_correction_that_would_leave_a_half_is_refused(
    flown: Timeline, changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        correct(flown, changes)
    assert refused.value.place == place
    assert (keys(flown), flown.recorder.head()) == (1, 3)


def test_what_is_erased_can_be_corrected_otherwise_and_taken_out(flown: Timeline) -> None:
    correct(flown, {"facts": {"pilot": {"rank": "none"}}, "data_subject": "ada"}, id="c-1")
    flown.erase("larkspur", "ada", reason="asked")
    again = {"facts": {"pilot": {"rank": "a guess"}}, "data_subject": "ada"}
    assert not correct(flown, again, id="c-1").added
    correct(flown, {"facts": {"legs": 4}})
    assert (facts(flown)["legs"], facts(flown)["pilot"], keys(flown)) == (4, ERASED, 0)
    with pytest.raises(InvalidEvent, match=r"set.data_subject"):
        correct(flown, {"facts": {"pilot": "Bo"}})
    flown.retract("larkspur", "flown", reason="of another company")
    assert flown.rebuild().differences == ()


def test_an_id_that_is_taken_stays_taken(flown: Timeline) -> None:
    changes = {"facts": {"pilot": "Bo"}, "data_subject": "bo"}
    with pytest.raises(Conflict):
        correct(flown, changes, id="flown")
    flown.retract("larkspur", "flown", reason="r", id="r-1")
    with pytest.raises(Conflict):
        correct(flown, changes, id="r-1")
    assert keys(flown) == 1


def test_an_erasure_is_never_taken_back(flown: Timeline) -> None:
    erasure = str(flown.erase("larkspur", "ada", reason="asked").id)
    with pytest.raises(Conflict, match="never"):
        flown.retract("larkspur", erasure, reason="r")
    with pytest.raises(Conflict, match="never"):
        flown.correct("larkspur", erasure, {"reason": "none"}, reason="r")


def test_what_an_older_release_recorded_in_the_clear_still_reads(timeline: Timeline) -> None:
    """And is told apart from what is sealed: nothing here can be erased."""
    clear = {"pilot": "Ada", "legs": 2}
    item = {k: v for k, v in PILOT.items() if k != "data_subject"} | {"facts": clear}
    event = Event(
        type="flight.test_reported",
        issuer="larkspur",
        item="flown",
        recorded_by="ann",
        occurred=Window.day(datetime(2021, 1, 2, tzinfo=UTC).date()),
        disclosed=Window.day(datetime(2021, 1, 3, tzinfo=UTC).date()),
        personal=("pilot",),
        facts=clear,
    )
    timeline.recorder.append([stored(event, stream_id("larkspur", "flown"), 1)])
    assert facts(timeline) == clear
    assert timeline.event("flown").personal
    assert not timeline.event("lark-9").personal
    assert not timeline.record("larkspur", item).added
    assert not timeline.record("larkspur", item | {"data_subject": "ada"}).added
    with pytest.raises(ItemExists):
        timeline.record("larkspur", item | {"facts": clear | {"pilot": "Bo"}})
    correct(timeline, {"facts": {"pilot": "Bo"}, "data_subject": "bo"})
    assert (facts(timeline)["pilot"], keys(timeline)) == ("Bo", 1)


def test_the_same_said_of_two_items_is_no_change(timeline: Timeline) -> None:
    timeline.import_bundle(bundle_of(crew.BUNDLE))

    def changed() -> list[str]:
        answer = timeline.changes("larkspur", since="2021-06-01", to="2022-03-01")
        return [fact["attribute"] for row in answer.items for fact in row["facts"]]

    assert changed() == []
    assert timeline.changes("larkspur", since="2020-06-01", to="2022-03-01").personal
    timeline.erase("larkspur", crew.GONE, reason="asked")
    assert changed() == []


def test_a_value_moved_to_another_item_is_not_told_there(flown: Timeline) -> None:
    moved = in_the_log(flown)[-1].facts["pilot"]
    event = Event(
        type="flight.test_reported",
        issuer="larkspur",
        item="forged",
        personal=("pilot",),
        facts={"pilot": moved},
    )
    flown.recorder.append([stored(event, stream_id("larkspur", "forged"), 1)])
    (row,) = flown.event("forged").items
    assert row["data"]["facts"] == {"pilot": moved}


def test_two_who_meet_a_person_first_make_one_key(timeline: Timeline) -> None:
    bundles = [bundle_of(BEGUN | {"events": [PILOT | {"id": f"flown {n}"}]}) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(timeline.import_bundle, bundles))
    assert [one.added["event"] for one in added] == [1] * 8
    assert keys(timeline) == 1
    assert {facts(timeline, f"flown {n}")["pilot"]["name"] for n in range(8)} == {"Ada"}


def test_a_key_erased_between_decision_and_append_is_not_sealed_with(
    flown: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = SqlRecorder.append

    def late(recorder: SqlRecorder, *args: Any, **more: Any) -> Any:
        monkeypatch.undo()
        flown.erase("larkspur", "ada", reason="asked")
        return append(recorder, *args, **more)

    monkeypatch.setattr(SqlRecorder, "append", late)
    flown.import_bundle(bundle_of(BEGUN | {"events": [PILOT | {"id": "late"}]}))
    assert facts(flown, "late")["pilot"] == PILOT["facts"]["pilot"]
    assert facts(flown)["pilot"] == ERASED


def test_a_dry_run_makes_no_key(timeline: Timeline) -> None:
    assert timeline.record("larkspur", PILOT, dry_run=True).added
    bundle = bundle_of(BEGUN | {"events": [PILOT]})
    assert timeline.import_bundle(bundle, dry_run=True).added["event"] == 1
    assert (keys(timeline), timeline.recorder.head()) == (0, 2)
