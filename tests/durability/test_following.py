"""Two competing followers and 20 kills: every event is applied exactly once.

`make crash` kills more of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.durability.follower import NAIVE
from tests.durability.following import follow_and_kill, switch_to_and_fro

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KILLS = 20


def test_two_followers_and_20_kills_apply_every_event_once(
    store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = follow_and_kill(store_url, tmp_path, KILLS)
    with capsys.disabled():
        sys.stdout.write(f"\n{report}\n")
    assert (report.lacking, report.repeated, report.differences) == ([], {}, [])
    assert (report.kills, report.within > 0) == (KILLS, True)
    assert report.events > 500


def test_switching_to_and_fro_beside_a_writer_and_followers_loses_and_repeats_nothing(
    store_url: str, tmp_path: Path
) -> None:
    report = switch_to_and_fro(store_url, tmp_path, 15)
    assert (report.lacking, report.repeated, report.differences) == ([], {}, [])
    assert report.events > 50


def test_the_counter_tells_of_a_follower_that_keeps_its_position_apart(
    store_url: str, tmp_path: Path
) -> None:
    report = follow_and_kill(store_url, tmp_path, 3, followers=1, work=NAIVE)
    assert len(report.repeated) >= 3
    assert set(report.repeated.values()) <= {2, 3, 4}
    assert report.lacking == []
