"""`timeline serve` as a process of its own, and a reader of its streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import psutil  # type: ignore[import-untyped]  # it ships no types

from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

STREAM = "/v1/events/stream"
_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Told:
    """One server-sent event."""

    position: int
    type: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address and its process."""

    address: str
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self.address + path, headers=headers, timeout=_WAIT)

    @contextmanager
    def stream(self, query: str = "", **headers: str) -> Iterator[httpx.Response]:
        with (
            httpx.Client(base_url=self.address, timeout=_WAIT) as client,
            client.stream("GET", STREAM + query, headers=headers) as answer,
        ):
            yield answer

    def holds(self) -> tuple[int, int]:
        """Return how many threads and how many open files and sockets the process has."""
        process = psutil.Process(self.process.pid)
        return process.num_threads(), process.num_fds()

    def memory(self) -> int:
        """Return the bytes the process keeps in memory."""
        kept: int = psutil.Process(self.process.pid).memory_info().rss
        return kept


@contextmanager
def serving(url: str, **settings: str) -> Iterator[Served]:
    """Serve the store at `url`, with TIMELINE_ settings, and stop at the end."""
    told = {f"TIMELINE_{name.upper()}": value for name, value in settings.items()}
    told = {"TIMELINE_CHECKPOINT_MINUTES": "0"} | told  # what signs opens files of its own
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"TIMELINE_DATABASE_URL": url, "PYTHONUNBUFFERED": "1"} | told,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        try:
            yield Served(process.stdout.readline().split()[2].rstrip(","), process)
        finally:
            process.kill()


def told(answer: httpx.Response) -> Iterator[Told]:
    """Yield the events of a stream as they come."""
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield Told(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}
