"""Sentences end where a reader ends them."""

from __future__ import annotations

import pytest

from timeline.intake.documents import read_text

CASES = [
    ["Acme Inc. sold a mill.", "The U.S. Food Board met Acme Corp. in May.", "It is done."],
    [
        "Ann Lee, M.D., and J. Fox spoke.",
        "See No. 5 and Ext. 233.",
        "Partners (e.g. Bolt) pay US\\$27MM.",
    ],
    ["We sold it to Acme Corp.", "The price was 2.5 million.", "It was paid on Sept. 5 in full."],
    ["“We will go.", "We may not,” said Mr. Ray.", "“Why?”", "He left!"],
    [["It was p. 5 of Hepatitis C.", " end came."][0], "The end came."],
    ["AB-123 is next.", "Then CLS001 follows.", "Nothing else ..."],
]


@pytest.mark.parametrize("told", CASES)
def test_each_is_found_whole(told: list[str]) -> None:
    text = " ".join(told)
    assert [s.of(text) for s in read_text(text).sentences] == told


def test_items_headings_and_lines_are_sentences_of_their_own() -> None:
    text = (
        "OUR PLANS\n\n• drill the north pit\r\n• sell the mill. Then rest\n\nAnn Lee\nActing Head\n"
    )
    assert [s.of(text) for s in read_text(text).sentences] == [
        *("OUR PLANS", "• drill the north pit", "• sell the mill.", "Then rest", "Ann Lee"),
        "Acting Head",
    ]


def test_wrapped_lines_are_one_sentence_and_paragraphs_are_not() -> None:
    text = "The company that was formed last year by three people\nfrom Ottawa expects to begin"
    text += "\n\nwork soon"
    assert [s.of(text) for s in read_text(text).sentences] == text.split("\n\n")


@pytest.mark.parametrize("text", ["word " * 5_000, "w" * 25_000])
def test_what_never_ends_is_cut_and_nothing_is_lost(text: str) -> None:
    found = [span.of(text) for span in read_text(text).sentences]
    assert max(map(len, found)) <= 4_000
    assert "".join("".join(found).split()) == "".join(text.split())
