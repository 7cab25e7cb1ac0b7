"""A PDF is read under limits that hold, in a process that may die of it."""

from __future__ import annotations

import sys
import zlib

import pytest

from tests.unit.intake.documents.made_pdf import made_pdf
from timeline.errors import InvalidDocument
from timeline.intake.documents import limits, read_document


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    piece = bytes(10_000_000)
    return b"".join([*(packer.compress(piece) for _ in range(size // len(piece))), packer.flush()])


def test_a_stream_that_inflates_to_gigabytes_is_refused() -> None:
    data = made_pdf([[]], stream=_bomb(1_000_000_000))
    assert len(data) < 2_000_000
    with pytest.raises(InvalidDocument, match="give its text"):
        read_document(data)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_the_limit_of_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_INFLATED", 10_000_000_000)
    monkeypatch.setattr(limits, "PDF_MEMORY", 400_000_000)
    with pytest.raises(InvalidDocument, match=r"memory|inflates|damaged"):
        read_document(made_pdf([[]], stream=_bomb(1_000_000_000)))


def test_the_limit_of_time_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_SECONDS", 0)
    with pytest.raises(InvalidDocument, match="seconds"):
        read_document(made_pdf([["text"]]))
