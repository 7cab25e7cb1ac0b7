"""What follows up, asked for a day, against a store that never heard of anything later.

The second store is filled with what the sample's bundle says was public by that day, and nothing
else; so whatever looks ahead makes the two differ.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.acceptance.bundle_record import last_day, stated
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
DAYS = ("2007-06-30", "2008-07-08", "2008-09-30", "2009-03-12", "2009-04-01")


@pytest.fixture(scope="module")
def bundle() -> Row:
    return dict(json.loads(SAMPLE.read_bytes()))


@pytest.fixture(scope="module")
def whole(bundle: Row, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Timeline]:
    with _filled(tmp_path_factory.mktemp("whole"), bundle) as timeline:
        yield timeline


@pytest.mark.parametrize("day", DAYS)
def test_nothing_that_became_public_later_is_in_it(
    bundle: Row, whole: Timeline, tmp_path: Path, day: str
) -> None:
    asked = date.fromisoformat(day)
    then = _public_by(bundle, asked)
    assert sum(map(len, _items(then))) < sum(map(len, _items(bundle)))
    with _filled(tmp_path, then) as ignorant:
        assert _told(whole, asked) == _told(ignorant, asked)


def _told(timeline: Timeline, day: date) -> dict[str, Any]:
    since = day - timedelta(days=90)
    sheet = timeline.worksheet("migenix", as_of=day)
    rows = {
        "worksheet": sheet.items,
        "disappeared": timeline.ask("disappeared", "migenix", as_of=day).items,
        "new": timeline.follow_up("migenix", since=since, as_of=day).items,
    }
    assert sheet.items
    assert rows["new"]
    placeless = {name: [_placeless(row) for row in told] for name, told in rows.items()}
    return placeless | {"period": sheet.more}


def _placeless(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "position"}


def _filled(folder: Path, bundle: Row) -> Timeline:
    timeline = Timeline(f"sqlite:///{folder / 'timeline.db'}", create=True)
    timeline.import_bundle(bundle_of(bundle))
    return timeline


def _items(bundle: Row) -> list[list[Row]]:
    return [bundle[name] for name in ("documents", "events", "expectations", "adjudications")]


def _public_by(bundle: Row, day: date) -> Row:
    """Return the bundle as it could have been written on that day."""
    events = [e for e in bundle["events"] if last_day(e["disclosed"]) <= day]
    said = [s for s in bundle["expectations"] if stated(s) <= day]
    decided = [a for a in bundle["adjudications"] if last_day(a["disclosed"]) <= day]
    documents = [d for d in bundle["documents"] if last_day(d["published"]) <= day]
    kept = {item["id"] for item in (*events, *said, *decided, *documents)}
    corrections = [c for c in bundle["corrections"] if (c.get("corrects") or c["retracts"]) in kept]
    return bundle | {
        "documents": documents,
        "events": events,
        "expectations": said,
        "adjudications": decided,
        "corrections": corrections,
    }
