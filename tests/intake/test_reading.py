"""The reading as it is, held to what it reached on the labelled releases."""

from __future__ import annotations

from functools import cache

import pytest

from tests.intake.corpus import AFTER_THE_FREEZE, RELEASES, labelled
from tests.intake.readers import read_here
from tests.intake.scoring import Measure, Share, score

KINDS = ("expectation precision", "event precision")


@cache
def _scores() -> dict[str, dict[str, Measure]]:
    """The measures of each release by its name."""
    return {
        document.name: score(reading, document.labels(text), text)
        for document in labelled(RELEASES)
        for text, reading in (read_here(document),)
    }


def _share(what: str, *, after: bool) -> Share:
    """Those of the releases read after the freeze, or of the eight before it, together."""
    shares = [
        measures[what].share
        for name, measures in _scores().items()
        if (name in AFTER_THE_FREEZE) is after
    ]
    return sum(shares[1:], shares[0])


def _is_held(share: Share, least: float) -> bool:
    return share.strict >= least * share.of


@pytest.mark.parametrize(
    ("what", "least"), [("dated", 0.8), ("substantive", 0.9), ("events", 0.85)]
)
def test_most_of_the_eight_is_found(what: str, least: float) -> None:
    assert _is_held(_share(what, after=False), least)


@pytest.mark.parametrize("what", KINDS)
def test_three_of_four_found_in_the_eight_are_there(what: str) -> None:
    assert _is_held(_share(what, after=False), 0.75)


@pytest.mark.parametrize(
    ("what", "least"), [("dated", 0.65), ("substantive", 0.75), ("events", 0.5)]
)
def test_most_of_what_was_never_seen_is_found(what: str, least: float) -> None:
    assert _is_held(_share(what, after=True), least)


@pytest.mark.parametrize("what", KINDS)
def test_three_of_four_found_in_what_was_never_seen_are_there(what: str) -> None:
    assert _is_held(_share(what, after=True), 0.75)


def test_few_traps_are_taken() -> None:
    taken = [_share("traps", after=after) for after in (False, True)]
    assert sum(share.strict for share in taken) <= 0.07 * sum(share.of for share in taken)
