"""An erasure leaves every proof as it was: of the store, and of a package exported before it."""

from __future__ import annotations

import base64
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from api import Timeline
from tests.acceptance import crew
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRETS = (crew.GONE_NAME, crew.GONE_NOTE, crew.GONE)


@pytest.fixture
def timeline(store_url: str, tmp_path: Path) -> Iterator[Timeline]:
    """A store that tells of two people, with its first checkpoint signed."""
    key = tmp_path / "signing.key"
    with Timeline(store_url, recorded_by="ann", create=True, signing_key=key) as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
        timeline.sign()
        yield timeline


def proven(folder: Path) -> str:
    verifier = [sys.executable, "-I", "-S", str(folder / "verify_timeline.py")]
    done = subprocess.run(verifier, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def spoken(folder: Path) -> list[str]:
    """Return which secrets stand in a file of the package."""
    files = b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    ways = {one: (one.encode(), base64.b64encode(one.encode()).rstrip(b"=")) for one in SECRETS}
    return [one for one, written in ways.items() if any(way in files for way in written)]


def test_the_store_and_an_older_package_still_verify(timeline: Timeline, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    kept = timeline.checkpoint()
    timeline.export(before)
    assert crew.GONE_NAME in str(timeline.governance("larkspur", as_of="2022-06-01").items)
    assert timeline.erase("larkspur", crew.GONE, reason="asked").erased
    timeline.sign()
    timeline.export(after)
    assert timeline.verify(since=[kept]).faults == ()
    for package in (before, after):
        assert proven(package) == ""
        assert spoken(package) == []


def test_the_check_sees_a_secret_in_a_package(timeline: Timeline, tmp_path: Path) -> None:
    timeline.export(tmp_path / "out")
    (tmp_path / "out" / "note.txt").write_text(f"told by {crew.GONE_NAME}")
    assert spoken(tmp_path / "out") == [crew.GONE_NAME]
    (tmp_path / "out" / "events.ndjson").write_bytes(b"")
    assert proven(tmp_path / "out") != ""
