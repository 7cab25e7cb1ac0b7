"""An import is all or nothing, adds nothing twice, and names the place of what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.bundle.files import FLOWN, HEAD, SAID, SMALL
from timeline.bundle import Imported, bundle_of, import_bundle, read_bundle
from timeline.errors import BadInput, Conflict, ItemExists, NotFound
from timeline.recorder import SqlRecorder, SystemClock, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = {"id": "lark-9", "name": "Lark 9"}


@pytest.fixture
def recorder(sqlite_store_url: str) -> Iterator[SqlRecorder]:
    engine = open_engine(sqlite_store_url)
    yield SqlRecorder(engine, SystemClock())
    engine.dispose()


def bring(recorder: SqlRecorder, *, dry_run: bool = False, **sections: Any) -> Imported:
    bundle = bundle_of(HEAD | sections)
    return import_bundle(recorder, bundle, recorded_by="ada", dry_run=dry_run)


def refused(recorder: SqlRecorder, **sections: Any) -> BadInput | Conflict:
    """The refusal of a bundle, of which nothing was recorded."""
    head = recorder.head()
    wanted: tuple[type[BadInput | Conflict], ...] = (BadInput, Conflict)
    with pytest.raises(wanted) as told:
        bring(recorder, **sections)
    assert recorder.head() == head
    return told.value


def test_importing_twice_adds_nothing(recorder: SqlRecorder) -> None:
    first = import_bundle(recorder, read_bundle(SMALL / "bundle.json"), recorded_by="ada")
    assert (sum(first.added.values()), first.position) == (18, 18)
    again = import_bundle(recorder, read_bundle(SMALL / "bundle.ndjson"), recorded_by="grace")
    assert (again.added, again.present) == ({}, first.added)
    assert (again.position, recorder.head()) == (18, 18)


def test_a_dry_run_tells_and_records_nothing(recorder: SqlRecorder) -> None:
    told = bring(recorder, events=[FLOWN], dry_run=True)
    assert (told.added, told.dry_run, recorder.head()) == ({"issuer": 1, "event": 1}, True, 0)


def test_items_get_positions_in_the_order_of_the_bundle(recorder: SqlRecorder) -> None:
    bring(recorder, events=[FLOWN, FLOWN | {"id": "later"}], programs=[PROGRAM])
    topics = [record.topic for record in recorder.records()]
    kinds = ["issuer.registered@1", "program.registered@1"]
    assert topics == [*kinds, *["flight.test_reported@1"] * 2]


def test_a_second_bundle_needs_only_the_ids_of_issuer_and_programs(recorder: SqlRecorder) -> None:
    named = {"id": "larkspur", "name": "Larkspur", "aliases": ["L"]}
    bring(recorder, issuer=named, packs=["core"], programs=[PROGRAM])
    told = bring(
        recorder,
        issuer={"id": "larkspur"},
        programs=[{"id": "lark-9"}],
        events=[FLOWN | {"program": "lark-9"}],
    )
    assert (told.added, told.present) == ({"event": 1}, {"issuer": 1, "program": 1})


def test_what_a_second_bundle_says_of_the_issuer_must_agree(recorder: SqlRecorder) -> None:
    bring(recorder, issuer={"id": "larkspur", "name": "Larkspur"}, programs=[PROGRAM])
    told = refused(recorder, issuer={"id": "larkspur", "name": "Larkspur Inc."})
    assert isinstance(told, ItemExists)
    assert str(told).startswith("issuer: 'larkspur' is recorded with other content")
    assert isinstance(refused(recorder, programs=[PROGRAM | {"name": "Lark 10"}]), ItemExists)


def test_one_bad_item_keeps_all_others_out(recorder: SqlRecorder) -> None:
    bring(recorder, events=[FLOWN])
    new, other = FLOWN | {"id": "new"}, FLOWN | {"occurred": "2031-05-13"}
    told = refused(recorder, events=[new, other], programs=[PROGRAM])
    assert isinstance(told, ItemExists)
    assert str(told).startswith("events[1]: 'flown' is recorded with other content")


@pytest.mark.parametrize(
    ("sections", "place"),
    [
        ({"events": [FLOWN | {"program": "none"}]}, "events[0].program"),
        ({"events": [FLOWN | {"document": "none"}]}, "events[0].document"),
        ({"events": [FLOWN, FLOWN | {"id": "x", "document": "flown"}]}, "events[1].document"),
        ({"expectations": [SAID | {"program": "none"}]}, "expectations[0].program"),
        ({"expectations": [SAID | {"withdraws": "none"}]}, "expectations[0].withdraws"),
        (
            {"events": [FLOWN], "expectations": [SAID | {"withdraws": "flown"}]},
            "expectations[0].withdraws",
        ),
        (
            {"expectations": [SAID | {"condition": {"program": "none"}}]},
            "expectations[0].condition.program",
        ),
        (
            {
                "adjudications": [
                    {"id": "a", "expectation": "none", "verdict": "moot", "disclosed": "2031"}
                ]
            },
            "adjudications[0].expectation",
        ),
        (
            {
                "events": [FLOWN],
                "corrections": [{"id": "c", "corrects": "flown", "set": {"program": "none"}}],
            },
            "corrections[0].set.program",
        ),
        ({"corrections": [{"id": "c", "retracts": "none"}]}, "corrections[0].retracts"),
        (
            {"corrections": [{"id": "c", "corrects": "none", "set": {"summary": "x"}}]},
            "corrections[0].corrects",
        ),
    ],
)
def test_what_is_named_must_be_recorded_or_in_the_bundle(
    recorder: SqlRecorder, sections: dict[str, Any], place: str
) -> None:
    told = refused(recorder, **sections)
    assert isinstance(told, NotFound)
    assert told.place == place


def test_what_is_named_may_come_later_in_the_bundle(recorder: SqlRecorder) -> None:
    withdrawing = SAID | {"id": "back", "window": None, "withdraws": "said"}
    assert bring(recorder, expectations=[withdrawing, SAID]).added["expectation"] == 2


def test_the_facts_of_an_event_name_nothing(recorder: SqlRecorder) -> None:
    facts = {"condition": "if it rains", "withdraws": "x", "expectation": "y", "program": "z"}
    assert bring(recorder, events=[FLOWN | {"facts": facts}]).added["event"] == 1


def test_a_correction_finds_what_it_corrects_whatever_its_kind(recorder: SqlRecorder) -> None:
    bring(recorder, events=[FLOWN], programs=[PROGRAM])
    told = bring(
        recorder,
        corrections=[
            {"id": "c1", "corrects": "flown", "set": {"summary": "It flew."}},
            {"id": "c2", "corrects": "lark-9", "set": {"aliases": ["L9"]}},
            {"id": "c3", "corrects": "larkspur", "set": {"name": "Larkspur"}},
            {"id": "c4", "corrects": "flown", "set": {"summary": None}},
            {"id": "c5", "retracts": "flown"},
        ],
    )
    assert told.added == {"correction": 5}
    streams = [record.stream for record in recorder.records()]
    assert streams == [streams[n] for n in (0, 1, 2, 2, 1, 0, 2, 2)]


def test_a_bad_correction_is_refused_with_its_place(recorder: SqlRecorder) -> None:
    bring(recorder, events=[FLOWN])
    mending = {"id": "c", "corrects": "flown", "set": {"occurred": "soon"}}
    told = refused(recorder, corrections=[mending])
    assert isinstance(told, BadInput)
    assert told.place == "corrections[0].set.occurred"


def test_what_was_retracted_takes_no_correction(recorder: SqlRecorder) -> None:
    bring(recorder, events=[FLOWN], corrections=[{"id": "c1", "retracts": "flown"}])
    told = refused(recorder, corrections=[{"id": "c2", "retracts": "flown"}])
    assert type(told) is Conflict
    assert str(told).startswith("corrections[0]: 'flown' was retracted")
