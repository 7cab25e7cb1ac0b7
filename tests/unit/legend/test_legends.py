"""Legends of every shape: each part is found, with its words and its place."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tests.unit.legend.legends import BODY, EXAMPLES, Example
from timeline.intake.documents import read_text
from timeline.intake.legend import Legend, PartKind, read_legend
from timeline.intake.names import Named, NameKind, Names

NAMES = Names(
    [
        Named(NameKind.ISSUER, "orrin", ("Orrin Vale Corp.", "Orrin Vale")),
        Named(NameKind.PROGRAM, "kestrel", ("Kestrel",)),
        Named(NameKind.PROGRAM, "merlin", ("Merlin",)),
    ]
)


def read(text: str) -> Legend | None:
    return read_legend(read_text(text), names=NAMES)


@pytest.mark.parametrize("shape", EXAMPLES)
@pytest.mark.parametrize("part", [f.name for f in fields(Example) if f.name != "text"])
def test_each_part_of_each_shape(shape: str, part: str) -> None:
    legend = read(BODY + EXAMPLES[shape].text)
    assert legend is not None
    found = [one.text for one in getattr(legend, part)]
    wanted = getattr(EXAMPLES[shape], part)
    if part not in ("statutes", "references", "cues") or wanted:
        assert found == wanted


@pytest.mark.parametrize("shape", EXAMPLES)
def test_spans_hold_the_words_and_lie_in_the_legend(shape: str) -> None:
    text = BODY + EXAMPLES[shape].text
    legend = read(text)
    assert legend is not None
    assert all(span.start >= len(BODY) for span in legend.spans)
    for part in legend.parts():
        assert part.span.of(text) == part.text
        assert any(span.holds(part.span) for span in legend.spans)


@pytest.mark.parametrize("shape", EXAMPLES)
def test_a_legend_at_the_top(shape: str) -> None:
    example = EXAMPLES[shape]
    legend = read(example.text + "\n\n" + BODY)
    assert legend is not None
    assert [one.text for one in legend.items] == example.items


def test_ids_count_within_a_kind() -> None:
    legend = read(BODY + EXAMPLES["canadian, four paragraphs"].text)
    assert legend is not None
    assert [one.id for one in legend.items] == ["L1", "L2", "L3", "L4"]
    assert [one.id for one in legend.risks] == ["R1", "R2", "R3"]
    assert {one.kind for one in legend.general} == {PartKind.ITEM}


def test_two_legends_are_read_as_one() -> None:
    first, second = EXAMPLES["one paragraph without a heading"], EXAMPLES["numbers in brackets"]
    legend = read(f"{first.text}\n\n{BODY}\n{second.text}")
    assert legend is not None
    assert [one.text for one in legend.items] == [*first.items, *second.items]
    assert len(legend.spans) == 2


NEAR_MISSES = {
    "nothing": BODY,
    "risk in the body": BODY + "Risk\n\nThe mill faces risks, including fire, flood and theft. "
    "Results may differ from year to year because of the weather.",
    "assumptions in the body": BODY + "Our budget rests on assumptions regarding the price of "
    "copper; the cost of power; and the rate of exchange.",
    "a policy that looks ahead": BODY + "Orrin Vale has a forward-looking policy on water, and "
    "its managers are forward-looking people. This release contains forward pricing data.",
    "a law suit": BODY + "A claim under the Securities Exchange Act of 1934 was dismissed.",
    "updates refused of a map": BODY + "The surveyor undertakes no obligation to update the map.",
    "words": BODY + 'The words "Kestrel" and "Merlin" are registered marks.',
}


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_what_is_no_legend(text: str) -> None:
    assert read(text) is None


def test_the_general_words_are_the_list_where_there_is_no_other() -> None:
    legend = read(
        "Caution\n\nStatements other than statements of historical fact are forward-looking "
        "statements and include statements regarding our strategy, prospects, plans and aims."
    )
    assert legend is not None
    assert legend.general == ()
    assert [one.text for one in legend.items] == ["our strategy", "prospects", "plans", "aims"]


def test_a_general_word_that_names_a_program_is_an_item() -> None:
    legend = read(
        "Caution\n\nStatements that are not historical facts are forward-looking statements, "
        "including statements about our strategy, the works at Kestrel, and hiring. "
        "Forward-looking statements in this release include statements regarding a dividend."
    )
    assert legend is not None
    assert [one.text for one in legend.items] == ["the works at Kestrel", "a dividend"]
    assert [one.text for one in legend.general] == ["our strategy", "hiring"]
