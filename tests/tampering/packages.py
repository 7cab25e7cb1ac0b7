"""Audit packages tampered with: every file but the verifier, the manifest made to fit."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api import Timeline
from tests.contract.recording import NOON
from tests.tampering.sweep import Swept
from timeline.canonical import canonical_text
from timeline.ledger.checkpoint import Checkpoint
from timeline.ledger.merkle import leaf_hash, root
from timeline.ledger.note import SigningKey, notes_in, signed
from timeline.ledger.signers import signer_note
from timeline.ledger.verify_timeline import Verification
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from pathlib import Path

ISSUERS = ("meridian", "other")
FILES = re.compile(r".*\.(ndjson|txt|json)")


@dataclass(frozen=True, slots=True)
class Packages:
    """A package of a whole timeline, one of an issuer, and the checkpoints an auditor kept."""

    whole: Path
    one: Path
    kept: Path


def package(folder: Path) -> Packages:
    """Make a store of two issuers with documents, corrections, requests and two keys; export it."""
    folder.mkdir()
    clock = InjectedClock(NOON)
    made = Packages(folder / "whole", folder / "one", folder / "kept.txt")
    with Timeline(f"sqlite:///{folder / 't.db'}", clock=clock, create=True) as timeline:
        _record(timeline, clock)
        kept = [timeline.sign()[0]]
        clock.instant += timedelta(minutes=1)
        kept.append(timeline.rotate_key())
        _correct(timeline, clock)
        kept.append(timeline.sign()[0])
        made.kept.write_text("".join(kept))
        timeline.export(made.whole)
        timeline.export(made.one, issuer=ISSUERS[0])
    return made


def _record(timeline: Timeline, clock: InjectedClock) -> None:
    for number in range(24):
        issuer, told = ISSUERS[number % 3 == 2], f"{number}"
        clock.instant += timedelta(seconds=1)
        if number in (0, 2):
            timeline.record(issuer, {"id": issuer, "name": issuer.title()}, kind="issuer")
        elif number % 4 == 1:
            document = {"id": f"d{told}", "published": "2008-07-08", "sha256": told.zfill(64)}
            timeline.record(issuer, document, kind="document", key=f"key-{told}")
        else:
            event: dict[str, Any] = {"id": f"e{told}", "type": "corp.office_moved"}
            event |= {"occurred": "2008-07", "disclosed": "2008-07-08", "summary": f"\u00e9 {told}"}
            timeline.record(issuer, event, key=f"key-{told}" if number % 2 else None)


def _correct(timeline: Timeline, clock: InjectedClock) -> None:
    clock.instant += timedelta(minutes=1)
    timeline.correct("meridian", "d1", {"sha256": "f" * 64}, reason="misread", id="c1")
    timeline.correct("meridian", "e3", {"occurred": "2008-06"}, reason="misread", id="c2")


def sweep_package(made: Packages, count: int, seed: int = 1) -> Swept:
    """Attack both packages by chance, `count` times; what is done is undone after."""
    swept, chance = Swept(), random.Random(seed)
    for folder in (made.whole, made.one):
        assert _faults(folder, made.kept) == []
    while swept.attacks < count:
        folder = chance.choice((made.whole, made.one))
        beside = folder.with_name("attacked")
        shutil.copytree(folder, beside)
        told, places = chance.choice(ATTACKS)(beside, chance)
        _make_manifest_fit(beside, told)
        faults = _faults(beside, made.kept)
        shutil.rmtree(beside)
        swept.attacks += 1
        if not faults:
            swept.unseen.append(f"unseen: {folder.name}: {told}")
        elif not any(place in fault for fault in faults for place in places):
            swept.misplaced.append(f"misplaced: {folder.name}: {told}: {faults}")
    return swept


def _faults(folder: Path, kept: Path) -> list[str]:
    found = Verification(folder)
    found.run(str(kept), None)
    return found.faults


def change_a_byte(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    path = _file(folder, chance)
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)
    line = bytes(data).count(b"\n", 0, at) + 1
    path.write_bytes(data)
    return f"{path.name} byte {at}", _places(folder, path, line)


def delete_a_line(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    path = _file(folder, chance)
    lines = path.read_text().splitlines(keepends=True)
    at = chance.randrange(len(lines))
    del lines[at]
    path.write_text("".join(lines))
    return f"{path.name} line {at + 1} deleted", _places(folder, path, at + 1)


def swap_two_lines(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    path = folder / chance.choice(("events.ndjson", "documents.ndjson"))
    lines = path.read_text().splitlines(keepends=True)
    one, other = sorted(chance.sample(range(len(lines)), 2))
    lines[one], lines[other] = lines[other], lines[one]
    path.write_text("".join(lines))
    return f"{path.name} lines {one + 1} and {other + 1} swapped", _places(folder, path, one + 1)


def insert_a_line(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    path = _file(folder, chance)
    lines = path.read_text().splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines.insert(at, lines[at])
    path.write_text("".join(lines))
    return f"{path.name} line {at + 1} twice", _places(folder, path, at + 1)


def cut_the_tail(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    path = folder / "events.ndjson"
    lines = path.read_text().splitlines(keepends=True)
    left = chance.randrange(len(lines))
    path.write_text("".join(lines[:left]))
    return f"events cut after {left}", ["events.ndjson: ends at", "proofs.ndjson: has proofs"]


def forge_an_event(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    """Change an event, with its leaf; what was signed stays."""
    position = _forge(folder, chance)
    return f"forged {position}", [f"position {position}:", "something in positions"]


def forge_and_sign_anew(folder: Path, chance: random.Random) -> tuple[str, list[str]]:
    """Change an event and sign every checkpoint of the whole under a key of one's own."""
    position = _forge(folder, chance)
    key = SigningKey.made("example.com/other")
    leaves = [
        base64.b64decode(json.loads(line)["leafhash"])
        for line in (folder / "events.ndjson").read_text().splitlines()
    ]
    notes = []
    for note in notes_in((folder / "checkpoints.txt").read_text()):
        said = Checkpoint.of(note)
        forged = Checkpoint(
            key.name, said.size, root(leaves[: said.size]), said.requests, said.link, said.signed_at
        )
        notes.append(signed(forged.text(), key))
    (folder / "checkpoints.txt").write_text("".join(notes))
    (folder / "keys.txt").write_text(signer_note(key, 1, 0, NOON, before=None))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"origin": key.name, "root": base64.b64encode(forged.root).decode()}
    _write_manifest(folder, manifest)
    return f"forged {position} and signed anew", ["kept.txt, checkpoint 1: is not one"]


