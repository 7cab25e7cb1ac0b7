"""Whatever the text: no exception, spans within it, windows that hold a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.hostile import WINDOWS, repeated
from timeline.bitemporal import parse_edtf
from timeline.intake.windows import read_phrase, read_windows
from timeline.intake.windows.english import english

SAID_ON = date(2009, 2, 10)
# Words that refer to what was spoken of before mean nothing alone.
REFERRING = ("that", "same")
WORDS = [
    *("in", "by", "the", "of", "end", "early", "mid", "late", "-", "next", "last", "this", "that"),
    *("first", "second", "half", "quarter", "year", "month", "weeks", "few", "several", "a", "to"),
    *("from", "until", "between", "and", "or", "/", ",", "2009", "2010", "12", "5", "June", "may"),
    *("March", "Q3", "2H12", "FY09", "fiscal", "within", "after", "before", "no", "later", "than"),
    *(
        "rest",
        "coming",
        "spring",
        "Friday",
        "week",
        "at",
        "least",
        "through",
        "approval",
        "is",
        "(",
    ),
    *("2009-06-05", "03/31/2009", "year-end", "winter", "decade", "Thanksgiving", "'09", "delayed"),
    *(
        "from now",
        "'s time",
        "ending",
        "six",
        "9999",
        "31",
        "February",
        "soon",
        "in due course",
        ".",
    ),
]
# Every word and phrase the grammar knows, in any order.
KNOWN = [
    *(word for words in english().words.values() for word in words),
    *(word for words in english().sets.values() for word in sorted(words)),
    *(
        " ".join(words)
        for phrases in english().phrases.values()
        for same in phrases.by_first.values()
        for words, _ in same
    ),
]
SPOKEN = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
KNOWN_WORDS = st.lists(st.one_of(st.sampled_from(KNOWN), st.sampled_from(WORDS)), max_size=10)
ANYTHING = st.one_of(
    SPOKEN,
    KNOWN_WORDS.map(" ".join),
    st.text(max_size=120),
    st.text("0123456789-/'., QHqhFYmay", max_size=60),
)
SAID = st.one_of(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.dates())


@given(ANYTHING, SAID, st.sampled_from([None, (4, 30), (2, 29), (12, 31)]))
@settings(max_examples=600)
def test_every_reading_is_sound(text: str, said_on: date, end: tuple[int, int] | None) -> None:
    behind = 0
    for reading in read_windows(text, said_on=said_on, fiscal_year_end=end):
        assert behind <= reading.span.start < reading.span.end <= len(text)
        assert reading.words == reading.span.of(text)
        assert (reading.window is None) == (reading.reason is not None)
        behind = reading.span.end
        if reading.window is not None:
            told = parse_edtf(reading.window.edtf)
            assert (told.earliest, told.latest) == (reading.window.earliest, reading.window.latest)


@given(SPOKEN)
@settings(max_examples=600)
def test_words_mean_alone_what_they_mean_in_a_text(text: str) -> None:
    for reading in read_windows(text, said_on=SAID_ON):
        if reading.window is None or any(word in reading.words for word in REFERRING):
            continue
        alone = read_phrase(reading.words, said_on=SAID_ON)
        assert alone.window == reading.window, reading.words


@pytest.mark.parametrize(
    "text", ["delayed Thanksgiving '09", "Labor Day '09", "in Thanksgiving 2009"]
)
def test_a_feast_keeps_its_year(text: str) -> None:
    (told,) = read_windows(text, said_on=SAID_ON)
    assert told.window is not None
    assert told.window == read_phrase(told.words, said_on=SAID_ON).window
    assert told.window.earliest == told.window.latest


@pytest.mark.parametrize("feast", ["Thanksgiving", "Christmas"])
def test_a_feast_is_of_no_fiscal_year(feast: str) -> None:
    told = read_windows(f"by {feast} FY10", said_on=SAID_ON)
    assert [one.words for one in told] == [f"by {feast}", "FY10"]
    assert told[0].window == read_phrase(f"by {feast}", said_on=SAID_ON).window
    assert told[1].window is None


@given(SPOKEN)
@settings(max_examples=300)
def test_case_does_not_matter(text: str) -> None:
    def days(told: str) -> list[object]:
        return [(r.span, r.window and r.window.edtf) for r in read_windows(told, said_on=SAID_ON)]

    assert days(text.lower()) == days(text.upper())


@pytest.mark.parametrize("piece", WINDOWS)
def test_a_piece_repeated_is_read(piece: str) -> None:
    text = repeated(piece, 80_000)
    for reading in read_windows(text, said_on=SAID_ON):
        assert 0 <= reading.span.start < reading.span.end <= len(text)


def test_a_megabyte_on_one_line_is_read() -> None:
    text = (
        "the board expects in the second half of fiscal 2010, within a few weeks of that, " * 12_500
    )
    readings = read_windows(text, said_on=SAID_ON, fiscal_year_end=(4, 30))
    assert len(readings) >= 12_500


@pytest.mark.parametrize("unit", ["half", "halves", "decade", "decades"])
def test_units_whose_nearness_the_policy_leaves_open_end_in_a_reason(unit: str) -> None:
    reading = read_phrase(f"three {unit} from now", said_on=SAID_ON)
    assert reading.window is None
    assert reading.reason


@pytest.mark.parametrize("said_on", [date(1, 1, 1), date(999, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize(
    "words", ["in spring", "next winter", "in mid-June", "recently", "next decade", "by year-end"]
)
def test_odd_years_end_in_a_window_or_a_reason(words: str, said_on: date) -> None:
    reading = read_phrase(words, said_on=said_on)
    assert (reading.window is None) == (reading.reason is not None)
    if reading.window is not None:
        told = parse_edtf(reading.window.edtf)
        assert (told.earliest, told.latest) == (reading.window.earliest, reading.window.latest)
