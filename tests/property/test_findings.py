"""No finding is moved by what was disclosed later, or recorded later."""

from __future__ import annotations

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import Timeline
from tests.property.bundles import FIRST, asked_days, bundles, days
from timeline.bundle import bundle_of

Row = dict[str, Any]

BOUNDED = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
LATER = timedelta(days=60)  # after every day that a question is asked at
DRAFT = "We expect the first flight of alpha in March 2008. We plan to hire ten people."
TYPES = (
    "program.hold_changed",
    "disclosure.expectation_revised",
    "governance.meeting_requisition_received",
    "governance.settlement_reached",
    "disclosure.third_party_forecast_cited",
)


@st.composite
def _bearing(draw: st.DrawFn) -> list[Row]:
    """Events that rules read."""
    return [
        {
            "id": f"t{number}",
            "type": draw(st.sampled_from(TYPES)),
            "program": draw(st.sampled_from(("alpha", "beta"))),
            "occurred": draw(days).isoformat(),
            "disclosed": draw(days).isoformat(),
            "visibility": draw(st.sampled_from(("public", "public", "internal"))),
        }
        for number in range(draw(st.integers(0, 6)))
    ]


def _later(items: list[Row]) -> list[Row]:
    """The same once more under other ids, told when nobody asks any more."""
    keys = ("occurred", "disclosed", "stated_on")
    moved = [{k: _moved(v) if k in keys else v for k, v in item.items()} for item in items]
    return [item | {"id": f"{item['id']}-later"} for item in moved]


def _moved(day: str) -> str:
    return (date.fromisoformat(day[-10:].strip("./")) + LATER).isoformat() if "-" in day else day


@BOUNDED
@given(bundle=bundles(), bearing=_bearing(), as_of=asked_days)
def test_what_comes_later_changes_nothing(bundle: Row, bearing: list[Row], as_of: date) -> None:
    events = bundle.get("events", []) + bearing
    told = bundle | {"events": events}
    more = told | {"events": events + _later(bearing)}
    assert _findings(told, as_of) == _findings(more, as_of)


@BOUNDED
@given(bundle=bundles(), bearing=_bearing(), as_of=asked_days)
def test_what_is_recorded_later_changes_nothing(
    bundle: Row, bearing: list[Row], as_of: date
) -> None:
    with _store() as timeline:
        timeline.import_bundle(bundle_of(bundle))
        before = f"position:{timeline.recorder.head()}"
        first = timeline.findings(bundle["issuer"]["id"], as_of=as_of, as_at=before).items
        with_more = {"format": bundle["format"], "issuer": bundle["issuer"], "events": bearing}
        timeline.import_bundle(bundle_of(with_more))
        again = timeline.findings(bundle["issuer"]["id"], as_of=as_of, as_at=before).items
    assert first == again


@BOUNDED
@given(bundle=bundles(), bearing=_bearing(), as_of=asked_days)
def test_a_draft_is_held_against_nothing_that_comes_later(
    bundle: Row, bearing: list[Row], as_of: date
) -> None:
    told = _flying(bundle | {"events": bundle.get("events", []) + bearing})
    statements = told.get("expectations", [])
    more = told | {"events": told["events"] + _told_late(told["events"], "disclosed")}
    more |= {"expectations": statements + _told_late(statements, "stated_on")}
    assert _checked(told, as_of) == _checked(more, as_of)


def _flying(bundle: Row) -> Row:
    """Name the milestone that the draft speaks of."""
    told: Row = json.loads(json.dumps(bundle).replace("m.one", "flt.first_flight"))
    return told


def _told_late(items: list[Row], key: str) -> list[Row]:
    """The same once more, told when nobody asks any more, and taking back nothing."""
    late = {key: (FIRST + LATER + LATER).isoformat()}
    kept = [{k: v for k, v in item.items() if k != "withdraws"} for item in items]
    return [item | late | {"id": f"{item['id']}-late"} for item in kept]


def _checked(bundle: Row, as_of: date) -> list[Row]:
    with _store() as timeline:
        timeline.import_bundle(bundle_of(bundle))
        published = (as_of + timedelta(days=1)).isoformat()
        return timeline.check(DRAFT, bundle["issuer"]["id"], published=published).items


def _findings(bundle: Row, as_of: date) -> list[Row]:
    with _store() as timeline:
        timeline.import_bundle(bundle_of(bundle))
        rows = timeline.findings(bundle["issuer"]["id"], as_of=as_of).items
    return [row | {"position": None} for row in rows]


def _store() -> Timeline:
    return Timeline(f"sqlite:///{Path(tempfile.mkdtemp()) / 'timeline.db'}", create=True)
