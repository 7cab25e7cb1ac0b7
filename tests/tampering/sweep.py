"""Many attacks, one after the other, each taken back once the audit has spoken of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.tampering.attacks import ATTACKS, Attack
from timeline.ledger.audit import Fault, audit

if TYPE_CHECKING:
    from tests.tampering.victim import Victim


@dataclass(slots=True)
class Swept:
    """How many attacks were made; those not found at all; those found in no right place."""

    attacks: int = 0
    unseen: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Tell it, with what was missed."""
        found = self.attacks - len(self.unseen) - len(self.misplaced)
        said = f"{self.attacks} attacks, {found} found in their place"
        return "\n  ".join([said, *self.unseen, *self.misplaced])


def sweep(victim: Victim, count: int, seed: int = 1) -> Swept:
    """Attack `count` times by chance; a store that nobody attacked must have no fault."""
    swept, chance = Swept(), random.Random(seed)
    with victim.engine.connect() as connection:
        assert audit(connection, since=victim.kept).faults == ()
        connection.rollback()
        while swept.attacks < count:
            with connection.begin() as transaction:
                attack = chance.choice(ATTACKS)(connection, victim, chance)
                if attack is not None:
                    since = victim.kept if attack.kept is None else attack.kept
                    _judge(swept, attack, audit(connection, since=since).faults)
                transaction.rollback()
    return swept


def _judge(swept: Swept, attack: Attack, faults: tuple[Fault, ...]) -> None:
    swept.attacks += 1
    if not faults:
        swept.unseen.append(f"unseen: {attack.told}")
    elif not any(_is_in_place(attack, fault) for fault in faults):
        found = "; ".join(map(str, faults))
        swept.misplaced.append(f"misplaced: {attack.told}: {found}")


def _is_in_place(attack: Attack, fault: Fault) -> bool:
    if attack.positions is None:
        return any(place in fault.place for place in attack.places)
    first, last = attack.positions
    return fault.first is not None and fault.last is not None and (
        fault.first <= last and first <= fault.last
    )  # fmt: skip
