"""No cell of a CSV becomes a formula, and every text is read back as it was told."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.forms.as_csv import csv_of, guarded


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        *((text, True) for text in ("=1", "+1", "-1", "@a", "\t1", "\r1", " =1", "\uff1d1")),
        *((text, False) for text in ("", "1", "a=1", "2021-01-01", "'=1", "(1)", "a; b", "a\nb")),
    ],
)
def test_a_text_that_could_begin_a_formula_has_an_apostrophe_before_it(
    text: str, guard: bool
) -> None:
    assert guarded(text) == (f"'{text}" if guard else text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a;=1", "a;'=1"),
        ("a\t+1", "a\t'+1"),
        ("a\n@1", "a\n'@1"),
        ("a\r\n  -1", "a\r\n  '-1"),
        ("a;\uff1d1;b", "a;'\uff1d1;b"),
        ("=1;=2", "'=1;'=2"),
        ("\n=1", "'\n'=1"),
    ],
)
def test_nor_where_a_spreadsheet_would_begin_another_cell(text: str, told: str) -> None:
    assert guarded(text) == told


def test_a_long_text_is_guarded_in_linear_time() -> None:
    started = time.monotonic()
    assert guarded("\n; " * 400_000 + "=1").endswith("'=1")
    assert time.monotonic() - started < 5


def test_days_and_numbers_are_as_they_are() -> None:
    assert csv_of(["a", "b", "c", "d"], [[-5, -0.5, None, "-5"]]) == b"a,b,c,d\r\n-5,-0.5,,'-5\r\n"


# What a spreadsheet keeps of a cell: NUL is none of it.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_what_is_written_is_read_back(lines: list[tuple[str, str]]) -> None:
    told = csv_of(("a", "b"), lines).decode()
    head, *read = csv.reader(io.StringIO(told, newline=""))
    assert head == ["a", "b"]
    assert read == [[guarded(text) for text in line] for line in lines]
