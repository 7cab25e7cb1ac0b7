"""Events: what a sentence tells has happened, of which type, and when."""

from __future__ import annotations

import pytest

from tests.unit.intake.reading.read import events, latest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The tunnel was opened on 21 June.", "2019-06-21"),
        ("The tunnel was opened in July.", "2019-07-31"),
        ("The tunnel was opened on Monday.", "2019-08-12"),
        ("The tunnel was opened on November 30.", "2018-11-30"),
        ("The tunnel was opened last month.", "2019-07-31"),
        ("Paul Orr resigned as director on February 12.", "2019-02-12"),
        ("Northgate has signed a supply agreement.", "2019-08-14"),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day(text: str, day: str) -> None:
    assert [latest(one) for one in events(text)] == [day]


def test_a_length_of_time_is_no_day_of_the_past() -> None:
    (one,) = events("Work is about three months behind schedule.")
    assert latest(one) == "2019-08-14"


@pytest.mark.parametrize(
    ("text", "packs", "type_"),
    [
        ("Northgate entered into a supply contract.", (), "licensing.agreement_signed"),
        ("Northgate did not exercise its option.", (), "licensing.option_exercised"),
        ("The study enrolled its first patient in May.", ("biotech",), "clinical.trial_started"),
        ("The study provided proof of concept.", ("biotech",), "clinical.results_reported"),
        ("The critical design review was passed.", ("aerospace",), "design.review_passed"),
        ("The engine was tested in June.", ("aerospace",), "engine.test_fired"),
    ],
)  # fmt: skip
def test_the_type_is_that_of_the_pack(text: str, packs: tuple[str, ...], type_: str) -> None:
    assert [one.type for one in events(text, *packs)] == [type_]


def test_words_of_a_pack_that_is_not_loaded_mean_nothing() -> None:
    assert not any(one.type.startswith("clinical") for one in events("The study met its endpoint."))


@pytest.mark.parametrize(
    "text",
    [
        "Northgate plans to sign a supply agreement.",
        "No agreement has been signed.",
        "If the tunnel was opened, we would say so.",
    ],
)
def test_what_is_to_come_or_is_not_so_is_no_event(text: str) -> None:
    assert events(text) == []
