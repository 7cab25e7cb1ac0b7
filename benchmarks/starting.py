"""Starting the command line: how long a person waits for `--help`."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.row import SECONDS, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_GOAL = 0.4
_OURS = ("-m", "api.cli", "--help")
_BARE = ("-c", "import click")


def start(bench: Bench) -> Iterator[Row]:
    """Ask for help beside a Python that imports click and ends; in seconds."""
    rounds = [(_seconds(_OURS), _seconds(_BARE)) for _ in range(bench.sized(11, 2))]
    ours, bare = (median(side) for side in zip(*rounds, strict=True))
    yield Row("start", "timeline --help", SECONDS, ours, "import click", bare,
              f"< {_GOAL} s", ours < _GOAL)  # fmt: skip


def _seconds(arguments: tuple[str, ...]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
