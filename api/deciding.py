"""The events that decided an answer, and the proof that they are in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.encoding import encoded
from projections.event_index import positions_of_items
from timeline.errors import NotFound
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.signing import last_checkpoint
from timeline.ledger.tiles import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    Row = dict[str, Any]


def deciding(rows: Iterable[Row], issuer: str | None = None) -> dict[str, list[str]]:
    """Return the ids of the events that `rows` name as deciding, by issuer, each once.

    A row of one of many issuers names its own; otherwise it is `issuer`. A row of the log speaks
    for itself.
    """
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        of, items = _named(row, issuer)
        if of is not None:
            found.setdefault(of, {}).update(dict.fromkeys(items))
    return {of: list(items) for of, items in found.items()}


def _named(row: Row, issuer: str | None) -> tuple[str | None, Iterable[str]]:
    if "specversion" in row:
        return row["source"].removeprefix("/v1/issuers/"), [row["subject"]]
    return issuer or row.get("issuer"), _because(row)


def _because(told: Any) -> Iterator[str]:
    """Yield what stands under `because`, however deep."""
    if isinstance(told, dict):
        yield from told.get("because") or ()
        for value in told.values():
            yield from _because(value)
    elif isinstance(told, list):
        for value in told:
            yield from _because(value)


def proof_of(connection: Connection, items: dict[str, list[str]], *, as_at: int) -> Row:
    """Prove every version of `items` recorded by position `as_at` against the last checkpoint.

    An event recorded after that checkpoint has no proof yet: it is null. Raises NotFound where
    nothing was signed.
    """
    note = last_checkpoint(connection)
    if note is None:
        raise NotFound("nothing was signed yet; `timeline checkpoint` does", place="proof")
    size = Checkpoint.of(note).size
    tree = Tree(connection)
    events = [
        {"issuer": issuer, "event": item, **_proven(tree, position, size)}
        for issuer, names in items.items()
        for item, positions in positions_of_items(connection, issuer, names, as_at=as_at).items()
        for position in positions
    ]
    return {"checkpoint": note, "size": size, "events": events}


def _proven(tree: Tree, position: int, size: int) -> Row:
    proof = (
        [encoded(one) for one in tree.inclusion(position - 1, size)] if position <= size else None
    )
    return {"position": position, "leaf": encoded(tree.leaf(position - 1)), "proof": proof}
