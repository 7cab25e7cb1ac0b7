"""The picture of the life of a statement is what the sample says today."""

from __future__ import annotations

import runpy

from tests.docs.pages import ROOT


def test_the_picture_is_drawn_from_the_sample() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "draw_read_out.py"))
    drawn = script["draw"](script["read_out"]())
    shown = (ROOT / "docs" / "omigard-read-out.svg").read_text("utf-8")
    assert drawn == shown, "python scripts/draw_read_out.py docs/omigard-read-out.svg draws it anew"
