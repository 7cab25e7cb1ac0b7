"""Reading hostile text: one piece repeated, and how the time grows beside a quarter of it."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.row import SECONDS, Row
from tests.intake.hostile import DRAFTS, LEGEND_HEAD, LEGENDS, WINDOWS, repeated
from timeline.intake.documents import read_text
from timeline.intake.legend import read_legend
from timeline.intake.names import Names
from timeline.intake.reading.drafts import read_drafts
from timeline.intake.windows import read_windows
from timeline.packs import all_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.bench import Bench

    Read = Callable[[str], object]

_PUBLISHED = date(2024, 6, 30)
_NO_NAMES = Names([])
_SIZE = 80_000
_LINEAR = 8.0


def hostile(bench: Bench) -> Iterator[Row]:
    """Tell the piece whose time grows most from a quarter of a text to the whole; in seconds."""
    size = bench.sized(_SIZE, _SIZE // 10)
    vocabulary = all_vocabulary(())

    def drafts(text: str) -> object:
        document = read_text(text)
        return read_drafts(
            document, published_on=_PUBLISHED, names=_NO_NAMES, vocabulary=vocabulary
        )

    yield _worst("windows", WINDOWS, size, lambda text: read_windows(text, said_on=_PUBLISHED))
    yield _worst("drafts", DRAFTS, size, drafts)
    yield _worst("legends", LEGENDS, size, _legend)


def _legend(text: str) -> object:
    return read_legend(read_text(LEGEND_HEAD + text), names=_NO_NAMES)


def _worst(what: str, pieces: Iterable[str], size: int, read: Read) -> Row:
    taken = {piece: _grown(piece, size, read) for piece in pieces}
    piece, (whole, quarter) = max(taken.items(), key=lambda one: one[1][0] / one[1][1])
    met = whole <= _LINEAR * quarter
    work = f"{what} of {size // 1000} KB of {piece!r}"
    return Row("hostile", work, SECONDS, whole, "a quarter", quarter,
               f"linear: <= {_LINEAR:.0f}x", met)  # fmt: skip


def _grown(piece: str, size: int, read: Read) -> tuple[float, float]:
    whole, quarter = repeated(piece, size), repeated(piece, size // 4)
    read(repeated(piece, 1_000))
    return min(_seconds(whole, read) for _ in "12"), min(_seconds(quarter, read) for _ in "12")


def _seconds(text: str, read: Read) -> float:
    begun = time.process_time()
    read(text)
    return max(time.process_time() - begun, 1e-3)
