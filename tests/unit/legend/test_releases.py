"""The eight releases of our own making: items, cautions and assumptions as labelled by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.intake.corpus import AFTER_THE_FREEZE
from timeline.intake.documents import read_text
from timeline.intake.legend import read_legend
from timeline.intake.names import Names

RELEASES = Path(__file__).parents[3] / "samples" / "releases"
THERE = {path.parent.name for path in RELEASES.glob("*/labels.json")}
FOLDERS = sorted(THERE - set(AFTER_THE_FREEZE))
PARTS = {"items": "list_items", "risks": "cautions", "assumptions": "assumptions"}


def test_there_are_releases() -> None:
    assert len(FOLDERS) == 8


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(("part", "name"), PARTS.items())
def test_parts_are_the_labels(folder: str, part: str, name: str) -> None:
    labels = json.loads((RELEASES / folder / "labels.json").read_text("utf-8"))
    text = next((RELEASES / folder).glob("*.txt")).read_text("utf-8")
    legend = read_legend(read_text(text), names=Names([]))
    found = [] if legend is None else [one.text for one in getattr(legend, part)]
    assert [_plain(one) for one in found] == [_plain(one["text"]) for one in labels[name]]


def _plain(words: str) -> str:
    return re.sub(r"[\s|]+", " ", words).strip()
