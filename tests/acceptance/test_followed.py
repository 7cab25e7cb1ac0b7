"""`timeline follow` and a followed store, from the command line and over HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.settings import Settings

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAIN = "from api.cli import main; main()"
_MOVED = {"id": "e1", "type": "corp.office_moved", "occurred": "2009-11", "disclosed": "2009-11-30"}


@pytest.fixture
def followed_url(store_url: str) -> str:
    """A followed store with an issuer, which is not applied."""
    done = _timeline(store_url, "init", TIMELINE_READ_MODELS="followed")
    assert done.returncode == 0, done.stderr
    with Timeline(store_url) as timeline:
        timeline.record("acme", {"name": "Acme"}, kind="issuer")
    return store_url


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_applies_what_is_appended_and_a_signal_ends_it(
    followed_url: str, sent: signal.Signals
) -> None:
    with _followed(followed_url) as process, Timeline(followed_url) as timeline:
        _wait_until(lambda: timeline.recorder.reach() == (1, 1, True))
        timeline.record("acme", _MOVED)
        _wait_until(lambda: timeline.recorder.reach() == (2, 2, True))
        process.send_signal(sent)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, b"", b"")
        assert len(timeline.events(issuer="acme").items) == 2
        assert timeline.rebuild().differences == ()


def test_once_ends_at_the_head(followed_url: str) -> None:
    assert _timeline(followed_url, "issuers", "--json").stdout.strip() == "[]"
    done = _timeline(followed_url, "follow", "--once")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert '"acme"' in _timeline(followed_url, "issuers", "--json").stdout


def test_an_inline_store_has_nothing_to_follow(store_url: str) -> None:
    done = _timeline(store_url, "follow")
    assert done.returncode == 2
    assert "TIMELINE_READ_MODELS=followed timeline init" in done.stderr


def test_a_setting_that_the_store_is_not_of_is_refused(followed_url: str) -> None:
    done = _timeline(followed_url, "issuers", TIMELINE_READ_MODELS="inline")
    assert done.returncode == 2
    assert "are followed, not inline, at position 0 of 1; unset" in done.stderr
    assert _timeline(followed_url, "init").returncode == 0  # leaves it as it is
    done = _timeline(followed_url, "issuers", TIMELINE_READ_MODELS="followed")
    assert done.returncode == 0


def test_a_write_says_that_the_read_models_follow(followed_url: str) -> None:
    words = ("--type", "corp.office_moved", "--occurred", "2009-11", "--disclosed", "2009-11-30")
    done = _timeline(followed_url, "record", "acme", "--id", "e1", *words)
    assert done.stdout == "event e1 recorded at position 2; the read models follow\n"


def test_http_tells_how_far_behind_it_is(followed_url: str) -> None:
    settings = Settings(database_url=followed_url, read_models="followed")
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        assert client.get("/readyz").json() == {"status": "ok", "position": 1, "behind": 1}
        written = client.post("/v1/events", json={"issuer": "acme", "event": _MOVED})
        assert (written.status_code, written.json()["changes"]) == (201, None)
        refused = client.get("/v1/issuers?as_at=position:1")
        assert refused.status_code == 400
        assert "come to position 0 of 2" in refused.json()["detail"]
        assert _timeline(followed_url, "follow", "--once").returncode == 0
        assert client.get("/readyz").json()["behind"] == 0
        assert client.get("/v1/issuers").json()["position"] == 2


def test_http_refuses_a_store_that_is_otherwise(followed_url: str) -> None:
    app = create_app(Settings(database_url=followed_url, read_models="inline"))
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/readyz").status_code == 503
        assert client.get("/readyz").json()["type"].endswith("read-models-otherwise")


@contextmanager
def _followed(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Follow a store; it is ended whatever a test finds, so that none waits for it."""
    command = [sys.executable, "-c", _MAIN, "follow"]
    with subprocess.Popen(
        command, env=_environment(url), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _timeline(url: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _MAIN, *words],
        env=_environment(url) | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _environment(url: str) -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("TIMELINE_")}
    return ours | {"TIMELINE_DATABASE_URL": url}


def _wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)
