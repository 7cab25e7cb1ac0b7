"""Proof as a user meets it: over HTTP, on the command line, and from the library."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import subprocess
import sys
import warnings
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline, ledger_shapes, models
from api.app import create_app
from api.settings import Settings
from timeline.bundle import read_bundle
from timeline.ledger import merkle
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.note import Note, PublicKey, SigningKey
from timeline.recorder import canonical_record

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "samples" / "migenix" / "bundle.json"
HEAD = 383
ASKED = {"as_of": "2008-10-01", "explain": "true", "proof": "true"}
QUESTIONS = [
    "/v1/issuers/MGI/milestones?program=omigard",
    "/v1/issuers/migenix/programs/omigard",
    "/v1/issuers/migenix/commitments",
    "/v1/issuers/migenix/scorecard",
    "/v1/issuers/migenix/backtest",
    "/v1/issuers/migenix/disappeared",
    "/v1/issuers/migenix/worksheet?since=2008-07-08",
    "/v1/issuers/migenix/changes?from=2008-07-08&to=2009-04-01",
    "/v1/milestones?limit=7",
    "/v1/programs?limit=3",
    "/v1/documents/mbi-2004-08-03",
    "/v1/issuers",
    "/v1/events?limit=5",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('proof') / 'timeline.db'}"
    with Timeline(url, recorded_by="ann", create=True) as made:
        made.import_bundle(read_bundle(BUNDLE))
        made.sign()
    return url


@pytest.fixture(scope="module")
def client(store: str) -> Iterator[TestClient]:
    app = create_app(Settings(store, hosts=("testserver",)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def _decoded(told: list[str]) -> list[bytes]:
    return [base64.b64decode(one) for one in told]


def _leaves(store: str) -> list[bytes]:
    with Timeline(store) as timeline:
        return [merkle.leaf_hash(canonical_record(r)) for r in timeline.recorder.records()]


def test_the_checkpoint_is_plain_text_and_signed(client: TestClient, store: str) -> None:
    response = client.get("/v1/ledger/checkpoint")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    with Timeline(store) as timeline:
        key = PublicKey.read(str(timeline.signer()))
    assert Note.read(response.text).is_signed_by(key)
    said = Checkpoint.of(response.text)
    assert (said.size, said.root) == (HEAD, merkle.root(_leaves(store)))


def test_an_event_is_proven_among_any_number(client: TestClient, store: str) -> None:
    leaves = _leaves(store)
    for position, size in ((17, 300), (1, 1), (HEAD, None), (256, 257)):
        asked = {"position": position} | ({} if size is None else {"size": size})
        response = client.get("/v1/ledger/inclusion", params=asked)
        told = ledger_shapes.Inclusion.model_validate(response.json())
        of = size or HEAD
        assert (told.position, told.size) == (position, of)
        root = base64.b64decode(told.root)
        assert root == merkle.root(leaves[:of])
        leaf, proof = base64.b64decode(told.leaf), _decoded(told.proof)
        assert leaf == leaves[position - 1]
        assert merkle.includes(leaf, position - 1, of, proof, root)
        assert ("immutable" in response.headers["cache-control"]) == (size is not None)


def test_a_size_is_proven_to_continue_another(client: TestClient) -> None:
    for since, to in ((100, 383), (256, 300), (1, 2), (0, 5), (383, 383)):
        response = client.get("/v1/ledger/consistency", params={"from": since, "to": to})
        told = ledger_shapes.Consistency.model_validate(response.json())
        roots = _decoded([told.from_root, told.to_root])
        assert merkle.is_consistent(since, to, roots[0], roots[1], _decoded(told.proof))


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("inclusion?position=384", "position"),
        ("inclusion?position=0", "position"),
        ("inclusion?position=9&size=8", "position"),
        ("inclusion?position=9&size=384", "size"),
        ("consistency?from=384", "from"),
        ("consistency?from=9&to=8", "from"),
        ("consistency?from=9&to=384", "to"),
        ("inclusion", "position"),
    ],
)
def test_what_cannot_be_proven_is_refused(client: TestClient, asked: str, parameter: str) -> None:
    response = client.get(f"/v1/ledger/{asked}")
    told = models.Problem.model_validate_json(response.content)
    assert (told.status, told.parameter) == (400, parameter)


def _named(told: Any) -> set[str]:
    if isinstance(told, dict):
        inner = {name for value in told.values() for name in _named(value)}
        return inner | set(told.get("because") or ())
    return {name for one in told for name in _named(one)} if isinstance(told, list) else set()


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_comes_with_the_proof_of_what_decided_it(
    client: TestClient, store: str, question: str
) -> None:
    asked = ASKED if "changes" not in question else {"explain": "true", "proof": "true"}
    url = question + ("&" if "?" in question else "?")
    url += "&".join(f"{name}={value}" for name, value in asked.items())
    response = client.get(url)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-cache"
    answer = response.json()
    proof = models.AnswerProof.model_validate(answer["proof"])
    said, leaves = Checkpoint.of(proof.checkpoint), _leaves(store)
    assert proof.events
    for one in proof.events:
        leaf = base64.b64decode(one.leaf)
        assert leaf == leaves[one.position - 1]
        told = _decoded(one.proof or [])
        assert merkle.includes(leaf, one.position - 1, said.size, told, said.root)
    if "/events" not in question:
        without = {key: value for key, value in answer.items() if key != "proof"}
        assert {one.event for one in proof.events} == _named(without)


def test_an_answer_without_proof_is_as_it_was(client: TestClient) -> None:
    asked = {"as_of": "2008-10-01", "explain": "true"}
    plain = client.get("/v1/issuers/migenix/milestones", params=asked).json()
    proven = client.get("/v1/issuers/migenix/milestones", params=asked | {"proof": "true"}).json()
    assert "proof" not in plain
    assert {key: value for key, value in proven.items() if key != "proof"} == plain


def test_a_proof_goes_with_an_explanation(client: TestClient) -> None:
    response = client.get("/v1/issuers?proof=true")
    told = models.Problem.model_validate_json(response.content)
    assert (told.status, told.parameter) == (400, "proof")


def test_what_nothing_was_signed_of_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 't.db'}"
    with Timeline(url, create=True) as made:
        made.record("m", {"id": "m", "name": "M"}, kind="issuer", key="1")
        with TestClient(create_app(Settings(url, hosts=("testserver",)))) as client:
            assert client.get("/v1/ledger/checkpoint").status_code == 404
            assert client.get("/v1/issuers?explain=true&proof=true").status_code == 404
            made.sign()
            made.record("n", {"id": "n", "name": "N"}, kind="issuer", key="2")
            told = client.get("/v1/issuers?explain=true&proof=true").json()["proof"]
    assert [(one["position"], one["proof"]) for one in told["events"]] == [(1, []), (2, None)]


# The command line.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _run(tmp_path, "init", "--origin", "example.com/mine")
    _run(tmp_path, "import", str(ROOT / "samples" / "small" / "bundle.json"))
    return tmp_path


def _run(
    folder: Path, *words: str, code: int = 0, **settings: str
) -> subprocess.CompletedProcess[str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("TIMELINE_")}
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", *words],
        cwd=folder,
        env=ours | {"PYTHONPATH": str(ROOT)} | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def test_init_makes_a_key_for_its_owner_alone(folder: Path) -> None:
    assert (folder / "timeline.db.key").stat().st_mode & 0o777 == 0o600
    (key,) = json.loads(_run(folder, "keys", "--json").stdout)
    assert key["key"].startswith("example.com/mine+")
    assert (key["from"], key["to"]) == (0, None)
    _run(folder, "init")
    assert len(json.loads(_run(folder, "keys", "--json").stdout)) == 1


def test_a_key_that_is_given_is_taken(tmp_path: Path) -> None:
    given = SigningKey.made("example.com/given")
    file = tmp_path / "given"
    file.write_text(given.text() + "\n")
    file.chmod(0o600)
    _run(tmp_path, "init", TIMELINE_SIGNING_KEY=str(file))
    (key,) = json.loads(_run(tmp_path, "keys", "--json").stdout)
    assert key["key"] == given.public.text()
    done = _run(tmp_path, "checkpoint", code=2)
    assert "TIMELINE_SIGNING_KEY" in done.stderr
    _run(tmp_path, "checkpoint", TIMELINE_SIGNING_KEY=str(file))


def test_checkpoints_are_handed_to_a_witness_and_held_against_the_store(folder: Path) -> None:
    first = _run(folder, "checkpoint", TIMELINE_WITNESS="kept.txt").stdout
    assert _run(folder, "checkpoint", TIMELINE_WITNESS="kept.txt").stdout == first
    _run(folder, "keys", "rotate")
    second = json.loads(_run(folder, "checkpoint", "--json", TIMELINE_WITNESS="kept.txt").stdout)
    assert not second["new"]  # the rotation has signed it
    assert (folder / "kept.txt").read_text() == first + second["checkpoint"]
    done = _run(folder, "verify", "--since", "kept.txt")
    assert done.stdout.endswith("nothing was altered\n")
    assert "2  checkpoints kept elsewhere" in done.stdout


def _tamper(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "timeline.db")) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_verify_names_the_position_and_ends_with_1(folder: Path) -> None:
    _run(folder, "checkpoint", TIMELINE_WITNESS="kept.txt")
    _tamper(folder, "UPDATE events SET recorded_at = '2001-01-01T00:00:00.000000Z' "
            "WHERE position = 5")  # fmt: skip
    done = _run(folder, "verify", "--ledger-only", code=1)
    assert "position 5: was recorded before the one it follows" in done.stdout
    assert "position 5: the event or its leaf was changed" in done.stdout
    told = json.loads(_run(folder, "verify", "--ledger-only", "--json", code=1).stdout)
    assert {fault["first"] for fault in told["faults"]} == {5}


def test_verify_finds_a_derived_row_and_takes_its_rebuild_back(folder: Path) -> None:
    _tamper(folder, "UPDATE issuers SET name = 'Another'")
    done = _run(folder, "verify", code=1)
    assert "issuers, larkspur/larkspur at position 1" in done.stdout
    assert "Another" in _run(folder, "issuers").stdout
    assert _run(folder, "verify", "--ledger-only").returncode == 0


def test_verify_names_a_payload_that_does_not_read(folder: Path) -> None:
    _tamper(folder, "UPDATE events SET payload = x'7b' WHERE position = 3")
    done = _run(folder, "verify", code=1)
    assert "payloads: position 3: the payload does not read" in done.stdout


def test_a_store_cut_short_is_seen_by_who_kept_a_checkpoint(folder: Path) -> None:
    _run(folder, "checkpoint", TIMELINE_WITNESS="kept.txt")
    _tamper(folder, "DELETE FROM events WHERE position > 9",
            "DELETE FROM ledger_leaves", "DELETE FROM checkpoints")  # fmt: skip
    done = _run(folder, "verify", "--ledger-only", "--since", "kept.txt", code=1)
    assert "speaks of 18 events, and the store has 9: the rest is gone" in done.stdout


def test_export_writes_what_verifies_itself(folder: Path) -> None:
    told = json.loads(_run(folder, "export", "out", "--json").stdout)
    assert told == {"size": 18, "events": 18, "issuer": None}
    verifier = [sys.executable, "-I", "-S", str(folder / "out" / "verify_timeline.py")]
    done = subprocess.run(verifier, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "holds something" in _run(folder, "export", "out", code=2).stderr
    assert "larkspur" in _run(folder, "export", "one", "--issuer", "larkspur", "--json").stdout
