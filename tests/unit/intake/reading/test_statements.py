"""Statements: what a sentence says shall be, of what kind, by when, and about which program."""

from __future__ import annotations

import pytest

from tests.unit.intake.reading.read import latest, statements

DATED = [
    ("Northgate expects boring to begin in October.", "2019-10-31"),
    ("Boring is slated to begin by November 30, 2019.", "2019-11-30"),
    ("The second phase has been deferred until January 2023.", "2023-01-31"),
    ("A rehearsal is pencilled in for September.", "2019-09-30"),
    ("The plant will not enter service before March 2020.", "2020-02-29"),
    ("The meeting is convened for 4 October 2019.", "2019-10-04"),
    ("Losses will narrow in the March quarter of 2020.", "2020-03-31"),
    ("The permit should come before the year is out.", "2019-12-31"),
    ("We expect this in the first half, having built it in 2018.", "2020-06-30"),
]


@pytest.mark.parametrize(("text", "day"), DATED)
def test_a_dated_statement_has_its_last_day(text: str, day: str) -> None:
    found = [(one.type, latest(one)) for one in statements(text)]
    assert ("dated_milestone", day) in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Northgate intends to sell the land.", "intention"),
        ("Once the pumps run, we plan to expand the plant.", "event_relative"),
        ("Analysts forecast that demand will double.", "third_party_forecast"),
        ("Northgate could receive up to $4 million in milestone payments.", "contingent_economics"),
        ("A drought could delay the work.", "risk_prediction"),
        ("A sale of the land is under review.", "pending_decision"),
        ("Capital spending is budgeted at $60 million.", "projection"),
        ("The company will respond in due course.", "commitment"),
    ],
)
def test_a_statement_is_of_the_kind_its_words_make(text: str, kind: str) -> None:
    assert [one.type for one in statements(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The tunnel was finished in June.",
        "On Friday it went into service.",
        "Northgate is a water company based in Halifax.",
        "Revenue rose 4% in the second quarter of 2019.",
        "The forward-looking statements in this release speak only as of its date.",
    ],
)
def test_what_is_over_or_says_nothing_is_no_statement(text: str) -> None:
    assert statements(text) == []


def test_a_comparison_is_not_the_time() -> None:
    (one,) = statements("We expect a cost of $84 million, compared with $79 million in May 2020.")
    assert latest(one) is None


def test_each_of_two_times_has_its_statement() -> None:
    text = "We plan to finish boring in March 2020 and open the tunnel in May 2021."
    assert [latest(one) for one in statements(text)] == ["2020-03-31", "2021-05-31"]


def test_what_a_list_says_is_read_by_the_line_before_it() -> None:
    text = "Northgate expects for fiscal 2020:\n\nRevenue | $4 million\n\nMargin | 12%\n"
    text += "\nThat is all there is to say about it.\n"
    found = [one for one in statements(text) if one.text.startswith(("Revenue", "Margin"))]
    assert len(found) == 2


class TestProgram:
    def test_it_is_the_one_named(self) -> None:
        (one,) = statements("We expect the Harbour Tunnel to open in May 2021.")
        assert one.program == "harbour-tunnel"

    def test_it_is_that_of_the_paragraph(self) -> None:
        text = "Harbour Tunnel. Boring began in June. We expect it to end in May 2021."
        assert [one.program for one in statements(text)] == ["harbour-tunnel"]

    def test_it_is_not_that_where_the_work_is_done(self) -> None:
        text = "Harbour Tunnel. We expect to cast the lining at Millpond in May 2020."
        assert [one.program for one in statements(text)] == ["harbour-tunnel"]

    def test_it_is_none_under_a_heading_of_the_company(self) -> None:
        text = "The Harbour Tunnel is open.\n\nOutlook\n\nWe expect to break even in May 2020."
        assert [one.program for one in statements(text)] == [None]

    def test_it_is_none_of_what_is_said_of_the_company_under_a_condition(self) -> None:
        text = "5. Credit line. We may draw $4 million until May 2020 if the Harbour Tunnel opens."
        assert [one.program for one in statements(text)] == [None]
