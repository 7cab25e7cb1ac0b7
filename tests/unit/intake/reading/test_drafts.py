"""Drafts as a whole: the same every time, in order, within the text."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.hostile import DRAFTS, repeated
from tests.unit.intake.reading.read import drafts
from timeline.intake import DraftKind

TEXT = """Northgate Water Corp. Breaks Ground

HALIFAX, August 14, 2019 -- Northgate Water Corp. broke ground on the Harbour Tunnel on June 3,
2019. We expect it to open in May 2021.

Forward-looking statements

This release has forward-looking statements. We expect that words such as "plan" identify them.
"""


def test_the_same_text_gives_the_same_drafts() -> None:
    assert drafts(TEXT) == drafts(TEXT)
    assert len({one.id for one in drafts(TEXT)}) == len(drafts(TEXT))


def test_they_stand_where_they_say_in_order() -> None:
    found = drafts(TEXT)
    assert [one.text for one in found] == [one.span.of(TEXT) for one in found]
    assert [one.span for one in found] == sorted(one.span for one in found)


def test_each_says_why() -> None:
    assert all(one.why and 0 < one.confidence < 1 for one in drafts(TEXT))


def test_the_legend_says_nothing_of_its_own() -> None:
    end = TEXT.index("Forward-looking")
    assert all(one.span.end < end for one in drafts(TEXT) if one.kind is DraftKind.EXPECTATION)


def test_the_dateline_is_the_publication() -> None:
    (published,) = (one for one in drafts(TEXT) if one.type == "disclosure.document_published")
    assert published.window is not None
    assert published.window.latest == date(2019, 8, 14)


@pytest.mark.parametrize("day", [date(1, 1, 2), date(9999, 12, 30)])
def test_the_ends_of_the_calendar_are_no_error(day: date) -> None:
    text = "The tunnel was opened in July. It will open on Monday, on 21 August, by next year."
    assert isinstance(drafts(text, published_on=day), tuple)


@pytest.mark.parametrize("piece", DRAFTS)
def test_a_piece_repeated_is_read(piece: str) -> None:
    text = repeated(piece, 80_000)
    for draft in drafts(text, "biotech", "aerospace"):
        assert draft.text == draft.span.of(text)
