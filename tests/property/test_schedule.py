"""An entry of a calendar keeps its place and its number, whichever clock moves on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings

from api import Timeline
from tests.property.bundles import FIRST, bundles
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Rows = dict[tuple[Any, ...], dict[str, Any]]

BOUNDED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
EVERY_DAY = [FIRST + timedelta(days=n) for n in range(-1, 48)]
SHOWN = ("days", "status")


@BOUNDED
@given(bundle=bundles())
def test_a_number_rises_with_each_change_and_never_falls(
    sqlite_template: Path, tmp_path: Path, bundle: dict[str, Any]
) -> None:
    store = tmp_path / "timeline.db"
    store.write_bytes(sqlite_template.read_bytes())
    with Timeline(f"sqlite:///{store}") as timeline:
        timeline.import_bundle(bundle_of(bundle))
        last = timeline.recorder.head()
        _keeps_its_entries(_rows(timeline, as_of=day) for day in EVERY_DAY)
        for day in EVERY_DAY[::12]:
            _keeps_its_entries(
                _rows(timeline, as_of=day, as_at=f"position:{n}") for n in range(1, last + 1)
            )


def _rows(timeline: Timeline, **clocks: Any) -> Rows:
    rows = timeline.schedule("acme", **clocks).items
    return {(row["program"], row["milestone"], row["qualifier"]): row for row in rows}


def _keeps_its_entries(fetched: Iterable[Rows]) -> None:
    before: Rows = {}
    for now in fetched:
        assert before.keys() <= now.keys()
        for key, row in before.items():
            told, later = row["sequence"], now[key]["sequence"]
            changed = [name for name in SHOWN if row[name] != now[key][name]]
            assert later > told if changed else later >= told, (row, now[key])
        before = now
