"""The ledger on either database: leaves in the append's transaction, proofs, signing, migration."""

from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import event as sql_event

from tests.contract.recording import event, some
from timeline.errors import LedgerBroken, SigningKeyMissing
from timeline.ledger import key_file as key_file_module
from timeline.ledger import merkle, signing
from timeline.ledger.audit import audit
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.note import Note
from timeline.ledger.signers import signers
from timeline.ledger.tiles import TILE, Tree
from timeline.recorder import (
    Idempotency,
    SqlRecorder,
    SystemClock,
    canonical_record,
    create_store,
    open_engine,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

    from timeline.recorder import InjectedClock, Inserts

GOLDEN = Path(__file__).parents[1] / "golden" / "stores"


@pytest.fixture
def key_file(recorder: SqlRecorder, clock: InjectedClock, tmp_path: Path) -> Path:
    path = tmp_path / "key"
    signing.begin_signing(recorder, clock, path, origin="example.com/log")
    return path


def _hashes(recorder: SqlRecorder) -> list[bytes]:
    return [merkle.leaf_hash(canonical_record(record)) for record in recorder.records()]


def _append_by_chance(recorder: SqlRecorder, upto: int) -> None:
    chance = random.Random(upto)
    while (head := recorder.head()) < upto:
        size = min(chance.choice((1, 1, 2, 30, 255, 256, 257, 600)), upto - head)
        recorder.append(some(size))


def test_every_root_and_proof_is_that_of_the_events(recorder: SqlRecorder) -> None:
    _append_by_chance(recorder, 2 * TILE + 44)
    hashes = _hashes(recorder)
    chance = random.Random(1)
    with recorder.begin_read() as connection:
        tree = Tree(connection)
        assert tree.size() == len(hashes)
        for size in (0, 1, 255, 256, 257, 511, 512, 513, len(hashes)):
            assert tree.root(size) == merkle.root(hashes[:size])
        for _ in range(60):
            size = chance.randrange(1, len(hashes) + 1)
            index = chance.randrange(size)
            proof, top = tree.inclusion(index, size), merkle.root(hashes[:size])
            assert merkle.includes(hashes[index], index, size, proof, top)
            old = merkle.root(hashes[: index + 1])
            assert merkle.is_consistent(
                index + 1, size, old, top, tree.consistency(index + 1, size)
            )


@pytest.mark.timeout(300)
def test_a_tree_of_three_levels_of_tiles(recorder: SqlRecorder) -> None:
    recorder.append(some(TILE * TILE - 1))
    recorder.append(some(2))
    recorder.append(some(TILE))
    hashes = _hashes(recorder)
    with recorder.begin_read() as connection:
        tree = Tree(connection)
        assert tree.root(len(hashes)) == merkle.root(hashes)
        proof = tree.inclusion(TILE * TILE, len(hashes))
        top = merkle.root(hashes)
        assert merkle.includes(hashes[TILE * TILE], TILE * TILE, len(hashes), proof, top)
        levels = connection.exec_driver_sql(
            "SELECT level, count(*) FROM ledger_nodes GROUP BY level ORDER BY level"
        )
        assert [tuple(row) for row in levels] == [(1, TILE + 1), (2, 1)]
        assert audit(connection).faults == ()


def test_a_proof_reads_one_tile_a_level(recorder: SqlRecorder, engine: Engine) -> None:
    recorder.append(some(3 * TILE + 7))
    with recorder.begin_read() as connection:
        tree = Tree(connection)
        tree.inclusion(300, 3 * TILE + 7)
        assert len(tree._tiles) <= 4


def test_an_append_that_fails_leaves_no_leaf(recorder: SqlRecorder, engine: Engine) -> None:
    def refuse(inserts: Inserts, records: object) -> None:
        raise ValueError("refused")

    recorder.append(some(3))
    with pytest.raises(ValueError, match="refused"):
        SqlRecorder(engine, SystemClock(), refuse).append(
            some(300), idempotency=Idempotency("key", "digest")
        )
    with recorder.begin_read() as connection:
        assert Tree(connection).size() == 3
        assert audit(connection).faults == ()


def test_a_trial_leaves_no_leaf(recorder: SqlRecorder) -> None:
    with recorder.begin_trial() as connection:
        recorder.write(connection, some(2))
    with recorder.begin_read() as connection:
        assert Tree(connection).size() == 0


def test_an_audit_of_nothing_finds_nothing(recorder: SqlRecorder) -> None:
    with recorder.begin_read() as connection:
        found = audit(connection)
    assert (found.events, found.root, found.faults) == (0, merkle.EMPTY, ())


def test_a_checkpoint_says_what_is_there(
    recorder: SqlRecorder, clock: InjectedClock, key_file: Path
) -> None:
    recorder.append(some(5), idempotency=Idempotency("key", "digest"))
    note, new = signing.sign(recorder, clock, key_file)
    said = Checkpoint.of(note)
    assert new
    assert (said.origin, said.size, said.requests) == ("example.com/log", 5, 1)
    assert said.root == merkle.root(_hashes(recorder))
    with recorder.begin_read() as connection:
        assert Note.read(note).is_signed_by(signers(connection)[0].key)
        assert signing.last_checkpoint(connection) == note


def test_nothing_recorded_since_gives_the_last_one_again(
    recorder: SqlRecorder, clock: InjectedClock, key_file: Path
) -> None:
    recorder.append(some(5))
    first = signing.sign(recorder, clock, key_file)
    assert signing.sign(recorder, clock, key_file) == (first[0], False)
    recorder.append([], idempotency=Idempotency("key", "digest"))
    assert signing.sign(recorder, clock, key_file)[1]


def test_the_first_key_stays(recorder: SqlRecorder, clock: InjectedClock, key_file: Path) -> None:
    assert not signing.begin_signing(recorder, clock, key_file.with_name("other"))
    with recorder.begin_read() as connection:
        assert len(signers(connection)) == 1


def test_a_rotated_key_leaves_earlier_checkpoints_true(
    recorder: SqlRecorder, clock: InjectedClock, key_file: Path
) -> None:
    before = key_file.read_text()
    kept = []
    for _ in range(3):
        recorder.append(some(2))
        kept.append(signing.sign(recorder, clock, key_file)[0])
        kept.append(signing.rotate(recorder, clock, key_file))
    assert key_file.read_text() != before
    assert len(key_file.read_text().splitlines()) == 1
    with recorder.begin_read() as connection:
        assert [one.from_size for one in signers(connection)] == [0, 2, 4, 6]
        assert audit(connection, since=kept).faults == ()


def test_a_rotation_that_dies_before_its_end_leaves_both_keys(
    recorder: SqlRecorder, clock: InjectedClock, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has the new key before the store does, and the old one until it does."""
    real = key_file_module.write_keys
    written: list[object] = []

    def once(path: Path, *keys: object) -> None:
        if written:
            raise OSError("killed")
        written.append(keys)
        real(path, *keys)  # type: ignore[arg-type]

    monkeypatch.setattr(signing, "write_keys", once)
    with pytest.raises(OSError, match="killed"):
        signing.rotate(recorder, clock, key_file)
    recorder.append(some(1))
    assert signing.sign(recorder, clock, key_file)[1]


def test_without_the_key_nothing_is_signed(
    recorder: SqlRecorder, clock: InjectedClock, key_file: Path
) -> None:
    key_file.unlink()
    for path in (None, key_file):
        with pytest.raises(SigningKeyMissing, match="TIMELINE_SIGNING_KEY"):
            signing.sign(recorder, clock, path)


def test_a_store_without_keys_signs_nothing(recorder: SqlRecorder, clock: InjectedClock) -> None:
    with pytest.raises(SigningKeyMissing, match="init"):
        signing.sign(recorder, clock, None)


def test_what_contradicts_the_last_checkpoint_is_not_signed(
    recorder: SqlRecorder, clock: InjectedClock, key_file: Path, engine: Engine
) -> None:
    recorder.append(some(5))
    signing.sign(recorder, clock, key_file)
    recorder.append(some(1))
    for statement in (
        (
            "UPDATE ledger_leaves SET hashes = (SELECT hashes FROM ledger_leaves "
            "WHERE first_position = 6) WHERE first_position = 1"
        ),
        "DELETE FROM ledger_leaves WHERE first_position = 6",
    ):
        with _unguarded(engine, statement), pytest.raises(LedgerBroken, match="verify"):
            signing.sign(recorder, clock, key_file)


class _unguarded:  # noqa: N801  # reads as a word
    """Run a statement on every append's connection first, as somebody with the file could have."""

    def __init__(self, engine: Engine, statement: str) -> None:
        self._engine, self._statement = engine, statement

    def __enter__(self) -> None:
        sql_event.listen(self._engine, "begin", self._change)

    def __exit__(self, *_: object) -> None:
        sql_event.remove(self._engine, "begin", self._change)

    def _change(self, connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP TRIGGER append_only_change ON ledger_leaves")
        else:
            raw = connection.connection.driver_connection
            raw.set_authorizer(None)  # type: ignore[union-attr]
            for verb in ("UPDATE", "DELETE", "replace"):
                connection.exec_driver_sql(f"DROP TRIGGER append_only_ledger_leaves_{verb}")
        connection.exec_driver_sql(self._statement)


@pytest.fixture
def older(empty_url: str) -> Iterator[Engine]:
    """A store from before there was a ledger, as a release of then has left it."""
    if empty_url.startswith("sqlite"):
        file = Path(empty_url.removeprefix("sqlite:///"))
        file.write_bytes(gzip.decompress((GOLDEN / "before_ledger.db.gz").read_bytes()))
    else:
        with psycopg.connect(empty_url) as connection:
            connection.execute((GOLDEN / "before_ledger.sql").read_bytes())
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def test_an_older_store_gets_its_ledger(older: Engine) -> None:
    told: list[tuple[int, int]] = []
    create_store(older, progress=lambda done, of: told.append((done, of)))
    recorder = SqlRecorder(older, SystemClock())
    hashes = _hashes(recorder)
    assert told == [(26, 26)]
    with recorder.begin_read() as connection:
        assert Tree(connection).root(26) == merkle.root(hashes)
        found = audit(connection)
    assert (found.events, found.requests, found.faults) == (26, 5, ())


def test_an_older_store_goes_on(older: Engine, tmp_path: Path) -> None:
    create_store(older)
    recorder = SqlRecorder(older, SystemClock())
    signing.begin_signing(recorder, SystemClock(), tmp_path / "key")
    note, _ = signing.sign(recorder, SystemClock(), tmp_path / "key")
    recorder.append([event()], idempotency=Idempotency("more", "digest"))
    create_store(older)
    with recorder.begin_read() as connection:
        assert audit(connection, since=[note]).faults == ()
        assert [one.from_size for one in signers(connection)] == [26]
