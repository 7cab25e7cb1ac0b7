"""Reading documents: text like releases, from bytes to drafts and legend, and how time grows."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.row import SECONDS, Row
from timeline.intake.documents import read_document
from timeline.intake.legend import read_legend
from timeline.intake.names import names_guessed
from timeline.intake.reading.drafts import read_drafts
from timeline.packs import all_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

_RELEASES = Path(__file__).parents[1] / "samples" / "releases"
_PUBLISHED = date(2024, 6, 30)
_MEGABYTE, _QUARTER = 1_000_000, 250_000
_GOAL = 10.0
_LINEAR = 5.0
_ROUNDS = 3


def extract(bench: Bench) -> Iterator[Row]:
    """Read a megabyte, end to end, beside a quarter of one in the same run; in seconds."""
    large = _text(bench.sized(_MEGABYTE, _QUARTER // 5))
    small = _text(len(large) // 4)
    rounds = [(_seconds(large), _seconds(small)) for _ in range(bench.sized(_ROUNDS, 1))]
    taken, less = (median(side) for side in zip(*rounds, strict=True))
    work = f"a document of {len(large) / _MEGABYTE:.2f} MB read, drafts and legend"
    yield Row("extract", work, SECONDS, taken, goal=f"< {_GOAL:.0f} s", met=taken < _GOAL)
    yield Row("extract", "its time beside a quarter of it", SECONDS, taken, "a quarter", less,
              f"linear: <= {_LINEAR:.0f}x", taken <= _LINEAR * less)  # fmt: skip


def _text(size: int) -> bytes:
    """Return `size` bytes of whole paragraphs of the sample releases, over and over."""
    files = sorted(_RELEASES.glob("*/release.txt"))
    once = "\n\n".join(file.read_text(encoding="utf-8") for file in files).encode()
    return (once * (size // len(once) + 1))[:size].rsplit(b"\n\n", 1)[0]


def _seconds(data: bytes) -> float:
    vocabulary = all_vocabulary(())
    begun = time.perf_counter()
    document = read_document(data)
    names = names_guessed(document.text)
    read_drafts(document, published_on=_PUBLISHED, names=names, vocabulary=vocabulary)
    read_legend(document, names=names)
    return time.perf_counter() - begun
