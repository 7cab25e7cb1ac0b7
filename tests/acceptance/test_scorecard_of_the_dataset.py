"""The back-test of the fact dataset itself: made a bundle anew, imported, and counted twice.

The dataset stands beside the project and is not part of it; where it is absent the test says so.
"""

from __future__ import annotations

import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api import Timeline
from tests.acceptance import backtest_checker, scorecard_checker
from tests.acceptance.rows_agree import agree, without
from timeline.bundle import bundle_of

ROOT = Path(__file__).parents[2]
DATASET = ROOT.parent / "shared" / "data" / "migenix.json"
DAY = date(2010, 1, 1)


@pytest.fixture
def dataset() -> dict[str, Any]:
    if not DATASET.exists():
        pytest.skip(f"the fact dataset is not at {DATASET}; the sample made from it is tested")
    script = runpy.run_path(str(ROOT / "scripts" / "make_migenix_sample.py"))
    mapping = json.loads(script["MAPPING"].read_text("utf-8"))
    made = script["Sample"](json.loads(DATASET.read_text("utf-8")), mapping).bundle()
    return dict(json.loads(json.dumps(made)))


def test_the_datasets_figures_agree_with_the_checker(
    dataset: dict[str, Any], store_url: str
) -> None:
    with Timeline(store_url) as timeline:
        timeline.import_bundle(bundle_of(dataset))
        scored = timeline.scorecard("migenix", as_of=DAY).items
        answer = timeline.backtest("migenix", as_of=DAY)
    agree(without(scored, "position"), scorecard_checker.scorecard(dataset, as_of=DAY))
    tried = backtest_checker.backtest(dataset, as_of=DAY)
    agree(answer.more["calibration"], backtest_checker.calibration(tried))
    assert answer.more["scores"][0]["of"] > 50
    assert [score["skill"] for score in answer.more["scores"]] == [
        pytest.approx(score["skill"], abs=1e-4) for score in backtest_checker.scores(tried)
    ]
