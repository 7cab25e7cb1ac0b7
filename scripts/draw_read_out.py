"""Draw the picture of the README: the windows the Omigard read-out was promised in, and the day.

    python scripts/draw_read_out.py docs/omigard-read-out.svg

Everything in it is an answer of the service to one question about the sample.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from api import Timeline
from timeline.bundle import read_bundle

SAMPLE = Path(__file__).parents[1] / "samples" / "migenix" / "bundle.json"
WIDTH, LEFT, TOP, ROW = 860, 190, 64, 34
FIRST, LAST = date(2005, 10, 1), date(2009, 12, 31)
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.faint { fill: #6e7781 } .grid { stroke: #d0d7de } .gone { fill: #8fabd0; opacity: .6 }
.kept { fill: #2f6fb3; opacity: .6 }
.said { stroke: #6e7781 } .day { stroke: #c4432b; stroke-width: 2 } .dayname { fill: #c4432b }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .faint { fill: #9198a1 } .grid { stroke: #3d444d } .gone { fill: #5b77a6 }
  .kept { fill: #58a6ff } .said { stroke: #9198a1 } .day { stroke: #ff7b5c }
  .dayname { fill: #ff7b5c }
}
"""


def read_out() -> dict[str, Any]:
    """Return the read-out's row of the milestones of Omigard, as known on 1 April 2009."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/timeline.db"
        with Timeline(url, create=True) as timeline:
            timeline.import_bundle(read_bundle(SAMPLE))
            rows = timeline.milestones("migenix", "omigard", as_of="2009-04-01").items
    return next(r for r in rows if r["milestone"] == "clin.ph3_topline" and r["statements"])


def promises(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the windows that moved the read-out, each with how often and when it was said."""
    told: list[dict[str, Any]] = []
    for said in row["statements"]:
        if not told or said["relation"] in ("pushed_out", "pulled_in"):
            told.append({"said": []})
        told[-1]["said"].append(said)
    return told


def x(day: date) -> float:
    """Return the horizontal place of a day."""
    share = (day - FIRST).days / (LAST - FIRST).days
    return round(LEFT + share * (WIDTH - LEFT - 20), 1)


def draw(row: dict[str, Any]) -> str:
    """Return the picture as SVG text."""
    told = promises(row)
    height = TOP + ROW * len(told) + 34
    actual = date.fromisoformat(row["actual"]["earliest"])
    body = [*_years(height), *_actual(actual, height, row["actual"]["result"])]
    for number, promise in enumerate(told):
        body += _promise(promise, TOP + ROW * number)
    label = "The windows in which the Omigard read-out was expected, and the day it came"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
    return "\n".join(
        [f'{head} aria-label="{label}">', f"<style>{STYLE}</style>", *body, "</svg>\n"]
    )


def _years(height: int) -> list[str]:
    lines = ['<text x="10" y="24">Omigard, Phase III read-out: expected against actual</text>']
    for year in range(FIRST.year + 1, LAST.year + 1):
        at = x(date(year, 1, 1))
        lines.append(f'<line class="grid" x1="{at}" x2="{at}" y1="{TOP - 18}" y2="{height - 24}"/>')
        lines.append(f'<text class="faint" x="{at + 4}" y="{TOP - 8}">{year}</text>')
    return lines


def _actual(day: date, height: int, result: str) -> list[str]:
    at = x(day)
    text = f"{day:%d %B %Y}, {result}"
    return [
        f'<line class="day" x1="{at}" x2="{at}" y1="{TOP - 18}" y2="{height - 24}"/>',
        f'<text class="dayname" x="{at}" y="{height - 8}" text-anchor="middle">{text}</text>',
    ]


def _promise(promise: dict[str, Any], y: int) -> list[str]:
    said = promise["said"]
    kept = "kept" if said[-1]["verdict"] == "met_on_time" else "gone"
    times = "once" if len(said) == 1 else f"{len(said)} times"
    first_said = date.fromisoformat(said[0]["stated_on"])
    windows = {(s["window"]["earliest"], s["window"]["latest"]) for s in said}
    return [
        f'<text x="10" y="{y + 15}">said {times}</text>',
        f'<text class="faint" x="98" y="{y + 15}">from {first_said:%b %Y}</text>',
        *(_bar(kept, *window, y) for window in sorted(windows, key=str) if window[1]),
        *(_mark(one["stated_on"], y) for one in said),
    ]


def _bar(kept: str, earliest: str, latest: str, y: int) -> str:
    start, end = x(date.fromisoformat(earliest)), x(date.fromisoformat(latest))
    size = f'width="{round(end - start, 1)}" height="20" rx="4"'
    return f'<rect class="{kept}" x="{start}" y="{y}" {size}/>'


def _mark(stated_on: str, y: int) -> str:
    at = x(date.fromisoformat(stated_on.rpartition("/")[2]))
    return f'<line class="said" x1="{at}" x2="{at}" y1="{y + 4}" y2="{y + 16}"/>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(read_out()), "utf-8")
