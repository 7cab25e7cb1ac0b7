"""The scorer, on a text of four sentences with errors planted one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.intake.labels import Label, Labels, Trap, offset_labels, quoted_labels
from tests.intake.quoting import NotQuotedOnceError, find
from tests.intake.readings import reading_of
from tests.intake.report import miss_lines, table, total, written
from tests.intake.scoring import Measure, Share, score
from timeline.intake.span import Span

TEXT = (
    "Plover rolled out on 3 May 2030. We expect it to fly in June 2030 and to be sold by 2031. "
    "If rains hold off, April Ray said, Curlew will follow. Call 555-2032. We are proud."
)
FLY, SOLD, FOLLOW = "We expect it to fly in June 2030", "to be sold by 2031", "Curlew will follow"
OUT, PROUD, PHONE = "Plover rolled out on 3 May 2030", "We are proud", "555-2032"


def _label(id_: str, kind: str, words: str, program: str | None, latest: str | None) -> Label:
    day = date.fromisoformat(latest) if latest else None
    return Label(id_, kind, (find(words, TEXT),), program, day, "covered" if latest else None)


LABELS = Labels(
    events=(_label("E01", "prototype.rolled_out", OUT, "plover", "2030-05-03"),),
    statements=(
        _label("F01", "dated_milestone", FLY, "plover", "2030-06-30"),
        _label("F02", "dated_milestone", SOLD, "plover", "2031-12-31"),
        _label("F03", "event_relative", FOLLOW, "curlew", None),
        _label("F04", "puffery", PROUD, None, None),
    ),
    traps=(Trap(find(PHONE, TEXT), "a phone number"), Trap(find("April Ray", TEXT), "a person")),
    list_items=(find("rains hold off", TEXT),),
    names={"plover": "plover", "pl1": "plover", "curlew": "curlew"},
)


def _draft(words: str, program: str | None = None, latest: str | None = None, **more: Any) -> Any:
    span = find(words, TEXT)
    window = {"earliest": None, "latest": latest, "edtf": "", "words": more.pop("said", None)}
    draft = {"id": "d", "kind": "expectation", "span": {"start": span.start, "end": span.end}}
    return {**draft, "program": program, "window": window if latest else None, **more}


RIGHT = [
    _draft(OUT, "plover", "2030-05-03", kind="event", said="3 May 2030"),
    _draft(FLY, "PL-1", "2030-06-30", said="in June 2030", covered="covered"),
    _draft(SOLD, "Plover", "2031-12-31", said="by 2031", covered="covered"),
    _draft(FOLLOW, "curlew"),
    _draft(PROUD),
]


def _scored(*drafts: Any, **whole: Any) -> dict[str, Measure]:
    return score(reading_of({"drafts": list(drafts), **whole}), LABELS, TEXT)


def _counts(measure: Measure) -> tuple[int, int, int]:
    return measure.share.strict, measure.share.lenient, measure.share.of


def test_a_perfect_reading_scores_in_full() -> None:
    rains = find("rains hold off", TEXT)
    items = [{"span": {"start": rains.start, "end": rains.end}}]
    measures = _scored(*RIGHT, list_items=items)
    traps = measures.pop("traps")
    assert {k: written(m.share)[-4:] for k, m in measures.items()} == dict.fromkeys(
        measures, "100%"
    )
    assert len(measures) == 10
    assert _counts(traps) == (0, 0, 2)
    assert [miss for m in measures.values() for miss in m.misses] == []


def test_nothing_read_finds_nothing_and_shares_no_precision() -> None:
    measures = _scored()
    assert _counts(measures["dated"]) == (0, 0, 2)
    assert _counts(measures["substantive"]) == (0, 0, 3)
    assert _counts(measures["events"]) == (0, 0, 1)
    assert written(measures["expectation precision"].share) == "-"
    assert "coverage" not in measures
    assert "list items" not in measures


def test_a_window_a_day_off_is_not_found_as_dated() -> None:
    measures = _scored(_draft(FLY, "plover", "2030-06-29"), *RIGHT[2:])
    assert _counts(measures["dated"]) == (1, 1, 2)
    assert _counts(measures["substantive"]) == (3, 3, 3)
    assert _counts(measures["windows"]) == (1, 1, 2)
    assert "wanted plover, 2030-06-30" in measures["windows"].misses[0].note


def test_another_program_is_not_found_as_dated() -> None:
    measures = _scored(_draft(FLY, "curlew", "2030-06-30"), *RIGHT[2:])
    assert _counts(measures["dated"]) == (1, 1, 2)
    assert _counts(measures["programs"]) == (2, 2, 3)


def test_no_program_where_one_is_meant_is_wrong() -> None:
    assert _counts(_scored(_draft(FLY, None, "2030-06-30"))["programs"]) == (0, 0, 1)


def test_a_draft_of_another_kind_finds_nothing() -> None:
    measures = _scored({**RIGHT[0], "kind": "expectation"}, {**RIGHT[1], "kind": "event"})
    assert _counts(measures["dated"]) == (0, 0, 2)
    assert _counts(measures["events"]) == (0, 0, 1)
    assert _counts(measures["event precision"]) == (0, 0, 1)


def test_less_than_half_of_the_shorter_does_not_meet() -> None:
    assert _counts(_scored(_draft("03 May 2030"[1:] + ". We ex"))["substantive"]) == (0, 0, 3)
    assert _counts(_scored(_draft("on 3 May 2030. We expect"))["substantive"]) == (0, 0, 3)
    assert _counts(_scored(_draft("2030. We expect it"))["substantive"]) == (1, 1, 3)


def test_one_draft_over_two_finds_both_leniently_and_one_strictly() -> None:
    both = _draft(f"{FLY} and {SOLD}", "plover", "2030-06-30")
    measures = _scored(both)
    assert _counts(measures["substantive"]) == (1, 2, 3)
    assert _counts(measures["dated"]) == (1, 1, 2)


def test_a_draft_over_half_of_two_finds_one() -> None:
    assert _counts(_scored(_draft("fly in June 2030 and to be sold"))["substantive"]) == (1, 1, 3)


def test_two_drafts_of_one_thing_are_one_strictly() -> None:
    measures = _scored(RIGHT[1], _draft("it to fly in June 2030"))
    assert _counts(measures["expectation precision"]) == (1, 2, 2)


def test_a_pairing_moves_aside_for_a_larger_one() -> None:
    wide = _draft(f"{FLY} and {SOLD}")
    assert _counts(_scored(wide, _draft(FLY))["substantive"])[0] == 2
    assert _counts(_scored(_draft(FLY), wide)["substantive"])[0] == 2


def test_a_draft_of_what_is_no_statement_costs_precision() -> None:
    measures = _scored(*RIGHT, _draft("If rains hold off"))
    assert _counts(measures["expectation precision"]) == (4, 4, 5)
    assert measures["expectation precision"].misses[0].span == find("If rains hold off", TEXT)


def test_puffery_counts_for_precision_and_not_as_substantive() -> None:
    measures = _scored(RIGHT[-1])
    assert _counts(measures["expectation precision"]) == (1, 1, 1)
    assert _counts(measures["substantive"]) == (0, 0, 3)


def test_any_mention_of_an_event_finds_it() -> None:
    quoted: dict[str, Any] = {
        "events": [
            {"id": "E01", "type": None, "program": None, "text": OUT, "occurred": None}
            | {"also": [{"text": PROUD}]}
        ],
        **{kind: [] for kind in ("statements", "traps", "list_items")},
    }
    labels = quoted_labels(quoted, TEXT, {})
    measures = score(reading_of([_draft(PROUD, kind="event")]), labels, TEXT)
    assert _counts(measures["events"]) == (1, 1, 1)


@pytest.mark.parametrize(
    "draft",
    [
        _draft("Call 555-2032", latest="2032-12-31", said="2032"),
        _draft(FOLLOW, latest="2031-04-30", said="April"),
        _draft("April Ray said"),
    ],
    ids=["its words", "its words, beside the draft", "a draft in it by half"],
)
def test_a_trap_is_taken(draft: Any) -> None:
    measures = _scored(draft)
    assert _counts(measures["traps"]) == (1, 1, 2)
    assert measures["traps"].misses[0].note in {"a phone number", "a person"}


def test_a_trap_beside_a_right_reading_is_not_taken() -> None:
    around = _draft("If rains hold off, April Ray said, Curlew will follow", "curlew")
    assert _counts(_scored(around)["traps"]) == (0, 0, 2)


def test_coverage_is_held_against_the_label() -> None:
    measures = _scored({**RIGHT[1], "covered": "not_covered"}, RIGHT[2])
    assert _counts(measures["coverage"]) == (1, 1, 2)


def test_a_list_item_missed() -> None:
    measures = _scored(list_items=[{"span": {"start": 0, "end": 6}}])
    assert _counts(measures["list items"]) == (0, 0, 1)


def test_words_twice_need_an_occurrence() -> None:
    assert find("We", TEXT, 2) == Span(TEXT.index("We are"), TEXT.index("We are") + 2)
    for words, occurrence in (("We", None), ("We", 3), ("We were", None)):
        with pytest.raises(NotQuotedOnceError, match="We"):
            find(words, TEXT, occurrence)


def test_an_offset_where_something_else_stands_is_refused() -> None:
    place = {"id": "X01", "start": 0, "end": 6, "text": "Plover", "why": "a bird"}
    seed: dict[str, Any] = {
        "events": [],
        "forward_looking_statements": [],
        "safe_harbor_list": [],
        "programs": [],
    }
    assert offset_labels({**seed, "traps": [place]}, TEXT).traps[0].span == Span(0, 6)
    with pytest.raises(ValueError, match="X01"):
        offset_labels({**seed, "traps": [{**place, "end": 7}]}, TEXT)


def test_words_are_found_across_lines_and_cells() -> None:
    assert find("First flight | Q2", "a\nFirst\n flight\tQ2 b") == Span(2, 18)


def test_misses_and_sums_are_told_in_words() -> None:
    scores = {"one": _scored(*RIGHT[:2]), "two": _scored()}
    assert total(scores.values(), "dated") == Share(1, 1, 4)
    assert written(Share(7, 8, 9)) == "7(8)/9 78(89)%"
    lines = list(miss_lines("one", scores["one"], TEXT))
    assert f"one: dated: F02 dated_milestone: '{SOLD}' at {TEXT.index(SOLD)}" in lines
    assert table(scores).row_count == 3
