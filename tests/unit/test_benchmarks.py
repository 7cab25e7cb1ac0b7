"""The benchmarks run and tell what they found; how fast is for nobody to check here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.measuring import in_turn, p99
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
RUN = ("append-sqlite", "history")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON of a quick run, in a process of its own, as its peers patch the standard library."""
    file = tmp_path_factory.mktemp("bench") / "rows.json"
    argv = [sys.executable, "-m", "benchmarks", *RUN, "--quick", "--json", str(file)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "its insert_events" in done.stdout
    read: dict[str, Any] = json.loads(file.read_text())
    return read


def test_every_benchmark_has_its_rows(told: dict[str, Any]) -> None:
    assert set(told) == {"cores", "python", "quick", "rows"}
    assert told["quick"] is True
    assert tuple(dict.fromkeys(row["benchmark"] for row in told["rows"])) == RUN


def test_a_row_says_beside_what_and_whether_the_goal_is_met(told: dict[str, Any]) -> None:
    append, bare, history = told["rows"]
    assert append["against"] == "its save"
    assert (bare["against"], bare["goal"], bare["met"]) == ("its insert_events", "", None)
    assert append["ratio"] == pytest.approx(append["ours"] / append["theirs"])
    assert append["met"] is (append["ratio"] >= 0.7)
    assert history["theirs"] is None
    assert history["ratio"] is None
    assert history["met"] is (history["ours"] < 10)


def test_an_unknown_benchmark_is_refused() -> None:
    argv = [sys.executable, "-m", "benchmarks", "nothing"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "append-sqlite" in done.stderr


def test_sides_take_turns_and_the_first_round_does_not_count() -> None:
    asked: list[str] = []

    def side(name: str, *rates: float) -> Callable[[], float]:
        left = iter(rates)

        def work() -> float:
            asked.append(name)
            return next(left)

        return work

    medians = in_turn({"a": side("a", 99, 1, 3, 2), "b": side("b", 99, 6, 5, 7)}, rounds=3)
    assert medians == {"a": 2, "b": 6}
    assert "".join(asked) == "abababab"


def test_one_in_a_hundred_may_be_slower() -> None:
    assert p99([1.0] * 99 + [50.0]) == 1
    assert p99([1.0] * 98 + [50.0] * 2) == 50


def test_no_ratio_without_another() -> None:
    assert Row("x", "work", "ms", 1.0).ratio is None
