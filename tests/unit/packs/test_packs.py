"""Packs are data: what they say must hold together, and what they do not know moves nothing."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from timeline.events import Event
from timeline.packs import BUILT_IN, Setting, Vocabulary, vocabulary

PACKS: dict[str, dict[str, Any]] = {
    name: json.loads((files("timeline.packs") / f"{name}.json").read_bytes()) for name in BUILT_IN
}
TYPES = [(name, told) for name, pack in PACKS.items() for told in pack["event_types"]]
MILESTONES = [(name, told) for name, pack in PACKS.items() for told in pack["milestones"]]
STATUS = {"stage", "activity", "partner", "rights"}
KINDS = {"occurrence", "state", "statement", "correction"}


def settings(name: str, **facts: Any) -> list[tuple[str, Any]]:
    event = Event(type=name, issuer="larkspur", item="e", program="lark-9", facts=facts)
    return [(s.attribute, s.read(event.facts)) for s in vocabulary().settings(event)]


@pytest.mark.parametrize(
    ("pack", "told"), TYPES, ids=lambda v: v if isinstance(v, str) else v["id"]
)
def test_an_event_type_is_whole(pack: str, told: dict[str, Any]) -> None:
    assert told["label"]
    assert told["kind"] in KINDS
    assert told["id"].count(".") == 1
    for setting in told.get("sets", ()):
        assert setting["attribute"] in STATUS
        assert set(setting) <= {"attribute", "value", "when"}
        _check_named_facts(setting, [field.partition(":")[0] for field in told["fields"]])


def _check_named_facts(setting: dict[str, Any], fields: list[str]) -> None:
    assert set(setting.get("when", {})) <= set(fields)
    if isinstance(setting["value"], dict):
        assert list(setting["value"]) == ["fact"]
        assert setting["value"]["fact"] in fields


def test_stages_that_are_set_are_stages() -> None:
    stages = {s for pack in PACKS.values() for s in pack["stages"]}
    assert stages == set(vocabulary().stages)
    for _, told in TYPES:
        for setting in told.get("sets", ()):
            if setting["attribute"] == "stage" and not isinstance(setting["value"], dict):
                assert setting["value"] in stages


@pytest.mark.parametrize(
    ("pack", "told"), MILESTONES, ids=lambda v: v if isinstance(v, str) else v["id"]
)
def test_a_milestone_is_met_and_failed_by_known_types(pack: str, told: dict[str, Any]) -> None:
    known = {told["id"] for _, told in TYPES}
    assert told["label"]
    assert told["satisfied_by"]
    for pattern in (*told["satisfied_by"], *told["failed_by"]):
        assert pattern.partition("[")[0] in known


@pytest.mark.parametrize("listed", [TYPES, MILESTONES], ids=["event types", "milestones"])
def test_ids_are_unlike_over_all_packs(listed: list[tuple[str, dict[str, Any]]]) -> None:
    names = [told["id"] for _, told in listed]
    assert len(names) == len(set(names))


def test_all_of_every_pack_is_loaded() -> None:
    loaded = vocabulary()
    assert set(loaded.event_types) == {told["id"] for _, told in TYPES}
    assert set(loaded.milestones) == {told["id"] for _, told in MILESTONES}
    assert loaded.packs == {name: PACKS[name]["version"] for name in BUILT_IN}
    assert set(vocabulary(("core",)).packs) == {"core"}
    assert "clinical.trial_started" not in vocabulary(("core",)).event_types


def test_core_knows_no_domain() -> None:
    text = json.dumps(PACKS["core"]["milestones"]).lower()
    assert PACKS["core"]["stages"] == []
    assert [word for word in ("clinical", "phase", "trial", "drug") if word in text] == []


def test_core_carries_reached_and_failed_for_any_milestone() -> None:
    assert {"milestone.reached", "milestone.failed"} <= set(vocabulary(("core",)).event_types)


def test_a_type_nobody_knows_moves_nothing() -> None:
    assert settings("mining.resource_estimated", stage="resource_defined", state="on_hold") == []


def test_a_type_that_sets_nothing_moves_nothing() -> None:
    assert settings("program.registered", stage="phase1") == []


def test_a_setting_may_be_a_value_or_a_fact_of_the_event() -> None:
    assert settings("program.discontinued") == [("activity", "discontinued")]
    assert settings("program.stage_stated", stage="prototype") == [("stage", "prototype")]
    signed = settings("licensing.agreement_signed", direction="out", counterparty="Cadence")
    assert signed == [("partner", "Cadence"), ("rights", "out_licensed")]


def test_a_setting_waits_for_its_facts() -> None:
    assert settings("program.hold_changed") == []
    assert settings("program.hold_changed", state="thinking") == []
    assert settings("program.hold_changed", state="resumed") == [("activity", "active")]
    both = {"phase": "PHASE3", "phase_completed": False}
    assert settings("clinical.results_reported", **both) == []
    done = {"phase": "PHASE3", "phase_completed": True}
    assert settings("clinical.results_reported", **done) == [("stage", "phase3_complete")]


def test_null_says_that_nothing_holds_and_silence_says_nothing() -> None:
    assert ("partner", None) in settings("licensing.agreement_terminated")
    assert settings("program.stage_stated", stage=None) == [("stage", None)]
    assert settings("program.stage_stated", wording="well on its way") == []
    signed = settings("licensing.agreement_signed", direction="out")
    assert signed == [("rights", "out_licensed")]


def test_a_milestone_is_called_by_its_label_or_by_its_name() -> None:
    assert vocabulary().milestone_label("gov.meeting_held") == "Meeting held"
    assert vocabulary().milestone_label("flight.first") == "flight.first"


def test_a_vocabulary_of_ones_own_needs_no_code() -> None:
    told = {"id": "flight.flown", "sets": [{"attribute": "stage", "value": "flying"}]}
    own = Vocabulary({}, {"flight.flown": told}, {}, ("flying",))
    flown = Event(type="flight.flown", issuer="larkspur", item="e")
    assert list(own.settings(flown)) == [Setting("stage", "flying", {})]
