"""The tables of docs/scorecard.md, counted by the checker that has read the bundle alone.

That the commands print what the page shows is another test's; this one knows nothing of them.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any

from tests.acceptance import backtest_checker
from tests.docs.pages import ROOT, page
from tests.docs.session import commands_in

PAGE = page("docs/scorecard.md")
DAY = date(2010, 1, 1)


@cache
def _tried() -> list[dict[str, Any]]:
    bundle = json.loads((ROOT / "samples" / "migenix" / "bundle.json").read_text("utf-8"))
    return backtest_checker.backtest(bundle, as_of=DAY)


def _shown(option: str) -> list[list[str]]:
    """Return the cells of the table that `timeline backtest ... OPTION` is shown to print."""
    commands = (c for b in PAGE.blocks("console") for c in commands_in(b.text))
    (shown,) = (c.shown for c in commands if c.words[1] == "backtest" and option in c.words)
    rows = shown.split("─\n")[1].split("\n\n")[0]
    return [re.split(r"\s{2,}", line.strip()) for line in rows.splitlines()]


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"


def test_the_calibration_on_the_page_is_what_the_checker_counts() -> None:
    wanted = [
        [
            str(row["days"]),
            row["forecast"],
            f"{_percent(row['from'])} to {_percent(row['to'])} %",
            f"{_percent(row['predicted'])} %",
            _observed(row["observed"]),
        ]
        for row in backtest_checker.calibration(_tried())
    ]
    assert _shown("--calibration") == wanted
    assert len(wanted) > 10


def _observed(share: dict[str, Any]) -> str:
    told = f"{_percent(share['share'])} % ({_percent(share['low'])} to {_percent(share['high'])})"
    return f"{told} of {share['of']}" + (", small sample" if share["small_sample"] else "")


def test_the_scores_on_the_page_are_what_the_checker_counts() -> None:
    shown = [(int(r[0]), int(r[1].split()[0]), int(r[2]), *r[3:6]) for r in _shown("--scores")]
    assert shown == [
        (s["days"], s["of"], s["late"], *(_digits(s[k]) for k in _KEYS))
        for s in backtest_checker.scores(_tried())
    ]


_KEYS = ("brier", "brier_base_rate", "skill")


def _digits(number: float) -> str:
    return f"{round(number, 4)}"


def test_what_the_page_says_of_the_tables_is_so() -> None:
    late = [
        row["_chain"]
        for row in _tried()
        for told in row["late_by"]
        if told["days"] == 365 and told["late"]["of"] and row["results"]["365"] == "late"
    ]
    by_most = sorted((late.count(chain) for chain in set(late)), reverse=True)
    assert (len(late), len(by_most), sum(by_most[:2])) == (19, 6, 13)
    assert "all 19 that were so late stand six milestones, two of them with 13" in " ".join(
        PAGE.prose.split()
    )
    skills = [f"{score['skill']:.2f}" for score in backtest_checker.scores(_tried())]
    assert f"Skill is {skills[0]}, {skills[1]} and {skills[2]}," in PAGE.prose
