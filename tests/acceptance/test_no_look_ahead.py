"""Every chain, on every day something became public and on its eve, on all three axes.

What the service answers is held against a checker that has read nothing but the bundle file.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.acceptance.answers_compared import expected, told
from tests.acceptance.bundle_checker import check
from tests.acceptance.bundle_record import last_day, stated
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    Setting = tuple[date, date, int | None]

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
LATER = date(2020, 1, 1)
THINNED = 11  # on PostgreSQL every eleventh setting: what differs there is only the SQL


@pytest.fixture(scope="module")
def bundle() -> dict[str, Any]:
    return dict(json.loads(SAMPLE.read_bytes()))


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        yield timeline


def test_every_answer_agrees_with_the_checker(
    timeline: Timeline, bundle: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    thinned = THINNED if "postgresql" in request.node.name else 1
    settings = _settings(bundle)[::thinned]
    assert len(settings) > 800 // thinned
    for as_of, known_at, as_at in settings:
        checked = check(bundle, as_of=as_of, known_at=known_at, as_at=as_at)
        position = f"position:{timeline.recorder.head() if as_at is None else as_at}"
        answer = timeline.milestones("migenix", as_of=as_of, known_at=known_at, as_at=position)
        assert told(answer.items) == expected(checked, bundle), (as_of, known_at, as_at)


def _settings(bundle: dict[str, Any]) -> list[Setting]:
    """Every day on each of the two public axes and on both, then every position and its eve."""
    eves = sorted({d for on in _public_days(bundle) for d in (on - timedelta(days=1), on)})
    both: list[Setting] = [(d, d, None) for d in eves]
    known: list[Setting] = [(LATER, d, None) for d in eves]
    valid: list[Setting] = [(d, LATER, None) for d in eves]
    positions = range(len(_in_order(bundle)) + 2)
    return both + known + valid + [(LATER, LATER, p) for p in positions if p]


def _public_days(bundle: dict[str, Any]) -> set[date]:
    outcomes = [e for e in bundle["events"] if e.get("outcome") or "discontinued" in e["type"]]
    return {
        *(stated(s) for s in bundle["expectations"]),
        *(last_day(e["disclosed"]) for e in outcomes),
        *(last_day(e["occurred"]) for e in outcomes),
        *(last_day(a["disclosed"]) for a in bundle["adjudications"]),
    }


def _in_order(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    sections = ("programs", "documents", "events", "expectations", "adjudications", "corrections")
    return [item for section in sections for item in bundle[section]]
