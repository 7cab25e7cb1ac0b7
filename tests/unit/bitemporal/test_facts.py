"""What held when: the rules of the core one at a time, in days of January 2008."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from timeline.bitemporal import (
    Fact,
    Known,
    OpenEnd,
    Stretch,
    decided_by,
    knowledge,
    timeline,
    value_at,
    visible,
)
from timeline.errors import InvalidPeriod

HEAD = 1000
FOREVER, UNTIL_NEXT = OpenEnd.FOREVER, OpenEnd.UNTIL_NEXT


def jan(day: int) -> datetime:
    return datetime(2008, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)


ALWAYS = jan(10_000)


def fact(
    value: Any,
    start: int,
    end: int | None = None,
    *,
    open_end: OpenEnd = UNTIL_NEXT,
    disclosed: int = 1,
    place: int = 1,
    position: int | None = None,
    position_to: int | None = None,
) -> Fact:
    return Fact(
        value=value,
        valid_from=jan(start),
        valid_to=None if end is None else jan(end),
        open_end=open_end,
        disclosed_at=jan(disclosed),
        place=place,
        position=place if position is None else position,
        position_to=position_to,
        event=f"{value}@{place}",
    )


def value(facts: list[Fact], day: int, *, known_at: datetime = ALWAYS, as_at: int = HEAD) -> Any:
    found = value_at(facts, valid_at=jan(day), known_at=known_at, as_at=as_at).fact
    return "nothing" if found is None else found.value


def values(facts: list[Fact], *days: int) -> list[Any]:
    return [value(facts, day) for day in days]


def number(day: datetime | None) -> int | None:
    return None if day is None else (day - jan(0)).days


def stretches(facts: list[Fact], *, as_at: int = HEAD) -> list[tuple[Any, ...]]:
    return [
        (s.value, number(s.valid_from), number(s.valid_to))
        for s in timeline(facts, known_at=ALWAYS, as_at=as_at)
    ]


def beliefs(facts: list[Fact], day: int, *, as_at: int = HEAD) -> list[tuple[Any, ...]]:
    return [
        (k.value, number(k.known_from), number(k.known_to))
        for k in knowledge(facts, valid_at=jan(day), as_at=as_at)
    ]


def test_no_facts_hold_nothing() -> None:
    found = value_at([], valid_at=jan(1), known_at=ALWAYS, as_at=HEAD)
    assert (found.fact, found.overridden) == (None, ())
    assert timeline([], known_at=ALWAYS, as_at=HEAD) == ()
    assert knowledge([], valid_at=jan(1), as_at=HEAD) == ()
    assert decided_by([], valid_at=jan(1)) is None


@pytest.mark.parametrize("end", [5, 4, 1])
def test_a_fact_that_holds_no_time_is_refused(end: int) -> None:
    with pytest.raises(InvalidPeriod, match="a@1"):
        fact("a", 5, end)


def test_a_fact_of_any_json_value_can_be_put_in_a_set() -> None:
    listed, mapped = fact([1], 1), fact({"a": [1]}, 1, place=2)
    assert len({listed, mapped, listed}) == 2


def test_a_period_includes_its_start_and_excludes_its_end_to_the_microsecond() -> None:
    facts, tick = [fact("a", 5, 8)], timedelta(microseconds=1)
    held = [
        value_at(facts, valid_at=instant, known_at=ALWAYS, as_at=HEAD).fact is not None
        for instant in (jan(5) - tick, jan(5), jan(8) - tick, jan(8))
    ]
    assert held == [False, True, True, False]
    assert stretches(facts) == [("a", 5, 8)]


def test_both_knowing_clocks_are_inclusive_to_the_smallest_unit() -> None:
    facts, tick = [fact("a", 1, disclosed=7, place=4)], timedelta(microseconds=1)
    assert value(facts, 9, known_at=jan(7)) == "a"
    assert value(facts, 9, known_at=jan(7) - tick) == "nothing"
    assert value(facts, 9, as_at=4) == "a"
    assert value(facts, 9, as_at=3) == "nothing"


def test_the_last_published_wins_over_the_last_recorded() -> None:
    facts = [fact("new", 1, 9, disclosed=6, place=1), fact("old", 1, 9, disclosed=2, place=2)]
    assert value(facts, 5) == "new"
    assert stretches(facts) == [("new", 1, 9)]
    assert beliefs(facts, 5) == [("old", 2, 6), ("new", 6, None)]


def test_within_one_publication_the_last_recorded_wins() -> None:
    facts = [fact("second", 1, 9, place=2), fact("first", 1, 9, place=1)]
    assert value(facts, 5) == "second"
    assert beliefs(facts, 5) == [("second", 1, None)]


def test_what_is_published_later_is_not_known_yet() -> None:
    facts = [fact("a", 1, disclosed=1, place=1), fact("b", 1, disclosed=9, place=2)]
    assert value(facts, 20, known_at=jan(8)) == "a"
    assert value(facts, 20, known_at=jan(9)) == "b"


def test_the_end_of_a_bounded_fact_uncovers_what_it_hid() -> None:
    facts = [fact("a", 1, place=1), fact("b", 3, 5, place=2)]
    assert stretches(facts) == [("a", 1, 3), ("b", 3, 5), ("a", 5, None)]
    assert values(facts, 2, 3, 4, 5) == ["a", "b", "b", "a"]


def test_late_news_of_january_does_not_erase_march() -> None:
    facts = [fact("march", 60, place=1), fact("january", 5, disclosed=90, place=2)]
    assert stretches(facts) == [("january", 5, 60), ("march", 60, None)]
    assert values(facts, 4, 5, 59, 60) == ["nothing", "january", "january", "march"]


def test_forever_overrides_everything_after_it() -> None:
    march, january = fact("march", 60), fact("january", 5, open_end=FOREVER, place=2)
    assert stretches([march, january]) == [("january", 5, None)]
    assert values([march, january], 59, 60) == ["january", "january"]


def test_an_earlier_forever_bounds_what_comes_later() -> None:
    facts = [fact("march", 60, open_end=FOREVER), fact("january", 5, place=2)]
    assert stretches(facts) == [("january", 5, 60), ("march", 60, None)]
    assert values(facts, 59, 60) == ["january", "march"]


def test_an_open_fact_ends_where_a_bounded_stretch_ends() -> None:
    facts = [fact("a", 1, place=1), fact("b", 3, 9, place=2), fact("c", 5, place=3)]
    assert stretches(facts) == [("a", 1, 3), ("b", 3, 5), ("c", 5, 9), ("a", 9, None)]
    assert values(facts, 8, 9) == ["c", "a"]


def test_an_open_fact_in_a_gap_ends_where_the_gap_ends() -> None:
    facts = [fact("a", 1, 3), fact("b", 7, 9, place=2), fact("c", 4, place=3)]
    assert stretches(facts) == [("a", 1, 3), ("c", 4, 7), ("b", 7, 9)]
    assert values(facts, 3, 6, 7, 9) == ["nothing", "c", "b", "nothing"]


def test_an_open_fact_after_everything_does_not_end() -> None:
    facts = [fact("a", 1, 3), fact("c", 4, place=2)]
    assert stretches(facts) == [("a", 1, 3), ("c", 4, None)]


def test_a_stretch_is_of_one_operation_not_of_one_value() -> None:
    facts = [fact("a", 1, 5), fact("a", 5, 9, place=2), fact("b", 3, place=3)]
    assert stretches(facts) == [("a", 1, 3), ("b", 3, 5), ("a", 5, 9)]
    assert values(facts, 4, 5) == ["b", "a"]


def test_the_pieces_of_a_split_operation_are_two_stretches() -> None:
    facts = [fact("a", 1, 20), fact("b", 8, 10, place=2), fact("c", 3, place=3)]
    assert stretches(facts) == [("a", 1, 3), ("c", 3, 8), ("b", 8, 10), ("a", 10, 20)]


def test_the_end_of_an_open_fact_is_not_moved_by_what_came_later() -> None:
    # c reaches to the end of a; the later d then lies over c, and ends within it.
    facts = [fact("a", 1, 20), fact("c", 5, place=2), fact("d", 8, 10, place=3)]
    assert stretches(facts) == [("a", 1, 5), ("c", 5, 8), ("d", 8, 10), ("c", 10, 20)]
    assert values(facts, 9, 10, 19, 20) == ["d", "c", "c", "nothing"]


def test_the_end_of_an_open_fact_moves_with_what_may_be_seen() -> None:
    facts = [
        fact("march", 60, disclosed=3, place=1),
        fact("january", 5, disclosed=5, place=2),
        fact("february", 32, disclosed=4, place=9),
    ]
    assert value(facts, 40) == "february"
    assert value(facts, 40, as_at=8) == "january"
    assert value(facts, 70, known_at=jan(2)) == "nothing"


def test_two_open_facts_of_one_start_end_together_and_the_newer_holds() -> None:
    facts = [fact("end", 9), fact("a", 5, place=2), fact("b", 5, place=3)]
    assert stretches(facts) == [("b", 5, 9), ("end", 9, None)]
    assert values(facts, 5, 8, 9) == ["b", "b", "end"]


def test_null_hides_what_it_covers_and_brings_nothing_back() -> None:
    facts = [fact("a", 1, place=1), fact(None, 3, 5, disclosed=2, place=2)]
    assert values(facts, 2, 4, 5) == ["a", None, "a"]
    assert stretches(facts) == [("a", 1, 3), ("a", 5, None)]
    assert beliefs(facts, 4) == [("a", 1, 2)]


def test_a_null_boundary_ends_a_later_open_fact() -> None:
    facts = [fact(None, 6, 9), fact("a", 2, place=2)]
    assert stretches(facts) == [("a", 2, 6)]


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
