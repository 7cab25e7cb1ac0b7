"""The whole audit on one connection that sees one moment of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.ledger import stored_rows
from timeline.ledger.audit.checkpoints import held_against, read_notes
from timeline.ledger.audit.events import audited_events
from timeline.ledger.audit.leaves import stored_leaves
from timeline.ledger.audit.requests import audited_requests
from timeline.ledger.audit.tree import built

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.engine import Connection

    from timeline.ledger.audit.fault import Fault

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Audited:
    """What was looked at: how many events, requests, checkpoints and keys, and what is wrong.

    `root` is that over all events, as their leaves stand.
    """

    events: int
    root: bytes
    requests: int
    checkpoints: int
    keys: int
    faults: tuple[Fault, ...]


def _quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def audit(
    connection: Connection, *, since: Sequence[str] = (), progress: Progress = _quiet
) -> Audited:
    """Hash all that is recorded and hold it against the ledger, the checkpoints and `since`.

    `since` are notes of checkpoints that somebody kept: the store must still be a continuation of
    each. `progress` is told how many of how many events are hashed. Faults are in the order in
    which they were found; each names its place.
    """
    with stored_rows.whatever_text(connection):
        return _audited(connection, since, progress)


def _audited(connection: Connection, since: Sequence[str], progress: Progress) -> Audited:
    notes = read_notes(connection, since)
    sizes = {one.checkpoint.size for one in notes.all}
    leaves = stored_leaves(connection)
    events = audited_events(connection, leaves, sizes, progress)
    tree = built(connection, leaves, events.differing, {*sizes, leaves.size})
    requests = audited_requests(connection, {one.checkpoint.requests for one in notes.all})
    faults = [
        *leaves.faults, *events.faults, *tree.faults, *requests.faults, *notes.faults,
        *held_against(notes, tree, requests, events),
    ]  # fmt: skip
    return Audited(
        events=events.count,
        root=min(tree.roots[leaves.size]),
        requests=requests.count,
        checkpoints=len(notes.stored),
        keys=len(notes.keys),
        faults=tuple(faults),
    )
