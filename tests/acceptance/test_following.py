"""`timeline events --follow`: sees what other processes append, once each, and ends cleanly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAIN = "from api.cli import main; main()"
_DAY = {"type": "corp.office_moved", "occurred": "2009-11", "disclosed": "2009-11-30"}


def _add(timeline: Timeline, issuer: str, *numbers: int) -> None:
    for n in numbers:
        timeline.record(issuer, {"id": f"ev-{n}", **_DAY})


@pytest.fixture
def writer(store_url: str) -> Iterator[Timeline]:
    """Another process's view of the store: two issuers, at positions 1 and 2."""
    with Timeline(store_url, recorded_by="ann") as timeline:
        for issuer in ("acme", "other"):
            timeline.record(issuer, {"name": issuer.title()}, kind="issuer")
        yield timeline


def _follow(url: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, "events", "--follow", *words],
        env=os.environ | {"TIMELINE_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _lines(process: subprocess.Popen[bytes], many: int) -> list[dict[str, Any]]:
    assert process.stdout is not None
    return [json.loads(process.stdout.readline()) for _ in range(many)]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_every_append_is_told_once_and_a_signal_ends_it(
    store_url: str, writer: Timeline, sent: signal.Signals
) -> None:
    with _follow(store_url, "--json", "--after", "1") as process:
        assert [row["position"] for row in _lines(process, 1)] == [2]
        _add(writer, "acme", *range(30))
        assert [row["position"] for row in _lines(process, 30)] == list(range(3, 33))
        process.send_signal(sent)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, b"", b"")


def test_one_issuer_alone_and_a_limit(store_url: str, writer: Timeline) -> None:
    with _follow(store_url, "Acme", "--json", "--limit", "3") as process:
        assert [row["position"] for row in _lines(process, 1)] == [1]
        _add(writer, "other", 1)
        _add(writer, "acme", 2)
        _add(writer, "other", 3)
        _add(writer, "acme", 4)
        assert [row["subject"] for row in _lines(process, 2)] == ["ev-2", "ev-4"]
        assert process.wait(timeout=20) == 0


def test_a_reader_who_leaves_ends_it_though_nothing_comes(store_url: str, writer: Timeline) -> None:
    process = _follow(store_url, "--json")
    _lines(process, 2)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=20) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_people_get_a_line_an_event(store_url: str, writer: Timeline) -> None:
    with _follow(store_url, "--limit", "2") as process:
        out, _ = process.communicate(timeout=20)
    assert [line.split()[0] for line in out.decode().splitlines()] == ["1", "2"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--after", "9"), "beyond the head, 2"),
        (("--as-at", "position:1"), "--follow: cannot go with --as-at"),
        (("--csv",), "--follow: cannot go with --csv"),
    ],
)
def test_what_cannot_be_followed_is_refused(
    store_url: str, writer: Timeline, words: tuple[str, ...], told: str
) -> None:
    with _follow(store_url, *words) as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert told in err.decode()
