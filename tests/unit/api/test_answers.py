"""Answers in pages, and cursors that are taken only as they were given."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers import PAGE_MAX, Answer, Cursor
from api.clocks import Asked
from timeline.bitemporal import Clocks
from timeline.errors import BadInput

AT = datetime(2008, 9, 1, 23, 59, 59, 999999, tzinfo=UTC)
ASKED = Asked(
    Clocks(as_of=AT, known_at=AT, as_at=7), "2008-09-01", "2008-09-01", "position:7", closed=False
)
ROWS = [{"row": number} for number in range(10)]


def encoded(told: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(told)).decode()


def pages(limit: int) -> list[list[dict[str, Any]]]:
    answer = Answer(ASKED, ROWS)
    page = answer.page(limit=limit)
    found = [page.items]
    while page.next is not None:
        page = answer.page(limit=limit, cursor=page.next)
        found.append(page.items)
    return found


def test_the_body_opens_with_the_clocks() -> None:
    body = Answer(ASKED, ROWS[:1]).body()
    assert list(body) == ["as_of", "known_at", "as_at", "position", "items", "next"]
    assert body["position"] == 7


def test_one_row_has_the_position_of_the_answer() -> None:
    only = Answer(ASKED, [{"document": "d", "position": 3}]).only()
    assert only["position"] == 7
    assert list(only)[:4] == ["as_of", "known_at", "as_at", "position"]


@pytest.mark.parametrize("limit", [1, 3, 5, 9, 10, 11])
def test_pages_hold_every_row_once(limit: int) -> None:
    found = pages(limit)
    assert [row for page in found for row in page] == ROWS
    assert {len(page) for page in found[:-1]} <= {limit}
    assert found[-1]


def test_the_last_page_has_no_next_even_when_full() -> None:
    assert Answer(ASKED, ROWS).page(limit=10).next is None
    assert Answer(ASKED, []).page(limit=1).next is None


@pytest.mark.parametrize("limit", [0, -1, PAGE_MAX + 1])
def test_a_limit_out_of_bounds_is_refused(limit: int) -> None:
    with pytest.raises(BadInput, match="limit"):
        Answer(ASKED, ROWS).page(limit=limit)


def test_a_cursor_pins_the_clocks() -> None:
    cursor = Cursor.read(Cursor.at(ASKED, 4, question="q").text(), question="q")
    assert cursor.offset == 4
    assert cursor.pins() == {
        "as_of": "2008-09-01",
        "known_at": "2008-09-01",
        "as_at": "position:7",
    }


def test_a_cursor_of_the_log_pins_its_position_alone() -> None:
    assert Cursor.at(ASKED, 4, only_as_at=True).pins() == {"as_at": "position:7"}


def test_a_cursor_of_another_question_is_refused() -> None:
    with pytest.raises(BadInput, match="another question"):
        Cursor.read(Cursor.at(ASKED, 4, question="milestones").text(), question="documents")


@pytest.mark.parametrize(
    "told",
    [
        [-1, "2008-09-01", "2008-09-01", "position:7", ""],
        ["4", "2008-09-01", "2008-09-01", "position:7", ""],
        [4.0, "2008-09-01", "2008-09-01", "position:7", ""],
        [True, "2008-09-01", "2008-09-01", "position:7", ""],
        [4, "2008-09-01", "2008-09-01", "position:7"],
        [4, None, "2008-09-01", "position:7", ""],
        {"offset": 4},
        4,
        None,
        [],
    ],
)
def test_what_we_would_not_have_written_is_no_cursor(told: Any) -> None:
    with pytest.raises(BadInput, match="not a cursor of ours"):
        Cursor.read(encoded(told))


@given(st.text() | st.binary().map(lambda b: base64.urlsafe_b64encode(b).decode()))
def test_garbage_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        Cursor.read(text)
    assert refused.value.place == "cursor"


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=6))
def test_garbage_in_our_own_dress_is_refused(told: Any) -> None:
    with pytest.raises(BadInput, match="cursor"):
        Cursor.read(encoded(told))


@given(
    st.integers(0, 2**53),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_every_cursor_of_ours_is_read_back(offset: int, question: str) -> None:
    cursor = Cursor.at(ASKED, offset, question=question)
    assert Cursor.read(cursor.text(), question=question) == cursor
