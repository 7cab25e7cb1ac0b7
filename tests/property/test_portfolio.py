"""The portfolio answers as the issuers do one by one, whatever was recorded and when it looked."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import Timeline
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]

BOUNDED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST = date(2008, 1, 1)
SPAN = 5
ISSUERS = ("acme", "birch")
PROGRAMS = ("alpha", "beta")
STAGES = ("phase1", "phase2", None, 0)

days = st.sampled_from(range(SPAN)).map(lambda n: FIRST + timedelta(days=n))
clocks = st.fixed_dictionaries({"as_of": days, "known_at": days})


@st.composite
def _facts(draw: st.DrawFn) -> Row:
    """A fact about a program: one in two ends by itself or overrides what comes after it."""
    begins = draw(days)
    told: Row = {
        "type": "fact.stated",
        "program": draw(st.sampled_from((*PROGRAMS, None))),
        "occurred": str(begins),
        "disclosed": str(draw(days)),
        "valid_from": f"{begins}T00:00:00Z",
        "facts": {
            "subject": draw(st.sampled_from(("alpha", "alpha", "alpha", "beta"))),
            "attribute": draw(st.sampled_from((*["stage"] * 6, "partner", "size"))),
            "value": draw(st.sampled_from(STAGES)),
        },
    }
    kind = draw(st.sampled_from(("until_next", "until_next", "until_next", "bounded", "forever")))
    if kind == "bounded":
        ends = begins + timedelta(days=draw(st.integers(1, 4)))
        return told | {"valid_to": f"{ends}T00:00:00Z"}
    return told | {"open_end": kind}


@st.composite
def _changes(draw: st.DrawFn, of: int) -> list[Row]:
    """Corrections and retractions of the first `of` events, each corrected or retracted once."""
    chosen = draw(st.lists(st.sampled_from(range(of)), unique=True, max_size=3)) if of else []
    told: list[Row] = []
    for number in chosen:
        corrected: Row = {"corrects": f"e{number}", "set": {"disclosed": str(draw(days))}}
        change = draw(st.sampled_from((corrected, {"retracts": f"e{number}"})))
        told.append({"id": f"c{number}", "reason": "misread", **change})
    return told


@st.composite
def bundles(draw: st.DrawFn, issuer: str) -> Row:
    told = draw(st.lists(_facts(), max_size=7))
    return {
        "format": "timeline-bundle/1",
        "issuer": {"id": issuer, "name": issuer.title()},
        "programs": [{"id": one, "name": one.title()} for one in PROGRAMS],
        "events": [{"id": f"e{number}", **event} for number, event in enumerate(told)],
        "corrections": draw(_changes(len(told))),
    }


def _steps(bundle: Row) -> Iterator[Row]:
    """The bundle, grown in three steps; programs are there from the first on."""
    bare = bundle | {"events": [], "corrections": []}
    yield bare
    half = len(bundle["events"]) // 2
    yield bare | {"events": bundle["events"][:half]}
    yield bundle


@contextmanager
def _store(template: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "timeline.db"
        shutil.copyfile(template, copy)
        yield f"sqlite:///{copy}"


def one_by_one(timeline: Timeline, **at: Any) -> list[Row]:
    """What the issuers answer in turn, by SQL and the core alone."""
    return [
        {"issuer": issuer["issuer"], **row}
        for issuer in timeline.issuers(**at).items
        for row in timeline.programs(issuer["issuer"], explain=True, **at).items
    ]


def stages_of(rows: list[Row]) -> Counter[str]:
    return Counter(repr(row["stage"]) for row in rows)


def assert_same(timeline: Timeline, **at: Any) -> None:
    wanted = one_by_one(timeline, **at)
    assert timeline.all_programs(explain=True, **at).items == wanted
    bare = [{k: v for k, v in row.items() if k != "explain"} for row in wanted]
    answer = timeline.all_programs(**at)
    assert repr(answer.items) == repr(bare)  # 0 and False are equal, and not the same
    counted = {repr(one["stage"]): one["programs"] for one in answer.more["stages"]}
    assert counted == stages_of(bare)
    assert timeline.stages(**at).items == answer.more["stages"]
    for stage in ("phase1", "phase2", "0", "unheard of"):
        at_stage = timeline.all_programs(stage=stage, **at).items
        assert at_stage == [row for row in bare if row["stage"] == stage]


@BOUNDED
@given(first=bundles("acme"), second=bundles("birch"), data=st.data())
def test_it_answers_as_the_issuers_do_one_by_one(
    sqlite_template: Path, first: Row, second: Row, data: st.DataObject
) -> None:
    with _store(sqlite_template) as url, Timeline(url) as kept:
        for pair in zip(_steps(first), _steps(second), strict=True):
            for bundle in pair:
                kept.import_bundle(bundle_of(bundle))
            head = kept.asked().position
            as_at = data.draw(st.integers(0, head))
            for at in (data.draw(clocks), data.draw(clocks) | {"as_at": as_at}):
                assert_same(kept, **at)
                with Timeline(url) as opened_now:
                    assert_same(opened_now, **at)


@BOUNDED
@given(first=bundles("acme"), at=clocks, start=st.integers(0, 5), limit=st.integers(1, 3))
def test_pages_are_parts_of_the_whole(
    sqlite_template: Path, first: Row, at: Row, start: int, limit: int
) -> None:
    with _store(sqlite_template) as url, Timeline(url) as timeline:
        timeline.import_bundle(bundle_of(first))
        whole = timeline.all_programs(**at).items
        page = timeline.all_programs(start=start, limit=limit, **at)
        assert page.items == whole[start : start + limit]
        assert (page.next is not None) == (start + limit < len(whole)) or start >= len(whole)


def test_the_random_facts_are_worth_asking() -> None:
    """Else everything would agree on nothing."""
    seen: Counter[str] = Counter()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(bundle=bundles("acme"))
    def count(bundle: Row) -> None:
        events = bundle["events"]
        seen["bundles"] += 1
        seen["bounded"] += any("valid_to" in event for event in events)
        seen["forever"] += any(event.get("open_end") == "forever" for event in events)
        seen["changed"] += bool(bundle["corrections"])

    count()
    assert all(seen[kind] > seen["bundles"] // 4 for kind in ("bounded", "forever", "changed"))


def test_of_one_day_the_last_published_holds_whatever_the_order_of_recording(
    sqlite_template: Path,
) -> None:
    day = {"type": "fact.stated", "program": "alpha", "occurred": "2008-01-01"}
    begun = day | {"valid_from": "2008-01-01T00:00:00Z"}
    told = {"subject": "alpha", "attribute": "stage"}
    late = {"id": "late", "disclosed": "2008-01-05", "facts": told | {"value": "phase2"}}
    soon = {"id": "soon", "disclosed": "2008-01-02", "facts": told | {"value": "phase1"}}
    bundle = {
        "format": "timeline-bundle/1",
        "issuer": {"id": "acme", "name": "Acme"},
        "programs": [{"id": "alpha", "name": "Alpha"}],
        "events": [begun | late, begun | soon],
    }
    with _store(sqlite_template) as url, Timeline(url) as timeline:
        timeline.import_bundle(bundle_of(bundle))
        assert_same(timeline, as_of=FIRST + timedelta(days=9))
        (row,) = timeline.all_programs(as_of=FIRST + timedelta(days=9)).items
        assert row["stage"] == "phase2"
