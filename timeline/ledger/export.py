"""The audit package: a folder that proves itself, with one file of Python that anybody can read.

It holds what the newest checkpoint speaks of: the whole timeline, or one issuer's events with a
proof for each. `verify_timeline.py` shares no code with this; what is written here is written as
it says, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.canonical import canonical_text
from timeline.errors import BadInput, LedgerBroken, NotFound
from timeline.ledger import stored_rows
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.merkle import leaf_hash
from timeline.ledger.tiles import Tree
from timeline.recorder.canonical import record_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection

    Progress = Callable[[int, int], None]

FORMAT = "timeline-audit/1"
VERIFIER = Path(__file__).with_name("verify_timeline.py")

_NOTES = "SELECT note FROM {} ORDER BY number"


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in a package: the size its checkpoint speaks of, and how many events of it."""

    size: int
    events: int
    issuer: str | None


def export(
    connection: Connection, folder: Path, progress: Progress, *, issuer: str | None = None
) -> Exported:
    """Write the package into `folder`, which must be empty or not there.

    Raises BadInput for a folder that holds something, NotFound where nothing was signed or no event
    is the issuer's, LedgerBroken where an event cannot be written as what it was.
    """
    notes = _notes(connection, "checkpoints")
    if not notes:
        raise NotFound("nothing was signed yet; `timeline checkpoint` does")
    if folder.exists() and any(folder.iterdir()):
        raise BadInput("holds something already; name a new folder", place=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    last = Checkpoint.of(notes[-1])
    package = _Package(folder, last.size, issuer)
    count = package.events(connection, progress)
    if issuer is None:
        package.requests(connection, last.requests)
    else:
        package.consistency(connection, [Checkpoint.of(note) for note in notes])
    package.write("checkpoints.txt", notes)
    package.write("keys.txt", _notes(connection, "signing_keys"))
    shutil.copyfile(VERIFIER, folder / VERIFIER.name)
    package.manifest(last)
    return Exported(last.size, count, issuer)


def _notes(connection: Connection, table: str) -> list[str]:
    return list(connection.exec_driver_sql(_NOTES.format(table)).scalars())


@dataclass(frozen=True, slots=True)
class _Package:
    folder: Path
    size: int
    issuer: str | None

    def events(self, connection: Connection, progress: Progress) -> int:
        """Write events, the document hashes in them, and their proofs where they are not all."""
        count, tree = 0, Tree(connection)
        with (
            self._open("events.ndjson") as events,
            self._open("documents.ndjson") as documents,
        ):
            proofs = None if self.issuer is None else self._open("proofs.ndjson")
            for position, event in self._found(connection, progress):
                count += 1
                events.write(f"{canonical_text(event)}\n")
                documents.writelines(f"{canonical_text(one)}\n" for one in _documents(event))
                if proofs is not None:
                    proof = [_encoded(one) for one in tree.inclusion(position - 1, self.size)]
                    proofs.write(f"{canonical_text({'position': position, 'proof': proof})}\n")
            if proofs is not None:
                proofs.close()
        if self.issuer is not None and not count:
            raise NotFound(f"no event is recorded of {self.issuer!r}", place="issuer")
        return count

    def requests(self, connection: Connection, many: int) -> None:
        """Write the first `many` answered requests, in the order of their chain."""
        with self._open("requests.ndjson") as file:
            for rows in stored_rows.entered(connection):
                some = [row for row in rows if row[0] <= many]
                for start in range(0, len(some), 500):
                    for line in _requests(connection, some[start : start + 500]):
                        file.write(f"{line}\n")

    def consistency(self, connection: Connection, checkpoints: list[Checkpoint]) -> None:
        """Write the proof that each checkpoint continues the one before it."""
        tree = Tree(connection)
        with self._open("consistency.ndjson") as file:
            for old, new in pairwise(checkpoints):
                proof = [_encoded(one) for one in tree.consistency(old.size, new.size)]
                told = {"from": old.size, "to": new.size, "proof": proof}
                file.write(f"{canonical_text(told)}\n")

    def write(self, name: str, notes: list[str]) -> None:
        """Write notes one after the other."""
        with self._open(name) as file:
            file.write("".join(notes))

    def manifest(self, last: Checkpoint) -> None:
        """Write what the package is, and the SHA-256 of each of its files."""
        files = sorted(path for path in self.folder.iterdir() if path.name != VERIFIER.name)
        told = {
            "format": FORMAT,
            "issuer": self.issuer,
            "origin": last.origin,
            "size": last.size,
            "root": _encoded(last.root),
            "requests": last.requests,
            "files": {path.name: _sha256(path) for path in files},
        }
        with self._open("manifest.json") as file:
            file.write(json.dumps(told, indent=1, sort_keys=True) + "\n")

    def _found(
        self, connection: Connection, progress: Progress
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        for rows in stored_rows.events(connection):
            for row in rows:
                if row[0] > self.size:
                    return
                event = _event(row)
                if self.issuer in (None, event["data"]["issuer"]):
                    yield row[0], event
            progress(min(rows[-1][0], self.size), self.size)

    def _open(self, name: str) -> Any:
        return (self.folder / name).open("w", encoding="utf-8", newline="\n")


def _event(row: Any) -> dict[str, Any]:
    """Return a stored row as a CloudEvent that holds all its canonical bytes."""
    position, recorded_at, stream, topic, version, payload = row
    kind, _, type_version = topic.rpartition("@")
    try:
        data = json.loads(payload)
        same = canonical_text(data).encode() == payload and f"{kind}@{int(type_version)}" == topic
        source, subject = f"/v1/issuers/{data['issuer']}", data["item"]
    except (KeyError, TypeError, ValueError):
        same = False
    if not same:
        raise LedgerBroken(f"position {position} is no event of a timeline; see `timeline verify`")
    return {
        "specversion": "1.0",
        "id": f"{stream}/{version}",
        "source": source,
        "type": kind,
        "typeversion": int(type_version),
        "subject": subject,
        "time": recorded_at,
        "datacontenttype": "application/json",
        "position": position,
        "leafhash": _encoded(leaf_hash(record_bytes(*row))),
        "data": data,
    }


def _documents(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the hash of a document that an event states, or corrects."""
    data = event["data"]
    facts, told = data.get("facts", {}), {"position": event["position"], "issuer": data["issuer"]}
    match data.get("kind"):
        case "document" if "sha256" in facts:
            yield {**told, "document": data["item"], "sha256": facts["sha256"]}
        case "correction" if "sha256" in facts.get("set", {}):
            yield {**told, "document": facts["corrects"], "sha256": facts["set"]["sha256"]}


def _requests(connection: Connection, rows: list[Any]) -> Iterator[str]:
    found = {row[0]: row for row in stored_rows.requests(connection, [row[1] for row in rows])}
    for number, key, link in rows:
        if key not in found:
            raise LedgerBroken(f"the request {key!r}, number {number}, is gone; see verify")
        _, digest, first, last, recorded_at, answer = found[key]
        told = {
            "key": key,
            "digest": digest,
            "first_position": first,
            "last_position": last,
            "recorded_at": recorded_at,
            "answer": _encoded(answer),
            "link": _encoded(link),
        }
        yield canonical_text(told)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
