"""Which documents report at regular times, by their kind or words of their title."""

from __future__ import annotations

import pytest

from timeline.packs import vocabulary
from timeline.packs.periodic import Periodic


@pytest.mark.parametrize(
    ("kind", "title", "fits"),
    [
        ("MD&A", None, True),
        ("md&a", "Anything", True),
        ("10-q", None, True),
        ("news_release", "Q4/FY2008 results and program update", True),
        ("news_release", "ANNUAL Report 2020", True),
        ("news_release", "Financial results of the second quarter", True),
        ("news_release", "Flight results expected by year end", False),
        ("news_release", "Flight results due next quarter", False),
        (None, "Results of the flight", False),
        ("news_release", "Quarterly-free results", False),
        ("news_release", None, False),
        (None, None, False),
        ("", "", False),
    ],
)
def test_the_core_pack_tells_periodic_documents(
    kind: str | None, title: str | None, fits: bool
) -> None:
    assert vocabulary().is_periodic(kind, title) is fits


def test_an_entry_with_both_wants_both() -> None:
    both = Periodic.read({"kind": "Letter", "title": ["first", "half"]})
    assert both.fits("LETTER", "The first, second and half")
    assert not both.fits("letter", "The first")
    assert not both.fits("note", "first half")
