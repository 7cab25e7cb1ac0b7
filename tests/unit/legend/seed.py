"""The release of 8 July 2008 and its labels, which lie beside the project and not in it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from timeline.intake import Draft, DraftKind, DraftWindow, Span
from timeline.intake.names import Named, NameKind, Names

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "data"
RELEASE, LABELS = SHARED / "migenix-2008-07-08.txt", SHARED / "seed_labels.json"
PUBLISHED_ON = date(2008, 7, 8)
FISCAL_YEAR_END = (4, 30)

there = pytest.mark.skipif(
    not (RELEASE.exists() and LABELS.exists()),
    reason=f"the release and its labels are not at {SHARED}",
)


def release() -> str:
    return RELEASE.read_text("utf-8")


def labels() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(LABELS.read_text("utf-8"))
    return told


def names() -> Names:
    """The names in the sample's bundle: of the issuer, its programs, and whom it dealt with."""
    bundle = json.loads((ROOT / "samples" / "migenix" / "bundle.json").read_bytes())
    issuer = bundle["issuer"]
    programs = bundle["programs"]
    named = [Named(NameKind.ISSUER, issuer["id"], (issuer["name"], *issuer["aliases"]))]
    named += [Named(NameKind.PROGRAM, p["id"], (p["name"], *p["aliases"])) for p in programs]
    dealt = {event.get("facts", {}).get("counterparty") for event in bundle["events"]}
    parties = sorted(name for name in dealt if isinstance(name, str))
    return Names([*named, *(Named(NameKind.PARTNER, name, (name,)) for name in parties)])


def drafts() -> list[Draft]:
    """The labelled statements as drafts, their programs by the ids of the bundle."""
    text = release()
    programs = {one.id.replace("-", ""): one.id for one in names().named}
    return [_draft(told, text, programs) for told in labels()["forward_looking_statements"]]


def _draft(told: dict[str, Any], text: str, programs: dict[str, str]) -> Draft:
    span = Span(told["start"], told["end"])
    return Draft(
        id=told["id"],
        kind=DraftKind.EXPECTATION,
        span=span,
        text=span.of(text),
        type=told["kind"],
        confidence=1.0,
        why="labelled",
        program=programs.get(told["program"]),
        milestone=told["milestone"],
        window=_window(told["window"], told["time_expression"]),
        condition=told["condition"],
    )


def _window(told: dict[str, str] | None, words: str | None) -> DraftWindow | None:
    if told is None:
        return None
    earliest, latest = (date.fromisoformat(told[name]) for name in ("earliest", "latest"))
    return DraftWindow(earliest, latest, told["edtf"], words or "", "labelled")


def spans(name: str) -> list[Span]:
    """The places of one list of labels, in the order of the text."""
    return sorted(Span(one["start"], one["end"]) for one in labels()[name])
