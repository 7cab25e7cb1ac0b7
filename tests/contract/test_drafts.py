"""Drafts stored and decided on, on either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.contract.drafting import (
    BUNDLE,
    DOCUMENT,
    HAPPENED,
    ISSUER,
    SAID,
    UNSURE,
    begin,
    keep,
)
from timeline.bundle import bundle_of
from timeline.errors import (
    BadInput,
    Conflict,
    IdempotencyKeyReused,
    InvalidEvent,
    NotFound,
    UnknownReference,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAYS = ("2021-05-01", "2021-05-14", "2021-06-01", "2022-01-01")
OTHER = BUNDLE | {"issuer": {"id": "other", "name": "Other"}}


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    """A store with an issuer and three drafts of one document."""
    with Timeline(store_url, recorded_by="bob") as timeline:
        begin(timeline)
        keep(timeline, SAID, HAPPENED, UNSURE)
        yield timeline


def states(timeline: Timeline, **narrowed: Any) -> dict[str, str]:
    return {row["id"]: row["state"] for row in timeline.drafts(**narrowed).items}


def test_a_reading_is_one_transaction_of_document_drafts_and_itself(timeline: Timeline) -> None:
    rows = timeline.events(after=2).items
    assert [row["type"] for row in rows] == [
        "disclosure.document_published",
        *["intake.draft_proposed"] * 3,
        "intake.document_read",
    ]
    assert len({row["time"] for row in rows}) == 1
    assert {row["recordedby"] for row in rows} == {"ann"}
    assert rows[-1]["data"]["facts"]["drafts"] == ["d1", "d2", "d3"]


def test_drafts_are_told_with_all_they_say(timeline: Timeline) -> None:
    (said, happened, unsure) = timeline.drafts(ISSUER).items
    assert said["window"] == {
        "earliest": "2021-07-01",
        "latest": "2021-09-30",
        "edtf": "2021-07-01/2021-09-30",
        "words": "in summer 2021",
        "policy": "p/1",
    }
    kept = {key: value for key, value in SAID.items() if key != "window"}
    assert {key: said[key] for key in kept} == kept
    assert (said["document"], said["state"], said["issuer"]) == (DOCUMENT, "proposed", ISSUER)
    assert happened["span"] == {"start": 48, "end": 77}
    assert (unsure["window"], unsure["facts"]) == (None, {})


def test_the_same_words_are_found_again_and_nothing_is_doubled(timeline: Timeline) -> None:
    head = timeline.recorder.head()
    again = keep(timeline, SAID, sha256="f" * 64, document=None)
    assert (again.document, again.drafts, again.added) == (DOCUMENT, ("d1", "d2", "d3"), False)
    assert timeline.recorder.head() == head


def test_a_document_on_record_is_not_recorded_again(timeline: Timeline) -> None:
    more = keep(timeline, SAID | {"id": "d9"}, words="an annex of other words")
    assert (more.document, more.added) == (DOCUMENT, True)
    assert [row["document"] for row in timeline.documents(ISSUER, as_of="2022-01-01").items] == [
        DOCUMENT
    ]
    with pytest.raises(BadInput, match="published: release-1 is on record as published 2021-05-14"):
        keep(timeline, words="third", published="2021-05-15")


def test_accepting_records_the_expectation_and_says_so_in_one_transaction(
    timeline: Timeline,
) -> None:
    done = timeline.accept("d1", reason="read it twice")
    assert (done.state, done.recorded_as, done.added) == ("accepted", "ex-d1", True)
    item, step = timeline.events(after=7).items
    assert (item["type"], step["type"]) == (
        "disclosure.expectation_stated",
        "intake.draft_accepted",
    )
    assert item["time"] == step["time"] == done.recorded_at
    assert item["recordedby"] == step["recordedby"] == "bob"
    assert step["data"]["reason"] == "read it twice"
    assert item["data"] == {
        "id": "ex-d1",
        "program": "lark-9",
        "milestone": "flight.first",
        "said_by": "Larkspur Aviation",
        "stated_on": "2021-05-14",
        "document": DOCUMENT,
        "locator": {"start": 0, "end": 47},
        "window": "2021-07-01/2021-09-30",
        "words": "in summer 2021",
    }
    assert [change["milestone"] for change in done.changes or ()] == [None, "flight.first"]
    (row,) = timeline.statements(ISSUER, as_of="2021-06-01").items
    assert (row["expectation"], row["verdict"]) == ("ex-d1", "open")


def test_an_accepted_event_does_to_its_milestone_what_the_packs_say(timeline: Timeline) -> None:
    timeline.accept("d2", id="rolled-out")
    (row,) = timeline.milestones(ISSUER, as_of="2021-06-01").items
    assert (row["milestone"], row["outcome"], row["actual"]["event"]) == (
        *("rollout", "reached", "rolled-out"),
    )


def test_accepting_twice_is_the_same_answer(timeline: Timeline) -> None:
    first = timeline.accept("d1")
    head = timeline.recorder.head()
    again = timeline.accept("d1")
    assert (again.added, again.changes) == (False, [])
    assert (again.recorded_as, again.position) == (first.recorded_as, first.position)
    assert timeline.accept("d1", id="ex-d1").position == first.position
    assert timeline.recorder.head() == head


def test_what_was_decided_stays_decided(timeline: Timeline) -> None:
    timeline.accept("d1")
    timeline.reject("d2", reason="not said")
    head = timeline.recorder.head()
    assert timeline.reject("d2", reason="said again").added is False
    steps: tuple[Callable[[], object], ...] = (
        lambda: timeline.reject("d1", reason="changed my mind"),
        lambda: timeline.accept("d2"),
        lambda: timeline.edit("d1", {"qualifier": "EU"}),
        lambda: timeline.edit("d2", {"qualifier": "EU"}),
        lambda: timeline.accept("d1", {"qualifier": "EU"}),
        lambda: timeline.accept("d1", id="another"),
    )
    for step in steps:
        with pytest.raises(Conflict, match=r"was (accepted, and recorded as 'ex-d1'|rejected)"):
            step()
    assert timeline.recorder.head() == head
    assert states(timeline) == {"d1": "accepted", "d2": "rejected", "d3": "proposed"}


def test_what_a_person_edits_is_kept_beside_what_was_read(timeline: Timeline) -> None:
    timeline.edit("d3", {"program": "The Nine-Seater", "window": "2023"}, reason="the next one")
    done = timeline.accept("d3", {"milestone": "delivery"})
    assert (done.state, done.recorded_as) == ("accepted", "ex-d3")
    (row,) = timeline.draft("d3").items
    assert (row["program"], row["milestone"]) == ("lark-9", "delivery")
    assert [(one["step"], one["recorded_by"]) for one in row["steps"]] == [
        ("proposed", "ann"),
        ("edited", "bob"),
        ("edited", "bob"),
        ("accepted", "bob"),
    ]
    edits = timeline.draft_edits(ISSUER).items
    assert [(one["draft"], one["field"], one["was"], one["is"]) for one in edits] == [
        ("d3", "program", "lark-12", "lark-9"),
        ("d3", "window", None, {"edtf": "2023"}),
        ("d3", "milestone", None, "delivery"),
    ]
    assert (edits[0]["reason"], edits[0]["recorded_by"]) == ("the next one", "bob")


def test_an_edit_that_changes_nothing_adds_nothing(timeline: Timeline) -> None:
    head = timeline.recorder.head()
    assert not timeline.edit("d1", {"program": "Lark 9", "milestone": "flight.first"}).added
    assert timeline.recorder.head() == head


def test_a_window_edited_by_a_person_was_read_by_no_policy(timeline: Timeline) -> None:
    timeline.edit("d1", {"window": "2021-08"})
    window = timeline.draft("d1").items[0]["window"]
    assert (window["edtf"], window["words"], window["policy"]) == (
        *("2021-08", "in summer 2021", None),
    )


@pytest.mark.parametrize(
    ("draft", "changes", "place", "told"),
    [
        ("d3", {}, "milestone", "names none; say which is meant; edit the draft, or say it on"),
        ("d3", {"milestone": "m"}, "program", "no program 'lark-12' is recorded.*; edit the draft"),
        ("d1", {"window": "soon"}, "set.window", "'soon' is not a date"),
        ("d1", {"text": "else"}, "set", "text cannot be edited; there are kind, type"),
        ("d1", {"state": "accepted"}, "set", "state cannot be edited"),
        ("d1", {"outcome": "maybe"}, "set.outcome", "maybe"),
        ("d2", {"type": "Nothing"}, "type", "edit the draft"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_the_way_out(
    timeline: Timeline, draft: str, changes: dict[str, Any], place: str, told: str
) -> None:
    head = timeline.recorder.head()
    with pytest.raises((InvalidEvent, UnknownReference, BadInput), match=told) as refused:
        timeline.accept(draft, changes)
    assert refused.value.place == place
    assert timeline.recorder.head() == head


def test_only_its_own_steps_change_a_draft(timeline: Timeline) -> None:
    with pytest.raises(Conflict, match="'d1' is a draft: edit, accept or reject it"):
        timeline.correct(ISSUER, "d1", {"state": "accepted"}, reason="a way around")
    with pytest.raises(Conflict, match="'d1' is a draft"):
        timeline.retract(ISSUER, "d1", reason="a way around")
    with pytest.raises(NotFound, match="no draft has the id 'release-1'"):
        timeline.accept(DOCUMENT)
    with pytest.raises(NotFound, match="nothing recorded has the id 'd77'"):
        timeline.reject("d77", reason="gone")


def test_no_reason_no_rejection(timeline: Timeline) -> None:
    with pytest.raises(BadInput, match="reason: say why"):
        timeline.reject("d1", reason=" ")


def test_a_dry_run_tells_and_writes_nothing(timeline: Timeline) -> None:
    head = timeline.recorder.head()
    told = timeline.accept("d1", {"qualifier": "EU"}, dry_run=True)
    assert (told.dry_run, told.state, told.recorded_as) == (True, "accepted", "ex-d1")
    assert [change["qualifier"] for change in told.changes or ()] == [None, "EU"]
    assert timeline.recorder.head() == head
    assert states(timeline)["d1"] == "proposed"


def test_a_step_under_a_key_is_answered_again_byte_for_byte(timeline: Timeline) -> None:
    first = timeline.accept("d1", key="k1")
    head = timeline.recorder.head()
    assert timeline.accept("d1", key="k1").content == first.content
    assert timeline.recorder.head() == head
    with pytest.raises(IdempotencyKeyReused):
        timeline.reject("d1", reason="no", key="k1")


def test_drafts_are_told_as_at_any_position(timeline: Timeline) -> None:
    proposed = timeline.recorder.head()
    timeline.edit("d1", {"qualifier": "EU"})
    timeline.accept("d1")
    before = timeline.draft("d1", as_at=f"position:{proposed}").items[0]
    assert (before["state"], before["qualifier"], len(before["steps"])) == ("proposed", None, 1)
    assert states(timeline, as_at="position:2") == {}
    assert timeline.draft_edits(as_at=f"position:{proposed}").items == []
    with pytest.raises(NotFound):
        timeline.draft("d1", as_at="position:2")


def test_drafts_are_narrowed(timeline: Timeline) -> None:
    timeline.reject("d3", reason="not said")
    assert list(states(timeline, state="rejected")) == ["d3"]
    assert list(states(timeline, issuer="LA", state="proposed")) == ["d1", "d2"]
    assert states(timeline, document="another") == {}
    with pytest.raises(NotFound, match=r"no state is called .reject.; did you mean rejected\?"):
        timeline.drafts(state="reject")


def test_the_issuer_is_asked_for_where_two_have_the_draft(timeline: Timeline) -> None:
    timeline.import_bundle(bundle_of(OTHER))
    timeline.record("other", {"id": "d1", "published": "2021"}, kind="document")
    with pytest.raises(BadInput, match="'d1' is of larkspur and other; say which"):
        timeline.accept("d1")
    assert timeline.accept("d1", issuer="Larkspur Aviation").added


def test_no_public_answer_moves_until_a_draft_is_accepted(
    timeline: Timeline, store_url: str
) -> None:
    """Beside a store that has the document alone, at days on each side of everything."""
    bare = [row for row in timeline.events().items if row["itemkind"] != "draft"]
    assert len(bare) < timeline.recorder.head()
    position = f"position:{3}"  # the issuer, its program and the document
    timeline.edit("d1", {"milestone": "flight.second"})
    timeline.reject("d2", reason="not said")
    for day in DAYS:
        for name in ("programs", "milestones", "statements", "facts", "documents"):
            ask = getattr(timeline, name)
            when = {"as_of": day, "known_at": DAYS[-1]}
            then, now = ask(ISSUER, **when, as_at=position), ask(ISSUER, **when)
            assert unplaced(then.items) == unplaced(now.items), (name, day)
        changes = timeline.changes(ISSUER, since=position, to=last(timeline), clock="as_at")
        assert changes.items == []
    public = timeline.events(as_of="2099-01-01").items
    assert {row["subject"] for row in public} == {ISSUER, "lark-9", DOCUMENT}
    timeline.accept("d1")
    assert len(timeline.statements(ISSUER, as_of="2021-06-01").items) == 1


def test_the_rows_are_those_of_a_rebuild_and_the_ledger_is_whole(timeline: Timeline) -> None:
    timeline.edit("d3", {"program": "lark-9"})
    timeline.accept("d3", {"milestone": "delivery", "window": "2023"})
    timeline.reject("d2", reason="not said")
    before = timeline.drafts().items
    assert timeline.rebuild().differences == ()
    assert timeline.drafts().items == before
    assert timeline.verify().faults == ()


def unplaced(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "position"} for row in rows]


def last(timeline: Timeline) -> str:
    return f"position:{timeline.recorder.head()}"


def test_decided_where_the_read_models_follow_and_are_behind(store_url: str) -> None:
    with Timeline(store_url, create=True, read_models="followed", recorded_by="bob") as timeline:
        begin(timeline)
        keep(timeline, SAID, HAPPENED)
        assert not keep(timeline, SAID).added
        done = timeline.accept("d1", issuer=ISSUER)
        assert (done.state, done.added, done.changes) == ("accepted", True, None)
        assert not timeline.accept("d1").added
        assert timeline.drafts().items == []
        with pytest.raises(Caught):
            timeline.keep_up(idle=caught_up)
        assert states(timeline) == {"d1": "accepted", "d2": "proposed"}


def test_of_many_who_decide_at_once_one_does(timeline: Timeline) -> None:
    def accept(number: int) -> bool:
        return timeline.accept("d1", issuer=ISSUER, key=f"k{number}").added

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, range(8))) == 1
    types = [row["type"] for row in timeline.events().items]
    assert types.count("intake.draft_accepted") == 1
    assert types.count("disclosure.expectation_stated") == 1


class Caught(Exception):
    """The follower has nothing more to do."""


def caught_up() -> None:
    raise Caught
