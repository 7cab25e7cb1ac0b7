"""The leaf hashes as they are stored, put in order of position."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.ledger.audit.fault import Fault, at
from timeline.ledger.tiles import HASH, TILE

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_ROWS = "SELECT first_position, hashes FROM ledger_leaves ORDER BY first_position"
_BOUND = (
    "SELECT (SELECT count(*) FROM events), (SELECT COALESCE(sum(length(hashes)), 0) "
    "FROM ledger_leaves)"
)


@dataclass(slots=True)
class Leaves:
    """Hashes of 32 bytes, one after the other from position 1, zeros where one is `missing`."""

    hashes: bytearray = field(default_factory=bytearray)
    missing: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many there are, the missing ones before the last one included."""
        return len(self.hashes) // HASH

    def tile(self, number: int) -> list[bytes]:
        """Return the hashes of one tile, the last one maybe not full."""
        start, end = number * TILE * HASH, min((number + 1) * TILE * HASH, len(self.hashes))
        part = bytes(self.hashes[start:end])
        return [part[here : here + HASH] for here in range(0, len(part), HASH)]

    def put(self, position: int, hash_: bytes) -> None:
        """Put a hash in the place of a missing one, or after the last one."""
        start = (position - 1) * HASH
        self.hashes[start : start + HASH] = hash_
        self.missing.discard(position)

    def add_row(self, first: int, hashes: object) -> None:
        """Add a row as it is stored, telling what is wrong with it."""
        following = self.size + 1
        if not isinstance(hashes, bytes) or not hashes or len(hashes) % HASH:
            self._wrong(first, "is not a row of whole hashes")
            hashes = hashes if isinstance(hashes, bytes) else b""
            hashes = hashes[: len(hashes) // HASH * HASH]
        if first < following:
            self._wrong(first, "stands where another row has leaves already")
            return
        if first > following:
            self.faults.append(at("ledger", following, "the leaf is gone", first - 1))
            self.missing |= set(range(following, first))
            self.hashes += bytes(HASH * (first - following))
        self.hashes += hashes
        if hashes and (first - 1) // TILE != (self.size - 1) // TILE:
            self._wrong(first, "reaches over the end of its tile")

    def _wrong(self, first: int, told: str) -> None:
        place = f"ledger_leaves, first_position {first}"
        self.faults.append(Fault("ledger", place, told, first, first))


def stored_leaves(connection: Connection) -> Leaves:
    """Read all leaf hashes. A position that nothing could have reached is told and passed over."""
    leaves = Leaves()
    events, length = connection.exec_driver_sql(_BOUND).one()
    bound = events + length // HASH + 1
    for first, hashes in connection.exec_driver_sql(_ROWS):
        if 0 < first <= bound:
            leaves.add_row(first, hashes)
        else:
            leaves._wrong(first, "is beyond all events")  # noqa: SLF001  # of this file
    return leaves
