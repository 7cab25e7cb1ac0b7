"""The sample's scorecard at the end of every month, and on every axis, against the checker."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.acceptance import backtest_checker, scorecard_checker
from tests.acceptance.rows_agree import agree, without
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    Setting = tuple[date, date, int | None]

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
MONTHS = [date(y, m, 1) - timedelta(days=1) for y in range(2004, 2011) for m in range(1, 13)]
LATER, HEAD, EVERY = date(2012, 1, 1), 383, 12
THINNED = 7  # on PostgreSQL every seventh setting: what differs there is only the SQL


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        yield timeline


def _settings() -> list[Setting]:
    both: list[Setting] = [(day, day, None) for day in MONTHS]
    known: list[Setting] = [(LATER, day, None) for day in MONTHS[::4]]
    valid: list[Setting] = [(day, LATER, None) for day in MONTHS[::4]]
    return both + known + valid + [(LATER, LATER, p) for p in range(1, HEAD + 1, EVERY)]


def test_every_month_agrees_with_the_checker(
    timeline: Timeline, request: pytest.FixtureRequest
) -> None:
    bundle = dict(json.loads(SAMPLE.read_bytes()))
    thinned = THINNED if "postgresql" in request.node.name else 1
    settings = _settings()[::thinned]
    assert len(settings) > 150 // thinned
    decided = set()
    for as_of, known_at, as_at in settings:
        at: Any = {"as_of": as_of, "known_at": known_at}
        place = f"{as_of} {known_at} {as_at}"
        position = f"position:{as_at or HEAD}"
        rows = timeline.scorecard("migenix", **at, as_at=position).items
        expected = scorecard_checker.scorecard(bundle, **at, as_at=as_at)
        agree(without(rows, "position"), expected, place)
        decided.add(rows[0]["decided"])
        if as_at is None:
            told = timeline.forecasts("migenix", **at).items
            foretold = {r["expectation"]: {k: r[k] for k in ("pool", "late_by")} for r in told}
            agree(foretold, backtest_checker.forecasts(bundle, **at), place)
    assert len(decided) > 15 // thinned
