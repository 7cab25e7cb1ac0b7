"""Findings on the sample: what the rules come to at three dates, and what people decide on them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from api import Timeline
from api.cli import timeline as cli
from projections.compliance import rules
from timeline.bundle import read_bundle
from timeline.errors import BadInput, Conflict, NotFound
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
NOW = datetime(2020, 6, 1, 12, tzinfo=UTC)
# How what lapsed ends at the three dates, by PC-06: nothing yet; two without a word, one in its
# grace; that one without a word too, two more in theirs, and one that was spoken of in time.
SILENT = [
    [],
    ["fail", "fail", "needs_review"],
    ["fail", "fail", "fail", "needs_review", "needs_review", "pass"],
]
BEFORE, BETWEEN, AFTER = "2008-07-08", "2008-12-31", "2009-04-01"


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, clock=InjectedClock(NOW), recorded_by="ann") as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        yield timeline


def _found(timeline: Timeline, as_of: str, rule: str) -> dict[str, str]:
    """Return how the rule ends, by what it is about."""
    rows = timeline.findings("migenix", rules=(rule,), as_of=as_of).items
    return {row["statement"] or row["event"] or row["document"]: row["result"] for row in rows}


def test_a_date_has_the_findings_of_that_date(timeline: Timeline) -> None:
    lapsed = {day: _found(timeline, day, "PC-06") for day in (BEFORE, BETWEEN, AFTER)}
    assert [sorted(lapsed[day].values()) for day in (BEFORE, BETWEEN, AFTER)] == SILENT
    assert lapsed[BETWEEN]["ex-cel-vkr-7"] == "fail"  # over on 2008-09-02, and nothing came
    assert lapsed[AFTER]["ex-cls-p3-2"] == "pass"  # over on 2008-12-31, put on hold in March
    meeting = [_found(timeline, day, "CA-BC-167")["ev-co-req"] for day in (BEFORE, BETWEEN)]
    assert meeting == ["needs_review", "pass"]  # settled on 2008-08-11
    assert _found(timeline, BEFORE, "PC-05").get("ex-om-top-16") is None
    assert _found(timeline, BETWEEN, "PC-05")["ex-om-top-16"] == "pass"  # told as a revision


def test_a_failed_condition_is_never_called_missed(timeline: Timeline) -> None:
    hanging = ("ex-om-nda-10", "ex-om-nda-12", "ex-om-row-03")
    before, after = (_found(timeline, day, "PC-08") for day in (BETWEEN, AFTER))
    assert [before[one] for one in hanging] == ["needs_review"] * 3
    assert [after[one] for one in hanging] == ["pass"] * 3


def test_the_partner_s_revision_was_passed_on_the_same_day(timeline: Timeline) -> None:
    assert _found(timeline, "2008-09-15", "US-DUTY-UPDATE")["ex-om-top-14"] == "pass"
    assert _found(timeline, "2008-09-15", "CA-58-2")["ex-om-top-14"] == "pass"


def test_every_finding_has_an_id_of_its_own(timeline: Timeline) -> None:
    for day in (BEFORE, BETWEEN, AFTER):
        told = [row["finding"] for row in timeline.findings("migenix", as_of=day).items]
        assert len(told) == len(set(told)) > 40


def test_a_finding_says_which_items_decided(timeline: Timeline) -> None:
    known = {row["data"]["id"] for row in timeline.events(issuer="migenix", limit=1_000).items}
    for row in timeline.findings("migenix", as_of=AFTER).items:
        assert set(row["because"]) <= known, row
        assert row["why"]
        if row["result"] == "fail":
            assert row["because"], row


def test_the_document_in_hand_can_be_named(timeline: Timeline) -> None:
    asked: dict[str, Any] = {"rules": ("US-PSLRA-01",), "as_of": AFTER}
    rows = timeline.findings("migenix", document="mgi-2008-07-08", **asked).items
    assert {"ex-om-sales", "ex-mx-ind"} <= {row["statement"] for row in rows}
    with pytest.raises(NotFound, match="no document"):
        timeline.findings("migenix", document="mgi-2009-07-10", **asked)


def test_what_is_not_there_is_told(timeline: Timeline) -> None:
    with pytest.raises(NotFound, match="the rules are US-PSLRA-01"):
        timeline.findings("migenix", rules=("PC-99",))
    with pytest.raises(BadInput, match="needs_review"):
        timeline.findings("migenix", result="violation")


def test_a_waiver_is_an_event_with_who_and_why(timeline: Timeline) -> None:
    wanted = timeline.findings("migenix", rules=("PC-06",), result="fail", as_of=BETWEEN).items[0]
    timeline.review("migenix", wanted["finding"], "waived", reason="told by phone", as_of=BETWEEN)
    (row,) = _again(timeline, wanted)
    assert row["waived"]
    assert [(one["by"], one["reason"]) for one in row["reviews"]] == [("ann", "told by phone")]
    assert row["result"] == "fail"  # what the rule comes to is not changed by it
    assert not _again(timeline, wanted, as_at=f"position:{wanted['position']}")[0]["waived"]
    timeline.review("migenix", wanted["finding"], "confirmed", reason="no", as_of=BETWEEN)
    assert not _again(timeline, wanted)[0]["waived"]


def test_a_critical_one_wants_a_second_person(timeline: Timeline, store_url: str) -> None:
    wanted = timeline.findings("migenix", rules=("CA-58-5",), as_of=BETWEEN).items[-1]
    assert rules()["CA-58-5"].second_person
    timeline.review("migenix", wanted["finding"], "waived", reason="small", as_of=BETWEEN)
    assert not _again(timeline, wanted)[0]["waived"]
    with pytest.raises(Conflict, match="ann has waived it already"):
        timeline.review("migenix", wanted["finding"], "waived", reason="small", as_of=BETWEEN)
    with Timeline(store_url, clock=InjectedClock(NOW), recorded_by="bob") as other:
        other.review("migenix", wanted["finding"], "waived", reason="agreed", as_of=BETWEEN)
    assert _again(timeline, wanted)[0]["waived"]


def _again(timeline: Timeline, wanted: dict[str, Any], **clocks: Any) -> list[dict[str, Any]]:
    asked = timeline.findings("migenix", rules=(wanted["rule"],), as_of=BETWEEN, **clocks)
    return [row for row in asked.items if row["finding"] == wanted["finding"]]


def test_the_verbs_find_and_review(timeline: Timeline, store_url: str) -> None:
    rows = _json(store_url, "findings", "migenix", "--as-of", BETWEEN, "--result", "fail")
    assert rows == timeline.findings("migenix", result="fail", as_of=BETWEEN).items
    told = ("waived", "--reason", "told by phone", "--as-of", BETWEEN)
    written = _json(store_url, "review", "migenix", rows[0]["finding"], *told)
    assert written["added"]
    again = _json(store_url, "findings", "migenix", "--as-of", BETWEEN, "--result", "fail")
    assert [row["waived"] for row in again] == [True, *(False for _ in again[1:])]


def _json(url: str, *args: str) -> Any:
    result = CliRunner().invoke(cli, [*args, "--json"], env={"TIMELINE_DATABASE_URL": url})
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_findings_of_then_and_now_are_held_side_by_side(timeline: Timeline) -> None:
    then = f"position:{timeline.recorder.head()}"
    wanted = timeline.findings("migenix", rules=("PC-06",), result="fail", as_of=BETWEEN).items[0]
    timeline.review("migenix", wanted["finding"], "waived", reason="told by phone", as_of=BETWEEN)
    told = timeline.replay("findings", "migenix", as_at=then, as_of=BETWEEN)
    (row,) = told.differences
    assert row["finding"] == wanted["finding"]
    assert (row["was"]["waived"], row["is"]["waived"]) == (False, True)
    assert [one["type"] for one in row["because"]] == ["compliance.finding_reviewed"]
