"""A server signs now and then, hands it to a witness, and goes on when that fails."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from api import Timeline
from api.checkpointing import checkpoints, signed
from api.settings import Settings
from timeline.errors import StoreUnavailable
from timeline.ledger.note import notes_in
from timeline.ledger.witness import hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Posted = list[tuple[str, str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 't.db'}"
    Timeline(url, create=True).close()
    return Settings(url, witness=str(tmp_path / "witness.txt"), checkpoint_minutes=1)


@pytest.fixture
def witness() -> Iterator[tuple[str, Posted]]:
    """A server that takes what is posted, and its URL."""
    posted: Posted = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            posted.append((self.headers["Content-Type"], body))
            self.send_response(500 if self.path == "/broken" else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Takes)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", posted
    server.shutdown()
    thread.join()
    server.server_close()


def _record(settings: Settings, name: str) -> None:
    with Timeline(settings.database_url) as timeline:
        timeline.record(name, {"id": name, "name": name}, kind="issuer", key=name)


def _kept(settings: Settings) -> list[str]:
    with open(str(settings.witness)) as file:  # noqa: PTH123
        return notes_in(file.read())


def test_each_checkpoint_is_handed_over_once(settings: Settings) -> None:
    first = signed(settings, None)
    assert signed(settings, first) == first
    assert signed(settings, None) == first
    assert _kept(settings) == [first]
    _record(settings, "more")
    second = signed(settings, first)
    assert _kept(settings) == [first, second]


def test_a_server_signs_now_and_then(settings: Settings) -> None:
    with checkpoints(settings, minute=0.02):
        _record(settings, "more")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with Timeline(settings.database_url) as timeline:
                if timeline.signer() and _signed_size(timeline) == 1:
                    return
            time.sleep(0.02)
    raise AssertionError("nothing was signed")


def _signed_size(timeline: Timeline) -> int:
    try:
        return int(timeline.checkpoint().split("\n")[1])
    except Exception:  # noqa: BLE001  # nothing signed yet
        return -1


def test_a_server_may_be_told_not_to(settings: Settings) -> None:
    never = Settings(settings.database_url, checkpoint_minutes=0)
    before = threading.active_count()
    with checkpoints(never, minute=0.001):
        assert threading.active_count() == before


def test_without_a_key_a_server_goes_on(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "t.db.key").unlink()
    with caplog.at_level("DEBUG", "api.checkpointing"), checkpoints(settings, minute=0.01):
        deadline = time.monotonic() + 20
        while not caplog.records and time.monotonic() < deadline:
            time.sleep(0.01)
    assert "TIMELINE_SIGNING_KEY" in caplog.text


def test_a_url_gets_it_by_post(witness: tuple[str, Posted]) -> None:
    url, posted = witness
    assert hand_over("note\n", url)
    assert posted == [("text/plain; charset=utf-8", "note\n")]


def test_who_cannot_take_it_is_told(witness: tuple[str, Posted], tmp_path: Path) -> None:
    for where in (f"{witness[0]}/broken", "http://127.0.0.1:1/", str(tmp_path / "no" / "file")):
        with pytest.raises(StoreUnavailable, match="is signed"):
            hand_over("note\n", where)
