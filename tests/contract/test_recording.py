"""Recording by hand, the same on SQLite and PostgreSQL: once, whole, and as told beforehand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from api import Timeline, Written
from timeline.bundle import bundle_of
from timeline.errors import (
    BadInput,
    Conflict,
    IdempotencyKeyReused,
    ItemExists,
    NotFound,
    UnknownReference,
)
from timeline.recorder import InjectedClock, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2032, 6, 1, 12, tzinfo=UTC)
LARKSPUR = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "larkspur", "name": "Larkspur Aviation", "aliases": ["LA"]},
    "programs": [{"id": "lark-9", "name": "Lark 9"}],
}
SAID: dict[str, Any] = {
    "id": "said",
    "program": "lark-9",
    "milestone": "certification",
    "window": "2031",
    "stated_on": "2030-05-20",
}
CERTIFIED: dict[str, Any] = {
    "id": "certified",
    "type": "milestone.reached",
    "program": "lark-9",
    "milestone": "certification",
    "occurred": "2032-02-01",
    "disclosed": "2032-02-02",
}
THREADS = 8


@pytest.fixture
def clock() -> InjectedClock:
    return InjectedClock(NOW)


@pytest.fixture
def timeline(store_url: str, clock: InjectedClock) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="ada", clock=clock) as timeline:
        timeline.import_bundle(bundle_of(LARKSPUR))
        timeline.record("larkspur", SAID, kind="expectation")
        yield timeline


def everything(timeline: Timeline) -> dict[str, list[Any]]:
    """Every row of every table."""
    with timeline.recorder.begin_read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }


def log(timeline: Timeline) -> list[Any]:
    return [row for row in timeline.events(limit=1000).items if row["position"] > 2]


def verdict(timeline: Timeline, **clocks: Any) -> Any:
    (row,) = timeline.milestones("larkspur", **clocks).items
    return row["verdict"]


def together(many: int, write: Callable[[int], Any]) -> list[Any]:
    """Do it `many` times at once; an error is as good a result as any."""
    barrier = Barrier(many)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return write(number)
        except Conflict as error:
            return error

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_an_item_is_recorded_once_and_says_what_it_changed(timeline: Timeline) -> None:
    written = timeline.record("LA", CERTIFIED)
    assert (written.position, written.id, written.added) == (4, "certified", True)
    assert (written.recorded_at, written.dry_run) == ("2032-06-01T12:00:00Z", False)
    (change,) = written.changes or []
    assert (change["program"], change["milestone"]) == ("lark-9", "certification")
    assert (change["was"]["verdict"], change["is"]["verdict"]) == ("lapsed", "met_late")
    assert (change["was"]["actual"], change["is"]["actual"]["event"]) == (None, "certified")
    assert [said["expectation"] for said in change["is"]["statements"]] == ["said"]
    assert "revisions" not in change["is"]
    (row,) = timeline.event("certified").items
    assert (row["recordedby"], row["position"]) == ("ada", 4)


def test_what_is_recorded_already_adds_nothing(timeline: Timeline, clock: InjectedClock) -> None:
    first = timeline.record("larkspur", CERTIFIED)
    clock.instant = datetime(2033, 1, 1, tzinfo=UTC)
    again = timeline.record("larkspur", CERTIFIED)
    assert (again.position, again.recorded_at) == (first.position, first.recorded_at)
    assert (again.added, again.changes, timeline.recorder.head()) == (False, [], 4)
    program = timeline.record("larkspur", {"id": "lark-9"}, kind="program")
    assert (program.added, program.position) == (False, 2)


def test_an_id_that_is_not_given_is_made(timeline: Timeline) -> None:
    item = {key: value for key, value in CERTIFIED.items() if key != "id"}
    ids = [timeline.record("larkspur", item | {"id": None}).id for _ in range(2)]
    ids.append(timeline.correct("larkspur", ids[0], {"summary": "x"}, reason="r").id)
    ids.append(timeline.retract("larkspur", ids[0], reason="r").id)
    assert len({UUID(one) for one in ids}) == 4
    assert [row["data"]["id"] for row in log(timeline)][1:] == ids


def test_each_kind_of_item(timeline: Timeline) -> None:
    release = {"id": "release", "published": "2032-02-02", "title": "Lark 9 certified"}
    assert timeline.record("larkspur", release, kind="document").added
    assert timeline.record("larkspur", {"id": "lark-10"}, kind="program").added
    assert timeline.record("larkspur", CERTIFIED | {"document": "release"}).added
    assert timeline.record("newco", {"name": "New Co"}, kind="issuer").id == "newco"
    assert [row["issuer"] for row in timeline.issuers().items] == ["larkspur", "newco"]
    with pytest.raises(BadInput, match=r"issuer\.id: is not 'newco'"):
        timeline.record("newco", {"id": "other"}, kind="issuer")


def test_a_correction_moves_on_as_at_alone(timeline: Timeline) -> None:
    timeline.record("larkspur", CERTIFIED)
    mended = timeline.correct(None, "certified", {"occurred": "2031-12-31"}, reason="misread")
    (change,) = mended.changes or []
    assert (change["was"]["verdict"], change["is"]["verdict"]) == ("met_late", "met_on_time")
    assert verdict(timeline) == "met_on_time"
    assert verdict(timeline, as_at="position:4") == "met_late"
    (_, version) = timeline.event("certified").items
    assert version["data"]["reason"] == "misread"


def test_a_retraction_brings_back_what_was_hidden(timeline: Timeline) -> None:
    timeline.record("larkspur", CERTIFIED)
    gone = timeline.retract("larkspur", "certified", reason="of another aircraft")
    (change,) = gone.changes or []
    assert (change["is"]["verdict"], verdict(timeline)) == ("lapsed", "lapsed")
    assert verdict(timeline, as_at="position:4") == "met_late"
    with pytest.raises(Conflict, match="was retracted"):
        timeline.retract("larkspur", "certified", reason="again")


def test_an_adjudication_counts_from_its_day(timeline: Timeline) -> None:
    decided = timeline.adjudicate(None, "said", "moot", reason="sold", disclosed="2032-03-01")
    assert decided.changes
    assert decided.changes[0]["is"]["verdict"] == "moot"
    assert verdict(timeline, as_of="2032-02-29") == "lapsed"
    assert verdict(timeline, as_of="2032-03-01") == "moot"
    today = timeline.adjudicate("larkspur", "said", "withdrawn", reason="told us")
    assert log(timeline)[-1]["data"]["disclosed"] == "2032-06-01"
    assert today.changes
    assert today.changes[0]["was"]["verdict"] == "moot"


@pytest.mark.parametrize(
    ("write", "error", "place"),
    [
        (lambda t: t.record("larkspr", CERTIFIED), NotFound, "issuer"),
        (lambda t: t.record("larkspur", CERTIFIED, kind="x"), BadInput, "kind"),
        (
            lambda t: t.record("larkspur", CERTIFIED | {"program": "x"}),
            UnknownReference,
            "event.program",
        ),
        (
            lambda t: t.record("larkspur", CERTIFIED | {"document": "said"}),
            UnknownReference,
            "event.document",
        ),
        (lambda t: t.record("larkspur", {"facts": {"x": {1}}}), BadInput, "event"),
        (lambda t: t.record("larkspur", {"facts": {"x": float("nan")}}), BadInput, "event"),
        (lambda t: t.record("larkspur", {"facts": {"x": 2**63}}), BadInput, "event"),
        (lambda t: t.record("larkspur", {"facts": {"x": "\ud800"}}), BadInput, "event"),
        (lambda t: t.record("larkspur", {"summary": "a\0b"}), BadInput, "event"),
        (lambda t: t.record("lark\udcff", CERTIFIED, key="k"), BadInput, "issuer"),
        (lambda t: t.record("larkspur", CERTIFIED, key=""), BadInput, "key"),
        (lambda t: t.record("larkspur", CERTIFIED, key="k" * 256), BadInput, "key"),
        (lambda t: t.record("larkspur", CERTIFIED, key="a\nb"), BadInput, "key"),
        (lambda t: t.record("larkspur", CERTIFIED, key="\xe9"), BadInput, "key"),
        (lambda t: t.correct(None, "x", {"summary": "x"}, reason="r"), NotFound, "target"),
        (lambda t: t.correct("larkspur", "x", {"summary": "x"}, reason="r"), NotFound, "target"),
        (lambda t: t.correct("larkspur", "said", {"x": 1}, reason="r"), BadInput, "set"),
        (lambda t: t.correct("larkspur", "said", {"id": "x"}, reason="r"), BadInput, "set.id"),
        (
            lambda t: t.correct("larkspur", "said", {"window": "soon"}, reason="r"),
            BadInput,
            "set.window",
        ),
        (
            lambda t: t.correct("larkspur", "said", {"program": "x"}, reason="r"),
            UnknownReference,
            "set.program",
        ),
        (lambda t: t.retract("larkspur", "x", reason="r"), NotFound, "target"),
        (lambda t: t.retract("larkspur", "said", reason=" "), BadInput, "reason"),
        (lambda t: t.adjudicate(None, "x", "moot", reason="r"), NotFound, "expectation"),
        (
            lambda t: t.adjudicate("larkspur", "lark-9", "moot", reason="r"),
            UnknownReference,
            "expectation",
        ),
    ],
)
def test_what_cannot_be_recorded_leaves_no_trace(
    timeline: Timeline, write: Callable[[Timeline], Any], error: type[BadInput], place: str
) -> None:
    before = everything(timeline)
    with pytest.raises(error) as told:
        write(timeline)
    assert told.value.place == place
    assert everything(timeline) == before


def test_a_dry_run_refuses_what_the_write_would(timeline: Timeline) -> None:
    before = everything(timeline)
    with pytest.raises(UnknownReference):
        timeline.record("larkspur", CERTIFIED | {"program": "x"}, dry_run=True)
    with pytest.raises(ItemExists):
        timeline.record("larkspur", SAID | {"window": "2030"}, kind="expectation", dry_run=True)
    with pytest.raises(NotFound):
        timeline.retract("larkspur", "x", reason="r", dry_run=True)
    assert everything(timeline) == before


def test_the_same_id_with_other_content_is_refused(timeline: Timeline) -> None:
    timeline.record("larkspur", CERTIFIED)
    with pytest.raises(ItemExists, match="event: 'certified' is recorded with other content"):
        timeline.record("larkspur", CERTIFIED | {"occurred": "2032-02-02"})
    with pytest.raises(ItemExists):
        timeline.record("larkspur", {"id": "said", "published": "2032"}, kind="document")


def test_an_id_of_two_issuers_needs_the_issuer(timeline: Timeline) -> None:
    timeline.record("newco", {"name": "New Co"}, kind="issuer")
    for issuer in ("larkspur", "newco"):
        item = CERTIFIED | {"program": None}
        timeline.record(issuer, item)
    with pytest.raises(BadInput, match="issuer: 'certified' is of larkspur and newco"):
        timeline.retract(None, "certified", reason="r")
    assert timeline.retract("New Co", "certified", reason="r").added


WRITES: list[Callable[..., Written]] = [
    lambda t, **more: t.record("larkspur", CERTIFIED, **more),
    lambda t, **more: t.record("larkspur", {"id": "lark-10"}, kind="program", **more),
    lambda t, **more: t.record("larkspur", SAID, kind="expectation", **more),
    lambda t, **more: t.correct(None, "said", {"window": "2032"}, reason="r", id="c", **more),
    lambda t, **more: t.retract(None, "said", reason="r", id="c", **more),
    lambda t, **more: t.adjudicate(None, "said", "moot", reason="r", id="c", **more),
]


@pytest.mark.parametrize("write", WRITES)
def test_a_dry_run_tells_what_the_write_does_and_leaves_every_table_as_it_was(
    timeline: Timeline, write: Callable[..., Written]
) -> None:
    before = everything(timeline)
    told = write(timeline, dry_run=True)
    keyed = write(timeline, dry_run=True, key="k")
    assert everything(timeline) == before
    done = write(timeline)
    assert told.body() == keyed.body() == done.body() | {"dry_run": True}
    assert (everything(timeline) != before) == done.added


def test_the_same_request_gets_the_same_answer_byte_for_byte(
    timeline: Timeline, clock: InjectedClock
) -> None:
    first = timeline.adjudicate(None, "said", "moot", reason="sold", key="k")
    before = everything(timeline)
    clock.instant = datetime(2033, 1, 1, tzinfo=UTC)
    assert timeline.adjudicate(None, "said", "moot", reason="sold", key="k") == first
    assert everything(timeline) == before
    timeline.retract("larkspur", "said", reason="changes what an answer would be now")
    again = timeline.adjudicate(None, "said", "moot", reason="sold", key="k")
    assert again.content == first.content
    dry = timeline.adjudicate(None, "said", "moot", reason="sold", key="k", dry_run=True)
    assert (dry.id, dry.added, dry.dry_run, dry.changes) == (first.id, False, True, [])


def test_a_repeated_request_is_answered_whatever_its_names_mean_by_now(timeline: Timeline) -> None:
    first = timeline.record("LA", CERTIFIED, key="k")
    timeline.correct("larkspur", "larkspur", {"aliases": None}, reason="not called so")
    with pytest.raises(NotFound):
        timeline.record("LA", CERTIFIED)
    assert timeline.record("LA", CERTIFIED, key="k").content == first.content


def test_a_change_recorded_already_is_found_where_it_stands(timeline: Timeline) -> None:
    timeline.correct(None, "said", {"words": "in 2031"}, reason="r", id="c1")
    again = timeline.correct(None, "said", {"words": "in 2031"}, reason="r", id="c1")
    assert (again.added, again.position, timeline.recorder.head()) == (False, 4, 4)
    with pytest.raises(ItemExists, match="'lark-9' is taken"):
        timeline.correct(None, "lark-9", {"name": "Lark"}, reason="r", id="lark-9")


def test_a_write_that_added_nothing_keeps_its_answer_too(timeline: Timeline) -> None:
    first = timeline.record("larkspur", SAID, kind="expectation", key="k")
    assert (first.added, first.position) == (False, 3)
    timeline.retract("larkspur", "said", reason="r")
    assert timeline.record("larkspur", SAID, kind="expectation", key="k").content == first.content
    assert timeline.rebuild().differences == ()


def test_another_request_under_a_key_is_refused(timeline: Timeline) -> None:
    timeline.retract("larkspur", "said", reason="r", key="k")
    before = everything(timeline)
    others: list[Callable[[], Written]] = [
        lambda: timeline.retract("larkspur", "said", reason="s", key="k"),
        lambda: timeline.retract("LA", "said", reason="r", key="k"),
        lambda: timeline.record("larkspur", CERTIFIED, key="k"),
        lambda: timeline.record("larkspur", CERTIFIED, key="k", dry_run=True),
    ]
    for other in others:
        with pytest.raises(IdempotencyKeyReused):
            other()
    assert everything(timeline) == before


def test_a_refused_request_leaves_its_key_free(timeline: Timeline) -> None:
    with pytest.raises(UnknownReference):
        timeline.record("larkspur", CERTIFIED | {"document": "release"}, key="k")
    timeline.record("larkspur", {"id": "release"}, kind="document")
    assert timeline.record("larkspur", CERTIFIED | {"document": "release"}, key="k").added


def test_one_request_sent_by_many_at_once_is_written_once(timeline: Timeline) -> None:
    item = {key: value for key, value in CERTIFIED.items() if key != "id"}
    told = together(THREADS, lambda _: timeline.record("larkspur", item, key="k"))
    assert {one.content for one in told} == {told[0].content}
    assert len(log(timeline)) == 2


def test_many_requests_under_one_key_leave_one(timeline: Timeline) -> None:
    told = together(THREADS, lambda n: timeline.retract("larkspur", "said", reason=f"{n}", key="k"))
    assert sum(isinstance(one, Written) for one in told) == 1
    assert sum(isinstance(one, IdempotencyKeyReused) for one in told) == THREADS - 1
    assert len(log(timeline)) == 2


def test_writers_of_one_item_are_decided_one_after_the_other(timeline: Timeline) -> None:
    def mend(number: int) -> Written:
        return timeline.correct("larkspur", "said", {"words": f"no. {number}"}, reason="r")

    told = together(THREADS, mend)
    assert all(one.added for one in told)
    assert sorted(one.position for one in told) == list(range(4, 4 + THREADS))
    last = max(told, key=lambda one: one.position)
    (row,) = timeline.statements("larkspur").items
    wanted = next(e["data"]["set"] for e in log(timeline) if e["data"]["id"] == last.id)
    assert row["words"] == wanted["words"]
    assert timeline.rebuild().differences == ()


def test_of_two_contents_under_one_id_the_second_is_refused(timeline: Timeline) -> None:
    def write(number: int) -> Written:
        return timeline.record("larkspur", CERTIFIED | {"summary": f"no. {number % 2}"})

    told = together(THREADS, write)
    added = [one for one in told if isinstance(one, Written) and one.added]
    assert len(added) == 1
    assert sum(isinstance(one, ItemExists) for one in told) == THREADS // 2
    assert len(log(timeline)) == 2


def test_what_was_recorded_by_hand_is_what_an_import_records(timeline: Timeline) -> None:
    timeline.record("larkspur", CERTIFIED)
    timeline.correct("larkspur", "certified", {"summary": "x"}, id="c1", reason="r")
    mended = {"id": "c1", "corrects": "certified", "set": {"summary": "x"}, "reason": "r"}
    sections = {"events": [CERTIFIED], "expectations": [SAID], "corrections": [mended]}
    imported = timeline.import_bundle(bundle_of(LARKSPUR | sections))
    assert (imported.added, timeline.recorder.head()) == ({}, 5)
    assert timeline.rebuild().differences == ()


def test_what_is_internal_changes_no_answer(timeline: Timeline) -> None:
    written = timeline.record("larkspur", CERTIFIED | {"visibility": "internal"})
    assert (written.added, written.changes) == (True, [])


def test_a_program_whose_status_changes_is_told(timeline: Timeline) -> None:
    stated = {
        "id": "licensed",
        "type": "fact.stated",
        "program": "lark-9",
        "occurred": "2032-01-01",
        "disclosed": "2032-01-01",
        "facts": {"subject": "lark-9", "attribute": "partner", "value": "Plover"},
    }
    timeline.record("larkspur", CERTIFIED)
    (change,) = timeline.record("larkspur", stated).changes or []
    assert (change["program"], change["milestone"], change["qualifier"]) == ("lark-9", None, None)
    assert (change["was"], change["is"]) == ({"partner": None}, {"partner": "Plover"})
