# /// script
# requires-python = ">=3.11"
# dependencies = ["reportlab>=5"]
# ///
"""Print the release that is a sample in PDF: from its words to pages with a header and numbers.

    uv run scripts/make_release_pdf.py samples/releases/penhallow-cardiac

reads `as_read.txt` there and writes `release.pdf`. The file made is committed, so that nothing
needs reportlab to test; run it anew only after changing the words.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import LETTER  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

MARGIN = 72
LONGEST_HEADING = 60


def print_release(folder: Path) -> Path:
    """Write `release.pdf` in `folder` from its `as_read.txt`, and return where."""
    path = folder / "release.pdf"
    words = (folder / "as_read.txt").read_text(encoding="utf-8")
    SimpleDocTemplate(str(path), pagesize=LETTER, invariant=1).build(
        [part for block in words.strip().split("\n\n") for part in _set(block)],
        onFirstPage=_number,
        onLaterPages=_number,
    )
    return path


def _set(block: str) -> list[Paragraph | Spacer]:
    lines = "<br/>".join(escape(line) for line in block.split("\n"))
    return [Paragraph(lines, _style(block)), Spacer(1, 8)]


def _style(block: str) -> ParagraphStyle:
    styles = getSampleStyleSheet()
    is_heading = len(block) < LONGEST_HEADING and block[-1:].isalpha()
    return styles["Heading3"] if is_heading else styles["BodyText"]


def _number(canvas: Canvas, _: SimpleDocTemplate) -> None:
    width, height = LETTER
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, height - MARGIN / 2, "Current report")
    canvas.drawCentredString(width / 2, MARGIN / 2, f"Page {canvas.getPageNumber()}")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(print_release(Path(name)))  # noqa: T201 - a program says what it wrote
