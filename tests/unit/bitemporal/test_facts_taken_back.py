"""Corrections and retractions move on the audit axis; the company's own news does not."""

from __future__ import annotations

from .january import beliefs, fact, jan, stretches, value

CORRECTED = [
    fact("misread", 1, 9, disclosed=1, place=1, position_to=3),
    fact("later news", 1, 9, disclosed=1, place=2),
    fact("well read", 1, 9, disclosed=1, place=1, position=3),
]


def test_a_correction_keeps_its_place_and_does_not_overtake() -> None:
    assert value(CORRECTED, 5) == "later news"
    assert beliefs(CORRECTED, 5) == [("later news", 1, None)]


def test_a_correction_moves_on_the_audit_axis_only() -> None:
    alone = [CORRECTED[0], CORRECTED[2]]
    assert [value(alone, 5, as_at=head) for head in (0, 1, 2, 3)] == [
        "nothing",
        "misread",
        "misread",
        "well read",
    ]
    assert value(alone, 5, known_at=jan(1)) == "well read"
    assert beliefs(alone, 5, as_at=2) == [("misread", 1, None)]
    assert beliefs(alone, 5) == [("well read", 1, None)]


def test_a_correction_of_the_disclosure_moves_on_the_public_axis() -> None:
    facts = [
        fact("a", 1, 9, disclosed=2, place=1, position_to=3),
        fact("b", 1, 9, disclosed=4, place=2),
        fact("a", 1, 9, disclosed=6, place=1, position=3),
    ]
    assert beliefs(facts, 5, as_at=2) == [("a", 2, 4), ("b", 4, None)]
    assert beliefs(facts, 5, as_at=3) == [("b", 4, 6), ("a", 6, None)]


def test_a_retraction_brings_back_what_was_hidden() -> None:
    facts = [fact("a", 1, 9), fact("b", 1, 9, disclosed=2, place=2, position_to=3)]
    assert [value(facts, 5, as_at=head) for head in (1, 2, 3)] == ["a", "b", "a"]
    assert stretches(facts) == [("a", 1, 9)]
    assert beliefs(facts, 5) == [("a", 1, None)]
    assert beliefs(facts, 5, as_at=2) == [("a", 1, 2), ("b", 2, None)]


def test_a_retraction_of_the_only_fact_leaves_nothing() -> None:
    facts = [fact("a", 1, position_to=2)]
    assert value(facts, 5) == "nothing"
    assert stretches(facts) == []
    assert stretches(facts, as_at=1) == [("a", 1, None)]


def test_a_retracted_boundary_ends_nothing() -> None:
    facts = [fact("b", 5, place=1, position_to=3), fact("a", 1, place=2)]
    assert stretches(facts, as_at=2) == [("a", 1, 5), ("b", 5, None)]
    assert stretches(facts) == [("a", 1, None)]
    assert [value(facts, 7, as_at=head) for head in (2, 3)] == ["b", "a"]
