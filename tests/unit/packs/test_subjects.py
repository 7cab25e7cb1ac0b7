"""What packs let events say about subjects: names, attributes, ends, and amounts."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from timeline.events import Event
from timeline.packs import BUILT_IN, MONEY, names_in, vocabulary

TYPES = [
    told
    for name in BUILT_IN
    for told in json.loads((files("timeline.packs") / f"{name}.json").read_bytes())["event_types"]
    if "states" in told
]
ROLES = MONEY | {"name", "status", "term"}
USD = {"amount": 5, "currency": "USD"}


def stated(name: str, program: str | None = "lark-9", **facts: Any) -> dict[str, dict[str, Any]]:
    event = Event(type=name, issuer="larkspur", item="e1", program=program, facts=facts)
    told: dict[str, dict[str, Any]] = {}
    for subject, attribute, value in vocabulary().stated(event):
        told.setdefault(subject, {})[attribute] = value
    return told


@pytest.mark.parametrize("told", TYPES, ids=lambda told: str(told["id"]))
def test_an_event_type_states_what_its_subject_has_from_fields_it_has(told: dict[str, Any]) -> None:
    fields = {field.partition(":")[0] for field in told["fields"]}
    for entry in told["states"]:
        assert set(entry) <= {"subject", "facts", "values", "when", "each", "adds", "with", "ends"}
        kind = vocabulary().subjects[entry["subject"]]
        assert set(entry.get("when", {})) <= fields
        used = [one.partition("=") for one in entry.get("facts", ())]
        attributes = {a for a, _, _ in used} | set(entry.get("adds", {}))
        assert attributes <= set(kind.attributes)
        for attribute, _, names in used:
            assert fields & set((names or attribute).split("|")), attribute


def test_kinds_of_subject_have_known_roles_and_name_a_question() -> None:
    for kind in vocabulary().subjects.values():
        assert set(kind.attributes.values()) <= ROLES, kind.id
        assert kind.part in ("commitments", "governance")


def test_a_licence_is_named_by_its_program_and_counterparty() -> None:
    told = stated("licensing.terms_stated", counterparty="Reed", milestones_max=USD, royalty="5%")
    assert told == {
        "licence:lark-9:Reed": {
            "counterparty": "Reed",
            "royalty": "5%",
            "milestones_max": USD,
            "status": "in_force",
        }
    }


def test_what_names_nobody_states_nothing() -> None:
    assert stated("licensing.terms_stated", milestones_max=USD) == {}
    assert stated("licensing.terms_stated", counterparty="") == {}
    assert stated("licensing.terms_stated", counterparty={"name": "Reed"}) == {}


def test_names_with_colons_stay_apart() -> None:
    one = stated("licensing.terms_stated", program="a:b", counterparty="c")
    other = stated("licensing.terms_stated", program="a", counterparty="b:c")
    assert set(one) & set(other) == set()
    assert [names_in(name) for name in one] == [["licence", "a:b", "c"]]
    assert names_in(next(iter(stated("licensing.terms_stated", counterparty="50%3A")))) == [
        *("licence", "lark-9", "50%3A"),
    ]


def test_without_a_program_it_is_the_issuer_s() -> None:
    assert list(stated("licensing.terms_stated", program=None, counterparty="Reed")) == [
        "licence::Reed"
    ]


def test_an_end_takes_terms_and_what_was_possible_and_leaves_the_rest() -> None:
    (told,) = stated("licensing.agreement_terminated", counterparty="Reed").values()
    assert told["status"] == "ended"
    assert {told["milestones_max"], told["royalty"], told["territory"]} == {None}
    assert {"upfront", "equity", "received"} & set(told) == set()


def test_an_unknown_amount_is_not_an_amount_that_is_gone() -> None:
    (told,) = stated("grants.awarded", funder="Fund", amount=None).values()
    assert told["amount"] == {"amount": None, "currency": None}
    (worded,) = stated("licensing.terms_stated", counterparty="R", upfront="small").values()
    assert worded["upfront"] == {"amount": None, "currency": None, "words": "small"}
    (silent,) = stated("grants.awarded", funder="Fund").values()
    assert "amount" not in silent


def test_payments_are_told_apart_by_their_event() -> None:
    told = stated(
        "licensing.payment_received", counterparty="R", amount=USD, payment_kind="milestone"
    )
    assert told["licence:lark-9:R"]["received:e1"] == {**USD, "payment_kind": "milestone"}


def test_a_list_of_people_is_a_subject_each() -> None:
    told = stated(
        "governance.board_changed", None, joined=["Ann", 7, ""], left=["Bob"], size_after=2
    )
    assert told == {
        "board": {"size": 2},
        "director:Ann": {"status": "in_office"},
        "director:Bob": {"status": "left"},
    }
    assert stated("governance.board_changed", None, joined="Ann") == {}


def test_a_setting_waits_for_its_facts() -> None:
    assert stated("licensing.option_exercised", counterparty="R", result="other") == {}
    lapsed = stated("licensing.option_exercised", counterparty="R", result="lapsed")
    assert lapsed["licence:lark-9:R"]["status"] == "ended"
