"""Windows in running text: what the day, the issuer's year and the words around tell."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.intake.windows import read_phrase, read_windows

SAID_ON = date(2008, 7, 8)
APRIL = (4, 30)


def _read(text: str, said_on: date = SAID_ON, end: tuple[int, int] | None = None) -> list[str]:
    """Return the EDTF of every window of a text, and the reason where there is none."""
    readings = read_windows(text, said_on=said_on, fiscal_year_end=end)
    return [r.window.edtf if r.window else str(r.reason) for r in readings]


def test_a_sentence_has_its_windows_in_order() -> None:
    text = (
        "Drilling is to begin in October and first power is planned by late 2009, "
        "not before the permits of the second quarter of 2009."
    )
    assert [r.words for r in read_windows(text, said_on=SAID_ON)][:2] == [
        "in October",
        "by late 2009",
    ]
    assert _read(text)[:2] == ["2008-10", "2008-07-08/2009-12~"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("first power in March", "2009-03"),
        ("first power in September", "2008-09"),
        ("first power in the first quarter", "2009-33"),
        ("first power in the third quarter", "2008-35"),
        ("first power next quarter", "2008-36"),
        ("first power next summer", "2009-22"),
        ("first power this fall", "2008-23"),
        ("first power early next year", "2009-01/2009-04~"),
        ("results of last quarter", "2008-34"),
        ("sales for the 2009 third quarter", "2009-35"),
        ("sales in next year's first half", "2009-40"),
    ],
)
def test_words_without_a_year_mean_what_the_day_of_publication_makes_likely(
    text: str, edtf: str
) -> None:
    assert _read(text) == [edtf]


@pytest.mark.parametrize("words", ["in June", "in the second quarter", "in spring"])
def test_what_is_just_over_is_not_guessed(words: str) -> None:
    (told,) = _read(f"first power {words}")
    assert "may be meant" in told


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in fiscal 2010", "2009-05-01/2010-04-30"),
        ("in the first quarter of fiscal 2010", "2009-05-01/2009-07-31"),
        ("in fiscal 2010 third quarter", "2009-11-01/2010-01-31"),
        ("in 4QFY10", "2010-02-01/2010-04-30"),
        ("in its fiscal 2010 third quarter ending January 31, 2010", "2009-11-01/2010-01-31"),
        ("in its February 2012 quarter", "2011-12-01/2012-02-29"),
        ("in the third quarter of calendar 2010", "2010-35"),
        ("for the rest of the year", "2009-07-08/2010-04-30"),
    ],
)
def test_fiscal_years_are_the_issuers(words: str, edtf: str) -> None:
    assert _read(f"the plant opens {words}", date(2009, 7, 8), APRIL) == [edtf]


def test_a_fiscal_year_of_unknown_end_is_no_window() -> None:
    (told,) = _read("the plant opens in fiscal 2010")
    assert told == "whose fiscal year ends when is not known; give fiscal_year_end"


@pytest.mark.parametrize(
    "text",
    [
        "an answer comes within three weeks of commencement",
        "an answer comes six months after completion of the survey",
        "an answer comes 60 days following the vote",
        "an answer comes shortly after the vote",
    ],
)
def test_a_length_of_time_from_an_event_stays_tied_to_it(text: str) -> None:
    (reading,) = read_windows(text, said_on=SAID_ON)
    assert reading.window is None
    assert reading.reason == "tied to an event, which has no date in these words"
    assert reading.span.end == len(text)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("three weeks after September 15, 2008", "2008-10-06"),
        ("two months before the end of 2008", "2008-10-31"),
        ("three months after the start of 2009", "2009-04-01~"),
        ("within 30 days of the end of the third quarter", "2008-09-30/2008-10-30"),
    ],
)
def test_a_length_of_time_from_a_date_is_counted_from_its_edge(words: str, edtf: str) -> None:
    reading = read_phrase(words, said_on=SAID_ON)
    assert reading.window is not None
    assert reading.window.edtf == edtf


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2Q/3Q13", "2013-04-01/2013-09-30"),
        ("late November or December 2008", "2008-11-21~/2008-12"),
        ("the second or third quarter of 2009", "2009-04-01/2009-09-30"),
        ("between October and January 2009", "2008-10-01/2009-01-31"),
        ("winter 2008-2009", "2008-12-01/2009-02-28"),
        ("mid- to late-March", "2009-03-11~/2009-03~"),
    ],
)
def test_lists_and_ranges_are_one_window(words: str, edtf: str) -> None:
    assert _read(f"first power in {words}") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("the opening was delayed to mid-2009", "2009-05~/2009-08~"),
        ("the opening slipped into next year", "2009"),
        ("the opening is deferred until the second quarter of 2010", "2010-34"),
    ],
)
def test_what_a_date_slips_to_is_its_window(text: str, edtf: str) -> None:
    assert _read(text) == [edtf]


def test_the_date_that_another_takes_the_place_of_is_no_window() -> None:
    text = "the opening was delayed from the fourth quarter of 2008 to the first quarter of 2009"
    assert _read(text) == ["a date given before, which another takes the place of", "2009-33"]


@pytest.mark.parametrize(
    "text",
    [
        "It may march on.",
        "Ms. June Summer and Dr. April Falls joined the board.",
        "The trial has 2009 patients.",
        "The second line of the third party fell.",
    ],
)
def test_words_that_only_look_like_time_are_none(text: str) -> None:
    assert _read(text) == []
