"""The labels of our releases: their shape, that their words stand in the text, and sense."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from tests.intake.corpus import RELEASES, SEED, labelled
from timeline.packs import vocabulary

if TYPE_CHECKING:
    from tests.intake.corpus import Labelled

DOCUMENTS = {document.name: document for document in labelled(RELEASES)}
SCHEMA = RELEASES / "release-labels-1.schema.json"
NEWEST = date(2040, 1, 1)


@pytest.fixture(params=sorted(DOCUMENTS))
def document(request: pytest.FixtureRequest) -> Labelled:
    return DOCUMENTS[request.param]


def _labels(document: Labelled, *kinds: str) -> list[dict[str, Any]]:
    return [label for kind in kinds for label in document.data[kind]]


def test_there_are_at_least_eight() -> None:
    assert len(DOCUMENTS) >= 8
    assert {document.source.suffix for document in DOCUMENTS.values()} == {".txt", ".html", ".pdf"}


def test_the_schema_holds(document: Labelled) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema_rs.validator_for(schema, validate_formats=True)
    assert [str(error) for error in checker.iter_errors(document.data)] == []


def test_every_label_stands_in_the_text(document: Labelled) -> None:
    labels = document.labels(document.as_read)
    assert len(labels.statements) == len(document.data["statements"])


def test_no_id_twice(document: Labelled) -> None:
    lists = ("events", "statements", "traps", "list_items", "cautions", "assumptions")
    ids = [label["id"] for label in _labels(document, *lists)]
    assert len(ids) == len(set(ids))


def test_types_and_milestones_are_those_of_the_packs(document: Labelled) -> None:
    known = vocabulary(document.known()["packs"])
    types = {event["type"] for event in document.data["events"]} - {None}
    milestones = {statement["milestone"] for statement in document.data["statements"]} - {None}
    assert types <= set(known.event_types)
    assert milestones <= set(known.milestones)


def test_programs_and_issuer_are_those_of_the_bundle(document: Labelled) -> None:
    bundle = document.known()
    programs = {program["id"] for program in bundle["programs"]}
    named = {label["program"] for label in _labels(document, "events", "statements")} - {None}
    assert named <= programs
    assert document.data["issuer"] == bundle["issuer"]["id"]


def test_windows_are_in_order_and_of_their_time(document: Labelled) -> None:
    for label in _labels(document, "statements"):
        window = label["window"]
        assert label["kind"] != "dated_milestone" or window["latest"], label
        if window is not None:
            earliest, latest = (date.fromisoformat(window[k]) for k in ("earliest", "latest"))
            assert earliest <= latest <= NEWEST, label
            assert latest >= document.published_on, label


def test_events_are_over(document: Labelled) -> None:
    for event in document.data["events"]:
        occurred = event["occurred"] or {"earliest": None, "latest": "0001-01-01"}
        assert date.fromisoformat(occurred["latest"]) <= document.published_on, event
        assert (occurred["earliest"] or "") <= occurred["latest"], event


def test_what_the_list_covers_is_labelled_so(document: Labelled) -> None:
    listed = {known for item in document.data["list_items"] for known in item["covers"]}
    said = {s["id"] for s in document.data["statements"] if s["covered"] in {"covered", "partial"}}
    assert listed == said


def test_traps_are_not_whole_statements(document: Labelled) -> None:
    labels = document.labels(document.as_read)
    spans = {span for label in (*labels.statements, *labels.events) for span in label.spans}
    assert [trap for trap in labels.traps if trap.span in spans] == []


def test_no_conditions_or_speakers_out_of_the_air(document: Labelled) -> None:
    words = " ".join(document.as_read.split())
    for statement in document.data["statements"]:
        for part in (statement["condition"], statement["speaker"]):
            assert part is None or part in words, statement


def test_the_seed_reads_as_labelled() -> None:
    if not SEED.exists():
        pytest.skip(f"{SEED} is not there: the seed's labels are beside the project, not in it")
    (seed,) = labelled(SEED)
    labels = seed.labels(seed.as_read)
    assert (len(labels.events), len(labels.statements), len(labels.traps)) == (36, 34, 15)
