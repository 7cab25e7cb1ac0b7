"""Every answered request hashed anew and held against its link, its place and its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from timeline.ledger import stored_rows
from timeline.ledger.audit.fault import Fault
from timeline.ledger.chain import NO_LINK, link
from timeline.ledger.merkle import leaf_hash
from timeline.recorder.canonical import canonical_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

# In SQLite the index has the keys a second time, and would be asked instead of the rows.
_UNLINKED = (
    "SELECT key FROM idempotency AS i {rows} WHERE NOT EXISTS "
    "(SELECT 1 FROM ledger_requests AS r WHERE r.key = i.key) ORDER BY key"
)
_AT_ONCE = 500


@dataclass(slots=True)
class Requests:
    """The chain as it was followed: how many links, and those wanted, by how many requests."""

    count: int = 0
    links: dict[int, bytes] = field(default_factory=lambda: {0: NO_LINK})
    faults: list[Fault] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    first: int = 0
    # What the next link may follow: the link as stored, and as it ought to be.
    before: tuple[bytes, ...] = (NO_LINK,)


def audited_requests(connection: Connection, wanted: set[int]) -> Requests:
    """Follow the chain from its first link; see that no request stands outside it."""
    requests = Requests()
    for rows in stored_rows.entered(connection):
        for start in range(0, len(rows), _AT_ONCE):
            _audit_some(connection, requests, rows[start : start + _AT_ONCE], wanted)
    rows_alone = "NOT INDEXED" if connection.dialect.name == "sqlite" else ""
    unlinked = connection.exec_driver_sql(_UNLINKED.format(rows=rows_alone)).scalars()
    requests.faults += [_of_key(key, "is not in the ledger") for key in unlinked]
    return requests


def _audit_some(
    connection: Connection, requests: Requests, rows: Sequence[Any], wanted: set[int]
) -> None:
    keys = [key for _, key, _ in rows if _can_be_asked(key)]
    found = {row[0]: row for row in stored_rows.requests(connection, keys)}
    instants = _instants(connection, found.values())
    for number, key, hash_ in rows:
        if number > requests.count + 1:
            _wrong(requests, requests.count + 1, "is gone")
        if number != requests.count + 1:
            _wrong(requests, number, "does not follow the one before it")
        requests.count = number
        _link_checked(requests, number, key, hash_, found.get(key))
        if number in wanted:
            requests.links[number] = hash_
        if key in requests.keys:
            _wrong(requests, number, f"links the key {key!r} once more")
        requests.keys.add(key)
        if key in found:
            requests.faults += _placed(requests, found[key], instants)


def _can_be_asked(key: object) -> bool:
    """Say whether a key can be a parameter: what SQLite was made to hold as text need be none."""
    try:
        str(key).encode()
    except UnicodeEncodeError:
        return False
    return isinstance(key, str)


def _link_checked(requests: Requests, number: int, key: str, hash_: Any, row: Any) -> None:
    if row is None:
        requests.faults.append(_of_key(key, f"is gone; link {number} of the ledger has it"))
        requests.before = _whole(hash_)
        return
    leaf = _hashed(row)
    follows = [link(before, leaf) for before in requests.before] if leaf is not None else []
    if hash_ not in follows:
        requests.faults.append(_of_key(key, f"it or link {number} of the ledger was changed"))
    requests.before = (*_whole(hash_), *follows)


def _whole(hash_: object) -> tuple[bytes, ...]:
    return (hash_,) if isinstance(hash_, bytes) else ()


def _hashed(row: Any) -> bytes | None:
    names = ("key", "digest", "first_position", "last_position", "recorded_at", "answer")
    try:
        return leaf_hash(canonical_request(**dict(zip(names, row, strict=True))))
    except (TypeError, UnicodeEncodeError):
        return None


def _placed(requests: Requests, row: Any, instants: dict[int, str]) -> Iterable[Fault]:
    """Check that a request stands where it says: positions and instant are those of its events."""
    key, _, first, last, at, _ = row
    if not isinstance(first, int) or not isinstance(last, int) or first < requests.first:
        yield _of_key(key, "its positions come before those of the request before it")
        return
    requests.first = first
    if last == first - 1:
        before, after = instants.get(last, ""), instants.get(first)
        if not before <= str(at) or (after is not None and str(at) > after):
            yield _of_key(key, "its recorded_at lies outside that of the events around it")
    elif last < first or {instants.get(first), instants.get(last)} != {at}:
        yield _of_key(key, "its positions and recorded_at are not those of its events")


def _instants(connection: Connection, rows: Iterable[Any]) -> dict[int, str]:
    ends = {end for row in rows for end in row[2:4] if isinstance(end, int)}
    return stored_rows.instants(connection, sorted(ends))


def _wrong(requests: Requests, number: int, told: str) -> None:
    requests.faults.append(Fault("requests", f"ledger_requests, number {number}", told))


def _of_key(key: object, told: str) -> Fault:
    return Fault("requests", f"idempotency, key {key!r}", told)