ATTACKS = (
    *((change_a_byte,) * 10), *((delete_a_line,) * 3), *((swap_two_lines,) * 2),
    *((insert_a_line,) * 2), cut_the_tail, forge_an_event, forge_and_sign_anew,
)  # fmt: skip


def _file(folder: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(path for path in folder.iterdir() if FILES.fullmatch(path.name)))


def _places(folder: Path, path: Path, line: int) -> list[str]:
    """Return what a fault may name: the line, or the file where it has no lines of its own."""
    if path.name == "events.ndjson":
        near = [f"events.ndjson, line {near}:" for near in (line, line + 1)]
        return [*near, "ends at position", f"proofs.ndjson, line {line}:", "proofs of events"]
    if path.name == "proofs.ndjson":
        return [f"proofs.ndjson, line {near}" for near in (line, line - 1)] + [
            "is not proven to be under the last", "cannot be read", "proofs.ndjson: ",
        ]  # fmt: skip
    if path.name == "consistency.ndjson":
        return ["consistency.ndjson", "continue the one before", "cannot be read"]
    return [path.name.partition(".")[0], "cannot be read"]


def _forge(folder: Path, chance: random.Random) -> int:
    path = folder / "events.ndjson"
    lines = path.read_text().splitlines()
    at = chance.randrange(len(lines))
    event = json.loads(lines[at])
    event["data"]["recorded_by"] = "mallory"
    stream, version = event["id"].split("/")
    header = {
        "position": event["position"],
        "recorded_at": event["time"],
        "stream": stream,
        "topic": f"{event['type']}@{event['typeversion']}",
        "version": int(version),
    }
    told = f"{canonical_text(header)}\n{canonical_text(event['data'])}".encode()
    event["leafhash"] = base64.b64encode(leaf_hash(told)).decode()
    lines[at] = canonical_text(event)
    path.write_text("".join(f"{line}\n" for line in lines))
    return int(event["position"])


def _make_manifest_fit(folder: Path, told: str) -> None:
    """Let the manifest name the files as they are now, unless it was attacked itself."""
    if told.startswith("manifest"):
        return
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"] = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in manifest["files"]
    }
    _write_manifest(folder, manifest)


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
