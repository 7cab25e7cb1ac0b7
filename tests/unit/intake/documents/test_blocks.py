"""Blocks: however many lines stand beneath one another, in time linear in their number."""

from __future__ import annotations

import time

from timeline.intake.documents.blocks import blocks


def test_many_short_lines_take_linear_time() -> None:
    def taken(lines: int) -> float:
        began = time.process_time()
        assert sum(len(block.pieces) for block in blocks("a\n" * lines)) == lines
        return time.process_time() - began

    taken(1_000)
    assert taken(80_000) < 20 * max(taken(10_000), 0.02)
