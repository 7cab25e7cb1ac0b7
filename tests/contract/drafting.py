"""Drafts made by hand, stored in a timeline, for tests of what becomes of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from timeline.bundle import bundle_of
from timeline.intake.drafts import Reading, save

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from api import Timeline
    from timeline.intake.drafts import Saved

ISSUER = "larkspur"
DOCUMENT = "release-1"
BUNDLE: dict[str, Any] = {
    "format": "timeline-bundle/1",
    "issuer": {"id": ISSUER, "name": "Larkspur Aviation", "aliases": ["LA"]},
    "programs": [{"id": "lark-9", "name": "Lark 9", "aliases": ["the nine-seater"]}],
}
SAID: dict[str, Any] = {
    "id": "d1",
    "kind": "expectation",
    "type": "timing",
    "published": "2021-05-14",
    "span": {"start": 0, "end": 47},
    "text": "Larkspur expects Lark 9 to fly in summer 2021.",
    "program": "lark-9",
    "milestone": "flight.first",
    "window": {"edtf": "2021-07-01/2021-09-30", "words": "in summer 2021", "policy": "p/1"},
    "speaker": "Larkspur Aviation",
    "confidence": 0.8,
    "why": "expects; in summer 2021",
}
HAPPENED: dict[str, Any] = {
    "id": "d2",
    "kind": "event",
    "type": "milestone.reached",
    "published": "2021-05-14",
    "span": {"start": 48, "end": 77},
    "text": "Lark 9 left the hangar in May.",
    "program": "lark-9",
    "milestone": "rollout",
    "window": {"edtf": "2021-05", "words": "in May"},
}
UNSURE: dict[str, Any] = {
    "id": "d3",
    "kind": "expectation",
    "type": "belief",
    "published": "2021-05-14",
    "span": {"start": 78, "end": 120},
    "text": "Lark 12 will follow.",
    "program": "lark-12",
}


def begin(timeline: Timeline) -> None:
    """Let there be an issuer with one program."""
    timeline.import_bundle(bundle_of(BUNDLE))


def reading_of(*drafts: dict[str, Any], words: str = "words", **more: Any) -> Reading:
    """Return a reading of `words`, as one with these drafts."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    told: dict[str, Any] = {"sha256": digest, "document": DOCUMENT, "published": "2021-05-14"}
    return Reading(digest=digest, drafts=drafts, **(told | more))


def keep(timeline: Timeline, *drafts: dict[str, Any], **more: Any) -> Saved:
    """Store a reading with `drafts`, and return where it stands."""
    kept: list[Saved] = []

    def tell(_: Connection, saved: Saved) -> bytes:
        kept.append(saved)
        return b""

    save(
        timeline.recorder,
        ISSUER,
        reading_of(*drafts, **more),
        recorded_by="ann",
        find=lambda _connection, _sha256: None,
        tell=tell,
    )
    return kept[0]
