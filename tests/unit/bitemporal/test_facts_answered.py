"""How answers are given: equal values joined strictly, the overridden named, reads lazy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from timeline.bitemporal import (
    Fact,
    Known,
    Stretch,
    decided_by,
    knowledge,
    timeline,
    value_at,
    visible,
)

from .january import ALWAYS, HEAD, UNTIL_NEXT, beliefs, fact, jan, stretches

STRICTLY_DIFFERENT: list[Any] = [
    0,
    False,
    0.0,
    -0.0,
    "",
    "0",
    [],
    {},
    [0],
    [False],
    [[]],
    1,
    True,
    1.0,
    "null",
    {"a": 1},
    {"a": True},
    {"a": 1.0},
    {"a": None},
    {"b": 1},
]


def test_neighbours_of_different_json_values_stay_apart() -> None:
    facts = [fact(one, day, day + 1, place=day) for day, one in enumerate(STRICTLY_DIFFERENT, 1)]
    assert [repr(found) for found, _, _ in stretches(facts)] == list(map(repr, STRICTLY_DIFFERENT))
    told = [fact(one, 1, disclosed=day, place=day) for day, one in enumerate(STRICTLY_DIFFERENT, 1)]
    assert [repr(found) for found, _, _ in beliefs(told, 5)] == list(map(repr, STRICTLY_DIFFERENT))


def test_falsy_values_are_values() -> None:
    every: list[Any] = [0, False, 0.0, "", [], {}]
    for falsy in every:
        assert stretches([fact(falsy, 1, 3)]) == [(falsy, 1, 3)]
        assert beliefs([fact(falsy, 1, 3)], 2) == [(falsy, 1, None)]


def test_equal_neighbours_are_one_with_each_deciding_fact_once() -> None:
    whole = fact({"a": 1, "b": [2]}, 1, 9, place=1)
    inner = fact({"b": [2], "a": 1}, 3, 5, disclosed=4, place=2)
    assert timeline([inner, whole], known_at=ALWAYS, as_at=HEAD) == (
        Stretch(jan(1), jan(9), {"a": 1, "b": [2]}, (whole, inner)),
    )
    assert knowledge([inner, whole], valid_at=jan(4), as_at=HEAD) == (
        Known(jan(1), None, {"a": 1, "b": [2]}, (whole, inner)),
    )


def test_equal_values_do_not_join_across_a_gap() -> None:
    facts = [fact("a", 1, 3), fact("a", 4, 6, place=2)]
    assert stretches(facts) == [("a", 1, 3), ("a", 4, 6)]


def test_the_overridden_come_newest_first_and_could_have_held() -> None:
    facts = [
        fact("oldest", 1, 30, disclosed=1, place=1),
        fact("ended", 1, 5, disclosed=2, place=2),
        fact("open, cut off", 2, disclosed=1, place=3),
        fact("not begun", 11, disclosed=8, place=4),
        fact("winner", 4, 20, disclosed=5, place=5),
        fact("newer, cut off by an older", 3, disclosed=6, place=6),
        fact("retracted", 1, 30, disclosed=7, place=7, position_to=8),
        fact("unpublished", 1, 30, disclosed=99, place=9),
    ]
    found = value_at(facts, valid_at=jan(10), known_at=jan(50), as_at=HEAD)
    assert found.fact is facts[4]
    assert found.overridden == (facts[5], facts[2], facts[0])


def test_where_nothing_won_an_open_fact_cut_short_is_still_named() -> None:
    facts = [fact("bounded", 1, 5), fact("open", 3, place=2)]
    found = value_at(facts, valid_at=jan(6), known_at=ALWAYS, as_at=HEAD)
    assert (found.fact, found.overridden) == (None, (facts[1],))


def test_the_visible_come_in_knowledge_order() -> None:
    third, first = fact("c", 1, disclosed=5, place=1), fact("a", 1, disclosed=2, place=3)
    second, gone = fact("b", 1, disclosed=2, place=4), fact("d", 1, place=2, position_to=5)
    found = visible([third, second, gone, first], known_at=jan(5), as_at=5)
    assert found == (first, second, third)
    assert visible([third, second], known_at=jan(4), as_at=4) == (second,)


def test_a_read_from_the_newest_back_stops_when_decided() -> None:
    read: list[str] = []

    def cursor() -> Any:
        for one in (fact("too late", 9), fact("open", 3), fact("whole", 1, 8), fact("unread", 1)):
            read.append(one.value)
            yield one

    found = decided_by(cursor(), valid_at=jan(5))
    assert found is not None
    assert found.value == "open"
    assert read == ["too late", "open", "whole"]


def test_the_earliest_and_latest_instants_can_be_asked_and_used() -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    facts = [Fact("a", first, last, UNTIL_NEXT, first, 1, 1, None, "a")]
    assert timeline(facts, known_at=first, as_at=1) == (Stretch(first, last, "a", (facts[0],)),)
    assert value_at(facts, valid_at=first, known_at=first, as_at=1).fact is facts[0]
    assert value_at(facts, valid_at=last, known_at=first, as_at=1).fact is None


def test_the_query_clocks_cannot_be_given_by_place() -> None:
    with pytest.raises(TypeError):
        value_at([], jan(1), jan(1), 1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        timeline([], jan(1), 1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        knowledge([], jan(1), 1)  # type: ignore[call-arg]


def test_a_fact_that_has_just_ended_is_not_overridden() -> None:
    facts = [fact("a", 1, 5), fact("b", 1, 5, place=2), fact("c", 5, 9, place=3)]
    last = value_at(facts, valid_at=jan(4), known_at=ALWAYS, as_at=HEAD)
    assert (last.fact, last.overridden) == (facts[1], (facts[0],))
    ended = value_at(facts, valid_at=jan(5), known_at=ALWAYS, as_at=HEAD)
    assert (ended.fact, ended.overridden) == (facts[2], ())
