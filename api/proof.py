"""Proof: checkpoints and their keys, proofs for one event or between two sizes, and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.deciding import deciding, proof_of
from api.encoding import encoded
from api.names import find_issuer
from projections.compared import compared
from projections.issuers import issuers_at
from timeline.errors import BadInput, NotFound
from timeline.ledger import signing
from timeline.ledger.audit import Fault, audit, audited_file
from timeline.ledger.export import Exported, export
from timeline.ledger.signers import signers
from timeline.ledger.tiles import Tree
from timeline.recorder.canonical import canonical_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from timeline.packs import Vocabulary
    from timeline.recorder import Clock, SqlRecorder

    Progress = Callable[[int, int], None]


def quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What an audit has looked at, and every fault it has found; `root` is in base64.

    `read_models` says whether they were compared with a rebuild.
    """

    events: int
    root: str
    requests: int
    checkpoints: int
    keys: int
    read_models: bool
    faults: tuple[Fault, ...]


class Proof:
    """What can be proven of an open store."""

    if TYPE_CHECKING:  # what `Timeline` has
        recorder: SqlRecorder
        vocabulary: Vocabulary
        key_file: Path | None
        _clock: Clock

    def checkpoint(self) -> str:
        """Return the newest signed checkpoint, a note; raises NotFound where there is none."""
        with self.recorder.begin_read() as connection:
            note = signing.last_checkpoint(connection)
        if note is None:
            raise NotFound("nothing was signed yet; `timeline checkpoint` does")
        return note

    def sign(self) -> tuple[str, bool]:
        """Sign a checkpoint of all there is; say whether it is new, or nothing was recorded since.

        Raises SigningKeyMissing, and LedgerBroken where the store is not what was signed before.
        """
        return signing.sign(self.recorder, self._clock, self.key_file)

    def rotate_key(self) -> str:
        """Let a new key take over, and return its first checkpoint."""
        return signing.rotate(self.recorder, self._clock, self.key_file)

    def signer(self) -> str | None:
        """Return the public key that signs now, as `name+id+key`; None where none does."""
        keys = self.signing_keys()
        return keys[-1]["key"] if keys else None

    def signing_keys(self) -> list[dict[str, Any]]:
        """Return every public key that has signed, with the sizes it signs `from` and `to`."""
        with self.recorder.begin_read() as connection:
            known = signers(connection)
        ends = [*(one.from_size for one in known[1:]), None]
        return [
            {"number": k.number, "key": k.key.text(), "from": k.from_size, "to": end,
             "begun": k.begun}
            for k, end in zip(known, ends, strict=False)
        ]  # fmt: skip

    def leaf_bytes(self, position: int) -> bytes:
        """Return the canonical bytes of the event at `position`: what its leaf is the hash of."""
        found = self.recorder.at_positions([position])
        if not found:
            raise NotFound(f"no event stands at position {position}", place="position")
        return canonical_record(found[0])

    def inclusion(self, position: int, *, size: int | None = None) -> dict[str, Any]:
        """Prove that the event at `position` is among the first `size`, by default all."""
        with self.recorder.begin_read() as connection:
            tree = Tree(connection)
            of = _size(tree, size, "size")
            if not 1 <= position <= of:
                raise BadInput(f"{position} is not between 1 and {of}", place="position")
            return {
                "position": position,
                "size": of,
                "leaf": encoded(tree.leaf(position - 1)),
                "root": encoded(tree.root(of)),
                "proof": [encoded(one) for one in tree.inclusion(position - 1, of)],
            }

    def consistency(self, since: int, *, to: int | None = None) -> dict[str, Any]:
        """Prove that the first `since` events are the beginning of the first `to`, of all."""
        with self.recorder.begin_read() as connection:
            tree = Tree(connection)
            of = _size(tree, to, "to")
            if not 0 <= since <= of:
                raise BadInput(f"{since} is not between 0 and {of}", place="from")
            return {
                "from": since,
                "to": of,
                "from_root": encoded(tree.root(since)),
                "to_root": encoded(tree.root(of)),
                "proof": [encoded(one) for one in tree.consistency(since, of)],
            }

    def proof_of(
        self, rows: Iterable[dict[str, Any]], *, as_at: int, issuer: str | None = None
    ) -> dict[str, Any]:
        """Prove the events that decided `rows` of an explained answer to be in the log.

        `as_at` is the position the answer rests on, `issuer` whose rows they are where they do not
        say. The proof holds against the last checkpoint, which comes with it.
        """
        with self.recorder.begin_read() as connection:
            return proof_of(connection, deciding(rows, issuer), as_at=as_at)

    def export(
        self, folder: Path, *, issuer: str | None = None, progress: Progress = quiet
    ) -> Exported:
        """Write the audit package of the whole timeline, or of one issuer, into a new folder.

        It holds what the newest checkpoint speaks of; see `timeline.ledger.export`.
        """
        with self.recorder.begin_read() as connection:
            of = issuer and find_issuer(issuer, issuers_at(connection, as_at=self.recorder.head()))
            return export(connection, folder, progress, issuer=of)

    def verify(
        self,
        *,
        since: Sequence[str] = (),
        read_models: bool = True,
        progress: Progress = quiet,
        rebuilding: Progress = quiet,
    ) -> Verified:
        """Hash everything anew, hold it against ledger, checkpoints and `since`; see `audit`.

        With `read_models` they are held against a rebuild too. Appends go on all the while.
        """
        with self.recorder.begin_read() as connection:
            file = audited_file(connection)
            found = audit(connection, since=since, progress=progress)
        more = (
            compared(self.recorder, progress=rebuilding, packs=self.vocabulary)
            if read_models
            else []
        )
        return Verified(
            events=found.events,
            root=encoded(found.root),
            requests=found.requests,
            checkpoints=found.checkpoints,
            keys=found.keys,
            read_models=read_models,
            faults=(*found.faults, *file, *more),
        )


def _size(tree: Tree, size: int | None, place: str) -> int:
    most = tree.size()
    if size is not None and not 0 <= size <= most:
        raise BadInput(f"{size} is not between 0 and {most}, all there is", place=place)
    return most if size is None else size
