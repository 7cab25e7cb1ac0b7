"""Whatever is changed in the tables of the log and the ledger is found, and where it was changed.

300 attacks for each database; `make tamper` makes 2,000.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.tampering.attacks import ATTACKS, digest
from tests.tampering.sweep import sweep
from tests.tampering.victim import Victim, victim
from timeline.ledger.audit import whole
from timeline.ledger.audit.checkpoints import read_notes
from timeline.ledger.audit.events import audited_events
from timeline.ledger.audit.leaves import stored_leaves
from timeline.ledger.audit.requests import audited_requests
from timeline.ledger.audit.tree import built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from timeline.ledger.audit.events import Events
    from timeline.ledger.audit.tree import Built

ATTACKS_MADE = 300


@pytest.fixture
def attacked(engine: Engine, tmp_path: Path) -> Iterator[Victim]:
    one = victim(engine, tmp_path)
    yield one
    one.engine.dispose()


def test_every_attack_is_found_in_its_place(attacked: Victim) -> None:
    swept = sweep(attacked, ATTACKS_MADE)
    assert (swept.attacks, swept.unseen, swept.misplaced) == (ATTACKS_MADE, [], [])


def test_attacks_change_something(attacked: Victim) -> None:
    """An attack that does nothing would never be seen, nor missed."""
    chance = random.Random(1)
    with attacked.engine.connect() as connection:
        before = digest(connection)
        for make in dict.fromkeys(ATTACKS):
            attack = next(a for a in (make(connection, attacked, chance) for _ in range(9)) if a)
            changed = digest(connection) != before or attack.kept not in (None, attacked.kept)
            connection.rollback()
            assert changed, attack.told


def _no_faults(found: Callable[..., object]) -> Callable[..., object]:
    """Return a check that sees what it saw and says nothing."""

    def mute(*told: object) -> object:
        checked = found(*told)
        checked.faults.clear()  # type: ignore[attr-defined]
        return checked

    return mute


def _blind_to_events(*told: object) -> Events:
    events = audited_events(*told)  # type: ignore[arg-type]
    events.differing.clear()
    events.faults.clear()
    return events


def _blind_to_nodes(connection: object, leaves: object, differing: object, sizes: object) -> Built:
    tree = built(connection, leaves, differing, sizes)  # type: ignore[arg-type]
    tree.faults.clear()
    return tree


WITHOUT = {
    "stored_leaves": _no_faults(stored_leaves),
    "audited_events": _blind_to_events,
    "built": _blind_to_nodes,
    "audited_requests": _no_faults(audited_requests),
    "read_notes": _no_faults(read_notes),
    "held_against": lambda *_: [],
}


@pytest.mark.parametrize("check", WITHOUT)
def test_without_any_one_check_the_sweep_fails(
    attacked: Victim, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, check, WITHOUT[check])
    swept = sweep(attacked, ATTACKS_MADE)
    assert swept.unseen or swept.misplaced
