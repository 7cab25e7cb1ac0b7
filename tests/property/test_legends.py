"""Legends of any text: reading never fails, parts lie in the legend and apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.hostile import LEGEND_HEAD, LEGENDS, repeated
from timeline.intake import Span
from timeline.intake.documents import Document, Section, read_text
from timeline.intake.legend import Legend, read_legend
from timeline.intake.names import Names

NO_NAMES = Names([])
WORDS = (
    *("forward-looking statements", "This release contains", "include", "including", "such as"),
    *("but are not limited to", "statements regarding", "risks and uncertainties", "factors"),
    *("assumptions", "assume that", "and", "and if", "the timing of", "our plans to", "if", "(i)"),
    *("(ii)", "(1)", "(2)", ";", ",", ", and", ":", ".", "\n", "\n\n", "- ", "• ", "(", ")", '"'),
    *("they", "differ materially", "because of", "undertakes no obligation to update", "words"),
    *("the Company", "Securities Act", "Form 10-K", "are", "historical facts", "H.R.", "İ", "ß"),
)
# Control characters are refused where a document is read.
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"])
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(CHARACTERS, max_size=6), max_size=60).map(
    lambda words: " ".join(["Orrin.", *words])
)


def all_legend(text: str) -> Document:
    """A document that is a legend from end to end, cut into sentences anyhow."""
    return Document(text, "text", "", (Section("legend", Span(0, len(text))),), cut(text))


def cut(text: str) -> tuple[Span, ...]:
    ends = [at + 1 for at, c in enumerate(text) if c in ".\n"]
    found = (Span(a, b) for a, b in pairwise([0, *ends, len(text)]) if text[a:b].strip())
    return tuple(found)


def hold(legend: Legend | None, text: str) -> None:
    if legend is None:
        return
    for span, following in pairwise(legend.spans):
        assert span.end <= following.start
    for part in legend.parts():
        assert 0 <= part.span.start < part.span.end <= len(text)
        assert part.text == part.span.of(text)
        assert any(span.holds(part.span) for span in legend.spans)
    for listed in ((*legend.items, *legend.general), legend.risks, legend.assumptions):
        for one, other in pairwise(sorted(part.span for part in listed)):
            assert one.end <= other.start


@given(TEXTS)
@settings(max_examples=400)
def test_any_text(text: str) -> None:
    hold(read_legend(read_text(text), names=NO_NAMES), text)


@given(TEXTS)
@settings(max_examples=400)
def test_any_text_that_is_all_legend(text: str) -> None:
    hold(read_legend(all_legend(text), names=NO_NAMES), text)


@pytest.mark.parametrize("piece", LEGENDS)
def test_a_piece_repeated(piece: str) -> None:
    text = LEGEND_HEAD + repeated(piece, 200_000)
    hold(read_legend(all_legend(text), names=NO_NAMES), text)
