"""Followed read models: what they have reached is the head, and each switch loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from api import Timeline
from projections import followed, taken
from projections.followed import apply_page
from projections.runner import Runner
from timeline import commands
from timeline.errors import ClockBeyondHead, ItemExists, NotFound, ReadModelsOtherwise
from timeline.recorder.schema import tracking

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = {"occurred": "2008-01-01", "disclosed": "2008-01-02"}
_APPLY = Runner(refuses=False)


class Reached(Exception):
    """Raised where a follower would wait for more."""


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    """A followed store with an issuer and an event, at positions 1 and 2, none of them applied."""
    Timeline(store_url, create=True, read_models="followed").close()
    with Timeline(store_url, recorded_by="ann") as timeline:
        timeline.record("acme", {"name": "Acme"}, kind="issuer")
        timeline.record("acme", _moved("e1"))
        yield timeline


def test_questions_answer_as_at_what_was_reached(timeline: Timeline) -> None:
    assert (timeline.issuers().items, timeline.issuers().asked.position) == ([], 0)
    with pytest.raises(ClockBeyondHead, match=r"come to position 0 of 2 .*ask at position:0"):
        timeline.issuers(as_at="position:1")
    with pytest.raises(ClockBeyondHead, match="position 3 is beyond the head, 2"):
        timeline.issuers(as_at="position:3")
    apply_page(timeline.recorder, _APPLY, 1)
    assert [i["issuer"] for i in timeline.issuers().items] == ["acme"]
    assert timeline.events().asked.position == 1
    _follow(timeline)
    assert timeline.events(issuer="Acme").asked.position == 2
    assert len(timeline.events(issuer="Acme").items) == 2
    assert timeline.rebuild().differences == ()


def test_the_portfolio_keeps_no_more_than_was_reached(timeline: Timeline) -> None:
    for name in ("p1", "p2"):
        timeline.record("acme", {"id": name, "name": name}, kind="program")
        timeline.record("acme", _moved(f"of-{name}") | {"program": name})
    told = []
    for _ in range(7):
        told.append([row["program"] for row in timeline.all_programs().items])
        apply_page(timeline.recorder, _APPLY, 1)
    assert told == [[], [], [], [], ["p1"], ["p1"], ["p1", "p2"]]


def test_an_instant_that_was_not_reached_is_refused(timeline: Timeline) -> None:
    first, last = (r.recorded_at for r in timeline.recorder.records())
    apply_page(timeline.recorder, _APPLY, 1)
    with pytest.raises(ClockBeyondHead, match="come to position 1 of 2"):
        timeline.issuers(as_at=last)
    if first < last:
        assert not timeline.issuers(as_at=first).asked.closed
    _follow(timeline)
    assert timeline.issuers(as_at=last).asked.position == 2


def test_a_write_is_decided_on_the_log_and_tells_no_changes(timeline: Timeline) -> None:
    written = timeline.correct("acme", "e1", {"occurred": "2008"}, reason="r", id="c1", key="k")
    assert (written.position, written.added, written.changes) == (3, True, None)
    again = timeline.correct("acme", "e1", {"occurred": "2008"}, reason="r", id="c1", key="k")
    assert again.content == written.content
    assert timeline.record("acme", _moved("e2"), dry_run=True).changes is None
    _follow(timeline)
    assert timeline.rebuild().differences == ()


def test_whose_item_it_is_is_asked_of_the_log(timeline: Timeline) -> None:
    assert timeline.retract(None, "e1", reason="r").position == 3
    with pytest.raises(NotFound):
        timeline.retract(None, "e9", reason="r")
    with pytest.raises(NotFound):
        timeline.record("Acme", _moved("e2"))
    assert not timeline.erase("acme", "employee 17", reason="asked to be forgotten").erased
    apply_page(timeline.recorder, _APPLY, 1)
    assert timeline.record("Acme", _moved("e2")).position == 4


@pytest.mark.parametrize("read_models", ["inline", "followed"])
@pytest.mark.parametrize("applied", [0, 1, 2, 3, 4])
def test_an_id_that_is_taken_is_refused_however_far_the_read_models_are(
    timeline: Timeline, store_url: str, read_models: str, applied: int
) -> None:
    timeline.record("acme", {"id": "p1", "name": "One"}, kind="program")
    timeline.correct("acme", "e1", {"occurred": "2008"}, reason="r", id="c1")
    for _ in range(applied):
        apply_page(timeline.recorder, _APPLY, 1)
    Timeline(store_url, create=True, read_models=read_models).close()
    for name, target, changes in (
        ("p1", "e1", {"occurred": "2009"}),
        ("c1", "p1", {"name": "Two"}),
        ("acme", "p1", {"name": "Two"}),
        ("e1", "p1", {"name": "Two"}),
    ):
        with pytest.raises(ItemExists, match=f"the id '{name}' is taken"):
            timeline.correct("acme", target, changes, reason="r", id=name)
    assert timeline.recorder.head() == 4
    assert timeline.correct("acme", "p1", {"name": "Two"}, reason="r", id="c2").position == 5


def test_two_corrections_of_one_id_in_one_append_are_refused(timeline: Timeline) -> None:
    timeline.record("acme", _moved("e2"))
    both = [
        commands.correct(of, {"occurred": "2008"}, reason="r", item="c1") for of in ("e1", "e2")
    ]
    events = [("", one.event(issuer="acme", recorded_by="ann")) for one in both]
    plan = commands.Plan.of(timeline.recorder.streams, events)
    with pytest.raises(ItemExists, match="the id 'c1' is taken"):
        timeline.recorder.append(plan.fresh)
    assert timeline.recorder.head() == 3


def test_pages_of_corrections_are_all_looked_through(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taken, "_PAGE", 1)
    for n in range(3):
        timeline.correct("acme", "e1", {"occurred": f"200{n}"}, reason="r", id=f"c{n}")
    timeline.record("acme", _moved("e2"))
    with pytest.raises(ItemExists):
        timeline.correct("acme", "e2", {"occurred": "2009"}, reason="r", id="c2")


def test_a_store_becomes_followed_beside_a_process_that_knows_nothing_of_it(
    store_url: str,
) -> None:
    with Timeline(store_url) as writer:
        writer.record("acme", {"name": "Acme"}, kind="issuer")
        Timeline(store_url, create=True, read_models="followed").close()
        assert writer.recorder.reach() == (1, 1, True)
        writer.record("acme", _moved("e1"))
        assert writer.recorder.reach() == (1, 2, True)
        _follow(writer)
        assert writer.recorder.reach() == (2, 2, True)
        assert writer.rebuild().differences == ()


@pytest.mark.parametrize("page", [1, 500])
def test_a_store_becomes_inline_and_nothing_is_left_behind(
    timeline: Timeline, store_url: str, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "PAGE", page)
    timeline.correct("acme", "e1", {"occurred": "2008"}, reason="r")
    Timeline(store_url, create=True, read_models="inline").close()
    assert timeline.recorder.reach() == (3, 3, False)
    timeline.record("acme", _moved("e2"))
    assert len(timeline.events(issuer="acme").items) == 4
    assert timeline.rebuild().differences == ()
    with pytest.raises(ReadModelsOtherwise, match="TIMELINE_READ_MODELS=followed timeline init"):
        _follow(timeline)


def test_what_comes_just_before_the_switch_is_applied_in_it(
    timeline: Timeline, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(recorder: Any, apply: Any) -> int:
        done = apply_page(recorder, apply)
        timeline.record("acme", _moved("late"))
        return done

    monkeypatch.setattr(followed, "apply_page", late)
    Timeline(store_url, create=True, read_models="inline").close()
    assert timeline.recorder.reach() == (3, 3, False)
    assert timeline.rebuild().differences == ()


@pytest.mark.parametrize("again", ["inline", "followed"])
def test_a_switch_is_safe_to_repeat(timeline: Timeline, store_url: str, again: str) -> None:
    for _ in range(2):
        Timeline(store_url, create=True, read_models=again).close()
    assert timeline.recorder.reach().followed == (again == "followed")
    Timeline(store_url, create=True).close()
    assert timeline.recorder.reach().followed == (again == "followed")


def test_a_process_that_was_told_otherwise_is_refused(timeline: Timeline, store_url: str) -> None:
    with pytest.raises(ReadModelsOtherwise, match="are followed, not inline, at position 0 of 2"):
        Timeline(store_url, read_models="inline")
    Timeline(store_url, read_models="followed").close()


def test_a_rebuild_puts_right_what_was_reached_and_stays_there(timeline: Timeline) -> None:
    timeline.record("acme", _moved("e2"))
    timeline.correct("acme", "e1", {"occurred": "2008"}, reason="r")
    apply_page(timeline.recorder, _APPLY, 2)
    with timeline.recorder.begin_append() as connection:
        connection.execute(text("UPDATE event_index SET kind = 'x' WHERE item_id = 'e1'"))
    told = timeline.rebuild()
    assert {(d.table, d.key[1]) for d in told.differences} == {("event_index", "e1")}
    assert (told.position, timeline.recorder.reach().reached) == (2, 2)
    assert timeline.rebuild().differences == ()
    _follow(timeline)
    assert timeline.rebuild().differences == ()
    assert timeline.rebuild().position == 4


def test_a_follower_goes_on_during_a_rebuild(timeline: Timeline) -> None:
    with timeline.recorder.begin_append() as connection:
        connection.execute(text("DELETE FROM issuers"))
    apply_page(timeline.recorder, _APPLY, 1)
    with timeline.recorder.begin_append() as connection:
        connection.execute(text("DELETE FROM issuers"))
    told = timeline.rebuild(lambda done, _: _follow(timeline) if done else None)
    assert {d.table for d in told.differences} == {"issuers"}
    assert told.position == 2
    assert timeline.rebuild().differences == ()


def test_a_page_that_fails_leaves_rows_and_position_as_they_were(timeline: Timeline) -> None:
    def fails(inserts: Any, records: Any) -> None:
        _APPLY(inserts, records)
        raise Reached

    with pytest.raises(Reached):
        apply_page(timeline.recorder, fails)
    assert timeline.recorder.reach() == (0, 2, True)
    _follow(timeline)
    assert timeline.rebuild().differences == ()


def test_what_an_upstream_log_has_come_to_is_another_matter(timeline: Timeline) -> None:
    with timeline.recorder.begin_read() as connection:
        rows = connection.execute(select(tracking)).all()
    assert rows == [("timeline.read_models", 0)]


def _follow(timeline: Timeline) -> None:
    def reached() -> None:
        raise Reached

    with pytest.raises(Reached):
        timeline.keep_up(idle=reached)


def _moved(name: str) -> dict[str, Any]:
    return {"id": name, "type": "corp.office_moved", **_DAY}
