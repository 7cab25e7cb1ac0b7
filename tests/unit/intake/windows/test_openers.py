"""Openers: passing over words at which nothing can begin changes no reading."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from tests.unit.intake.windows.test_hostile_text import ANYTHING
from timeline.intake.windows import read_phrase, read_windows, speech
from timeline.intake.windows.openers import may_open
from timeline.intake.windows.tokens import tokens_of

SAID_ON = date(2009, 2, 10)


@given(ANYTHING)
@settings(max_examples=600)
def test_what_is_passed_over_is_no_time(text: str) -> None:
    told = read_windows(text, said_on=SAID_ON), read_phrase(text, said_on=SAID_ON)
    with patch.object(speech, "may_open", return_value=True):
        assert told == (read_windows(text, said_on=SAID_ON), read_phrase(text, said_on=SAID_ON))


@pytest.mark.parametrize(
    "words",
    [
        "the-next quarter",
        "the about three weeks ahead",
        "the the next quarter",
        "the holidays",
        "the present year",
        "a - week",
        "a to two weeks",
        "a or two months hence",
        "a business week from now",
        "an additional month",
        "'09",
        "yearend 2010",
        "midsummer",
        "turn of the year",
        "FQ3",
    ],
)
def test_an_article_or_a_sign_may_begin_a_time(words: str) -> None:
    assert may_open(tokens_of(words), 0)


@pytest.mark.parametrize("words", ["the plant", "a plant", "an approval", "company", ".", ""])
def test_most_words_begin_none(words: str) -> None:
    assert not may_open(tokens_of(words), 0)
