"""What held when: the rules of layering one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from timeline.bitemporal import decided_by, knowledge, timeline, value_at
from timeline.errors import InvalidPeriod

from .january import ALWAYS, FOREVER, HEAD, beliefs, fact, jan, stretches, value, values


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


def test_an_open_fact_may_start_exactly_where_an_older_one_ends() -> None:
    facts = [fact("a", 1, 5), fact("b", 5, place=2)]
    assert stretches(facts) == [("a", 1, 5), ("b", 5, None)]
    assert values(facts, 4, 5, 6) == ["a", "b", "b"]
