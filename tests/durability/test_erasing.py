"""Killed at whatever step, somebody is erased or not; asked again, it is completed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api import Timeline
from tests.acceptance import crew
from tests.durability.erasing import COMMITTED, DATA_SUBJECT, ISSUER, STEPS
from timeline.bundle import bundle_of

ROOT = Path(__file__).parents[2]


def _said(timeline: Timeline) -> object:
    return timeline.event("flown").items[0]["data"]["facts"]["pilot"]


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_erasure_is_whole_or_has_not_been(store_url: str, step: str) -> None:
    with Timeline(store_url, recorded_by="ann") as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
        head = timeline.recorder.head()
        argv = [sys.executable, "-m", "tests.durability.erasing", store_url, step]
        done = subprocess.run(argv, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        erased = step in COMMITTED
        assert _said(timeline) == ({"erased": True} if erased else crew.GONE_NAME)
        assert timeline.recorder.head() == head + erased
        assert timeline.rebuild().differences == ()
        again = timeline.erase(ISSUER, DATA_SUBJECT, reason="asked")
        assert (again.erased, again.wiped) == (not erased, True)
        assert _said(timeline) == {"erased": True}
        assert timeline.recorder.head() == head + 1
