"""Phrases of real releases are read as the days they mean, or not at all; seldom as others."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.unit.intake.windows.__main__ import main
from tests.unit.intake.windows.phrases import COLLECTED, SHARED, Phrase, collected, shared, verdicts
from timeline.intake.windows import read_phrase

CRISP, VAGUE, WRONG = 0.95, 0.80, 0.03


@pytest.fixture
def told() -> list[Phrase]:
    phrases = shared()
    if phrases is None:
        pytest.skip(f"no shared phrases: there is no {SHARED}")
    return phrases


def test_crisp_phrases_are_read_exactly(told: list[Phrase]) -> None:
    crisp = [phrase for phrase in told if not phrase.vague]
    assert verdicts(crisp)["right"] >= CRISP * len(crisp) > 0


def test_vague_phrases_are_read_by_the_policy(told: list[Phrase]) -> None:
    vague = [phrase for phrase in told if phrase.vague]
    assert verdicts(vague)["right"] >= VAGUE * len(vague) > 0


def test_few_are_read_as_other_days(told: list[Phrase]) -> None:
    assert verdicts(told)["wrong"] < WRONG * len(told)


def test_the_score_of_the_collected_phrases_is_the_one_stated() -> None:
    stated = json.loads(COLLECTED.read_bytes())["score_now"]
    counts = verdicts(collected())
    assert {
        "phrases": counts.total(),
        "correct": counts["right"],
        "unsure": counts["unsure"],
        "wrong": counts["wrong"],
    } == stated
    assert counts["wrong"] < WRONG * counts.total()


def test_the_score_is_printed_with_what_was_missed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--misses"]) == 0
    printed = capsys.readouterr().out
    assert "collected after freezing: 78 phrases" in printed
    assert "wrong: 'take approximately 8 weeks to complete'" in printed


@pytest.mark.parametrize(
    ("phrase", "latest"),
    [
        ("over the next year and a half", date(2026, 9, 1)),
        ("over the coming year", date(2026, 3, 1)),
        ("in a matter of weeks", date(2025, 4, 26)),
    ],
)
def test_lengths_of_time_ahead(phrase: str, latest: date) -> None:
    window = read_phrase(phrase, said_on=date(2025, 3, 1)).window
    assert window is not None
    assert window.latest == latest
