"""Pages: how long the browser needs from a random jump of the date to a picture laid out anew."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.made_up import SEED
from benchmarks.row import LATENCY, Row
from tests.acceptance.served import serving
from tests.browser.chromium import chromium
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from benchmarks.bench import Bench

_GOALS = {40: 8.0, 500: 16.0, 2_000: None}
_FIRST = date(2015, 1, 1)
_SAID, _DAYS = 4, 3_600
# From the jump until styles and layout are done, which painting follows.
_JUMPS = """(days) => { const slider = document.getElementById('day'); return days.map((share) => {
  const [first, last] = [Number(slider.min), Number(slider.max)];
  slider.value = Math.round(first + share * (last - first));
  const begun = performance.now();
  slider.dispatchEvent(new Event('input'));
  document.querySelector('.frame').getBoundingClientRect();
  return performance.now() - begun; }) }"""


def pages(bench: Bench) -> Iterator[Row]:
    """Redraw of the page of an issuer at 40, 500 and 2,000 rows, in a headless Chromium."""
    for rows, goal in _GOALS.items():
        with bench.timeline("sqlite") as timeline:
            timeline.import_bundle(bundle_of(_issuer(bench.sized(rows, 20))))
            url = str(timeline.recorder.engine.url)
        with _drawn(url) as page:
            found = _jumps(page, bench.sized(200, 10))
        met = None if goal is None else median(found) < goal
        told = "" if goal is None else f"< {goal:g} ms"
        yield Row(
            "pages",
            f"redraw on a random jump, {rows:,} rows, p50",
            LATENCY,
            median(found),
            goal=told,
            met=met,
        )
        yield Row(
            "pages",
            f"redraw on a random jump, {rows:,} rows, p99",
            LATENCY,
            sorted(found)[int(len(found) * 0.99)],
        )


@contextmanager
def _drawn(url: str) -> Iterator[Page]:
    with serving(url) as served, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{served.address}/issuers/many")
        page.wait_for_selector("#chart[data-ready]")
        page.wait_for_timeout(1_000)
        yield page


def _jumps(page: Page, count: int) -> list[float]:
    """Jump one after the other, with time between for what is drawn while nothing else happens."""
    chance = random.Random(SEED)
    found: list[float] = []
    for _ in range(count):
        found += page.evaluate(_JUMPS, [chance.random()])
        page.wait_for_timeout(40)
    return found


def _issuer(rows: int) -> dict[str, Any]:
    """Return an issuer with so many milestones, each said four times and most of them reached."""
    chance = random.Random(SEED)
    programs = [f"p{n}" for n in range(max(1, rows // 10))]
    bundle: dict[str, Any] = {
        "format": "timeline-bundle/1",
        "issuer": {"id": "many", "name": "Many"},
        "programs": [{"id": one, "name": one} for one in programs],
        "events": [],
        "expectations": [],
    }
    for number in range(rows):
        of = {"program": programs[number % len(programs)], "milestone": f"m{number}"}
        said = sorted(chance.randrange(_DAYS) for _ in range(_SAID))
        for time, on in enumerate(said):
            first = on + chance.randrange(30, 400)
            window = f"{_day(first)}/{_day(first + chance.randrange(20, 300))}"
            one = {"id": f"ex-{number}-{time}", "stated_on": _day(on), "window": window}
            bundle["expectations"].append(of | one)
        if chance.random() < 0.7:  # noqa: PLR2004
            on = said[-1] + chance.randrange(400)
            came = {"id": f"ev-{number}", "type": "milestone.reached", "occurred": _day(on)}
            bundle["events"].append(of | came | {"disclosed": _day(on)})
    return bundle


def _day(number: int) -> str:
    return (_FIRST + timedelta(days=number)).isoformat()
