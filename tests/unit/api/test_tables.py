"""Rows on a terminal and in a spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest

from api import tables
from api.tables import Layout, cell, days, printable, table_of, value_at

WINDOW = {"earliest": "2008-07-01", "latest": "2008-12-31", "edtf": "2008-38", "words": "H2"}


@pytest.mark.parametrize(
    ("window", "told"),
    [
        (WINDOW, "2008-07-01..2008-12-31 (H2)"),
        (WINDOW | {"latest": None, "words": None}, "2008-07-01.."),
        (WINDOW | {"earliest": None, "words": None}, "..2008-12-31"),
        ({"earliest": "2009-03-12", "latest": "2009-03-12"}, "2009-03-12"),
    ],
)
def test_a_window_is_told_by_its_days(window: dict[str, Any], told: str) -> None:
    assert days(window) == told


@pytest.mark.parametrize(
    ("path", "value"), [("a", {"b": 0}), ("a.b", 0), ("a.c", None), ("a.b.c", None), ("z", None)]
)
def test_a_path_leads_to_a_value_or_nowhere(path: str, value: Any) -> None:
    assert value_at({"a": {"b": 0}}, path) == value


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (0, 0),
        ("x", "x"),
        (True, "true"),
        (["a", "b"], "a; b"),
        ([1, 2], "[1, 2]"),
        ({"k": "é"}, '{"k": "é"}'),
    ],
)
def test_a_cell_holds_one_value_and_no_structure(value: Any, told: Any) -> None:
    assert cell({"v": value}, "v") == told


def test_nothing_of_a_file_steers_the_terminal() -> None:
    assert (
        printable("a\x1b[2Jb\tc\nd")
        == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}c\nd"
    )


def test_a_table_shows_why_to_those_who_ask() -> None:
    layout = Layout("things", (("thing", "id"),), ("id",), because=("because",))
    rows = [{"id": "a", "because": ["e1", "e2"]}]
    assert [c.header for c in table_of(rows, layout).columns] == ["thing"]
    explained = table_of(rows, layout, explain=True)
    assert [list(c.cells) for c in explained.columns] == [["a"], ["e1; e2"]]


def test_a_slip_is_signed_and_told_once_when_certain() -> None:
    layout = Layout("things", (("slip", "slip"),), ("slip",))
    slips: list[Any] = [[-19, -19], [32, 62], None, []]
    rows = [{"slip": slip} for slip in slips]
    assert list(table_of(rows, layout).columns[0].cells) == ["-19", "+32 to +62", "-", "-"]


def test_every_layout_has_headings_and_fields_of_its_own() -> None:
    layouts = [one for one in vars(tables).values() if isinstance(one, Layout)]
    assert len(layouts) == 8
    for layout in layouts:
        assert len(set(layout.paths(explain=True))) == len(layout.paths(explain=True))
        assert len({heading for heading, *_ in layout.columns}) == len(layout.columns)
