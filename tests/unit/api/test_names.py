"""Issuers and programs are found by id, name and alias."""

from __future__ import annotations

import pytest

from api.names import find
from timeline.errors import BadInput, NotFound

PROGRAMS = {
    "omigard": ["Omigard", "MX-226", "MBI-226"],
    "celgosivir": ["Celgosivir", "MX-3253"],
    "twin": ["", "MX-226b"],
}


@pytest.mark.parametrize("called", ["omigard", "Omigard", "OMIGARD", "mx-226", "MBI-226"])
def test_id_name_and_alias_find_it_in_any_case(called: str) -> None:
    assert find(called, PROGRAMS, "program") == "omigard"


def test_an_id_wins_over_the_alias_of_another() -> None:
    names = {"a": ["b"], "b": []}
    assert find("b", names, "program") == "b"


def test_a_near_miss_is_told_as_it_is_spelled() -> None:
    with pytest.raises(NotFound, match="did you mean Omigard") as missed:
        find("omigart", PROGRAMS, "program")
    assert missed.value.place == "program"


def test_a_name_like_no_other_gets_the_list() -> None:
    with pytest.raises(NotFound, match="there are omigard, celgosivir, twin"):
        find("zzz", PROGRAMS, "program")


def test_where_nothing_is_recorded_it_says_so() -> None:
    with pytest.raises(NotFound, match="nothing is recorded yet"):
        find("omigard", {}, "program")


def test_a_name_of_two_is_refused() -> None:
    with pytest.raises(BadInput, match="may be a or b; use the id"):
        find("same", {"a": ["Same"], "b": ["SAME"]}, "issuer")


def test_an_empty_name_finds_nobody() -> None:
    with pytest.raises(NotFound):
        find("", PROGRAMS, "program")
