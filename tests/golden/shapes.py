"""One event of every stored shape ever shipped, as the code of today reads it.

A shape is frozen by the file of its topic beside this one. A new shape gets a new version, a new
entry here and a new file; the old file stays, and an upcaster brings it up to the new shape.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from timeline.bitemporal import OpenEnd, parse_edtf
from timeline.events import (
    Confidence,
    Event,
    Kind,
    Locator,
    Outcome,
    Result,
    Visibility,
    topic_of,
)

HERE = Path(__file__).parent
DAY = parse_edtf("2031-05-14")
MADE: dict[str, Any] = {"issuer": "larkspur", "recorded_by": "ada"}

SHAPES = (
    Event(
        type="issuer.registered",
        item="larkspur",
        kind=Kind.ISSUER,
        facts={
            "aliases": ["Lærkespore A/S"],
            "identifiers": {"LEI": "529900T8BM49AURSDO55"},
            "name": "Larkspur Aviation",
            "packs": ["core"],
        },
        **MADE,
    ),
    Event(
        type="program.registered",
        item="lark-9",
        kind=Kind.PROGRAM,
        program="lark-9",
        facts={"aliases": [], "attributes": {"seats": 9, "range_km": 1.5e3}, "name": "Lark 9"},
        **MADE,
    ),
    Event(
        type="disclosure.document_published",
        item="release-1",
        kind=Kind.DOCUMENT,
        occurred=DAY,
        disclosed=datetime(2031, 5, 14, 12, 30, 0, 1, tzinfo=UTC),
        attributed_to="Larkspur Aviation",
        facts={
            "kind": "news_release",
            "sha256": "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
            "title": 'First flight "before summer"',
            "url": "urn:example:release-1",
        },
        **MADE,
    ),
    Event(
        type="flight.test_reported",
        item="flown",
        program="lark-9",
        occurred=replace(parse_edtf("2031-05"), words="in May", policy="window-policy/1"),
        disclosed=parse_edtf("2031-06-01~"),
        valid_from=datetime(2031, 5, 14, tzinfo=UTC),
        valid_to=datetime(2032, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        open_end=OpenEnd.FOREVER,
        document="release-1",
        locator=Locator(10, 42),
        attributed_to="chief pilot",
        reason="logbook",
        confidence=Confidence.MEDIUM,
        visibility=Visibility.INTERNAL,
        personal=("pilot",),
        milestone="flight.first",
        qualifier="prototype 2",
        outcome=Outcome.REACHED,
        result=Result.MIXED,
        summary="Flew, landed hard.",
        facts={"pilot": "A. N. Other", "legs": [1, 2.0, None, True, {"é": "\u2028"}], "wind": 0},
        **MADE,
    ),
    Event(
        type="milestone.reached",
        item="rolled-out",
        occurred=DAY,
        disclosed=DAY,
        milestone="rollout",
        outcome=Outcome.REACHED,
        **MADE,
    ),
    Event(type="corporate.moved", item="least", occurred=DAY, disclosed=DAY, issuer="larkspur"),
    Event(
        type="mining.assay_reported",
        type_version=7,
        item="newer",
        occurred=DAY,
        disclosed=DAY,
        facts={"of_a_newer_pack": {"kept": [{}], "as_it_is": None}, "grade": 0.1},
        **MADE,
    ),
    Event(
        type="disclosure.expectation_stated",
        item="said-1",
        kind=Kind.EXPECTATION,
        program="lark-9",
        occurred=DAY,
        disclosed=DAY,
        document="release-1",
        locator=Locator(0, 9),
        attributed_to="Larkspur Aviation",
        confidence=Confidence.HIGH,
        milestone="certification",
        qualifier="EU",
        facts={
            "condition": {"milestone": "flight.first", "program": None, "requires": "positive"},
            "window": "2032-34",
            "withdraws": "said-0",
            "words": "in the second quarter of 2032",
        },
        **MADE,
    ),
    Event(
        type="disclosure.expectation_adjudicated",
        item="ruling-1",
        kind=Kind.ADJUDICATION,
        occurred=DAY,
        disclosed=DAY,
        document="release-1",
        reason="the register shows the certificate",
        facts={"expectation": "said-1", "verdict": "met_late"},
        **MADE,
    ),
    Event(
        type="correction.fact_corrected",
        item="mended-1",
        kind=Kind.CORRECTION,
        reason="misread",
        facts={"corrects": "flown", "set": {"summary": None, "facts": {"wind": 3}}},
        **MADE,
    ),
    Event(
        type="correction.event_retracted",
        item="mended-2",
        kind=Kind.CORRECTION,
        reason="another company's release",
        facts={"retracts": "least"},
        **MADE,
    ),
    Event(
        type="intake.document_read",
        item="reading-b94d27b9934d3e08a52e52d7da7dabfa",
        document="release-1",
        visibility=Visibility.INTERNAL,
        facts={
            "digest": "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "drafts": ["draft-b94d27b9934d-1"],
            "packs": {"core": "1.0.0"},
        },
        **MADE,
    ),
    Event(
        type="intake.draft_proposed",
        item="draft-b94d27b9934d-1",
        kind=Kind.DRAFT,
        document="release-1",
        locator=Locator(10, 58),
        visibility=Visibility.INTERNAL,
        facts={
            "kind": "expectation",
            "type": "timing",
            "text": "The Lark 9 is to be certified by spring of 2032.",
            "published": "2031-05-14",
            "program": "Lark 9",
            "milestone": "certification",
            "qualifier": "EU",
            "window": {"edtf": "2032-21", "words": "by spring", "policy": "window-policy/1"},
            "condition": {"text": "once it flies", "milestone": "flight.first"},
            "speaker": "chief pilot",
            "facts": {"seats": 9},
            "outcome": "reached",
            "result": "positive",
            "summary": "Certified",
            "confidence": 0.75,
            "why": "is to be; by spring",
        },
        **MADE,
    ),
    Event(
        type="intake.draft_edited",
        item="step-1",
        kind=Kind.CORRECTION,
        visibility=Visibility.INTERNAL,
        reason="the words say spring of 2032, to its end",
        facts={
            "corrects": "draft-b94d27b9934d-1",
            "set": {"program": "lark-9", "window": {"edtf": "../2032-06-20", "policy": None}},
            "was": {
                "program": "Lark 9",
                "window": {"edtf": "2032-21", "words": "by spring", "policy": "window-policy/1"},
            },
        },
        **MADE,
    ),
    Event(
        type="intake.draft_accepted",
        item="step-2",
        kind=Kind.CORRECTION,
        visibility=Visibility.INTERNAL,
        facts={
            "corrects": "draft-b94d27b9934d-1",
            "set": {"state": "accepted", "recorded_as": "ex-draft-b94d27b9934d-1"},
        },
        **MADE,
    ),
    Event(
        type="intake.draft_rejected",
        item="step-3",
        kind=Kind.CORRECTION,
        visibility=Visibility.INTERNAL,
        reason="said of another company",
        facts={"corrects": "draft-b94d27b9934d-2", "set": {"state": "rejected"}},
        **MADE,
    ),
)


@dataclass(frozen=True, slots=True)
class Golden:
    """What a file keeps: the topic, the canonical bytes as stored, and their SHA-256."""

    topic: str
    payload: bytes
    sha256: str


def golden_of(path: Path) -> Golden:
    """Read one golden file."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Golden(kept["topic"], kept["payload"].encode(), kept["sha256"])


def file_of(event: Event) -> Path:
    """The file that freezes the shape of `event`."""
    return HERE / f"{topic_of(event)}.json"
