"""A long history is answered from its end where that is enough: the same answer as from all."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

import projections.facts
from api import Timeline
from benchmarks.made_up import ISSUER, day, fact_item, issuer, item_as_stored
from timeline.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.recorder import SqlRecorder


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="test") as opened:
        yield opened


def _items(chance: random.Random, *, special: bool) -> Iterator[dict[str, Any]]:
    for number in range(40):
        item = fact_item(number, "alpha", chance.randrange(20), chance.randrange(20))
        item["facts"]["attribute"] = chance.choice("xyz")
        if special and chance.random() < 0.15:
            item["valid_to"] = f"{day(chance.randrange(20, 30))}T00:00:00Z"
        elif special and chance.random() < 0.1:
            item["open_end"] = "forever"
        yield item


@pytest.mark.parametrize("special", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_the_end_of_a_history_answers_as_all_of_it(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch, seed: int, *, special: bool
) -> None:
    monkeypatch.setattr(projections.facts, "_FEW", 0)
    chance = random.Random(seed)
    recorder: SqlRecorder = timeline.recorder
    stated = [item_as_stored(Kind.EVENT, i) for i in _items(chance, special=special)]
    recorder.append([issuer(), *stated])
    for _ in range(60):
        as_of, known_at = (day(chance.randrange(n)) for n in (30, 25))
        asked: dict[str, Any] = {"as_of": as_of, "known_at": known_at}
        asked |= {"subject": "alpha", "as_at": chance.randrange(1, recorder.head() + 1)}
        whole = timeline.facts(ISSUER, **asked).items
        for row in whole:
            del row["overridden"]
        assert timeline.facts(ISSUER, explain=False, **asked).items == whole
