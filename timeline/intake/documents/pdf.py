"""PDF: the text of its pages, without what stands on every page, lines joined to paragraphs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Any

import orjson

from timeline.errors import InvalidDocument
from timeline.intake.documents import limits
from timeline.intake.documents.lines import paragraphs, wraps

_WRONG = {
    "damaged": "this PDF is damaged; save it again, or give its text",
    "limit": "a part of this PDF inflates beyond all measure; give its text",
    "locked": "this PDF is locked by a password; save it without one",
    "memory": "reading this PDF takes too much memory; give its text",
    "missing": 'reading PDF needs pypdf; install "corporate-timeline[intake]", or give plain text',
    "pages": f"this PDF has more than {limits.MOST_PAGES} pages; give the part that matters",
    "text": f"this PDF has more than {limits.MOST_TEXT} characters; give the part that matters",
}
_SLOW = f"reading this PDF takes more than {limits.PDF_SECONDS} seconds; give its text"
_SCANNED = "this PDF holds no text, as a scan does; let OCR read it first, or give its text"
_NUMBER = re.compile(r"\d+")
_SIDE = r"[-–—\s]{0,3}"  # noqa: RUF001
_PAGE = re.compile(
    rf"(?:page\s)?{_SIDE}\d{{1,4}}{_SIDE}(?:(?:of|/|de)\s{{0,2}}\d{{1,4}})?", re.IGNORECASE
)
# Lines at the top and the bottom of a page where its running head, foot and number stand.
_EDGE = 2
_REPEATED = 0.6
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[a-z])")


def text_of_pdf(data: bytes) -> str:
    """Return the text of a PDF, read in a process of its own under limits of time and memory.

    Raises InvalidDocument where it is damaged, locked, scanned, or beyond a limit.
    """
    pages = [_stripped(page) for page in _pages(data)]
    repeated = _repeated(pages)
    text = "\n".join(line for page in pages for line in _body(page, repeated))
    if not text.strip():
        raise InvalidDocument(_SCANNED)
    return "\n\n".join(_joined(text))


def _pages(data: bytes) -> list[list[str]]:
    bounds = {
        "seconds": limits.PDF_SECONDS,
        "memory": limits.PDF_MEMORY,
        "inflated": limits.MOST_INFLATED,
        "pages": limits.MOST_PAGES,
        "text": limits.MOST_TEXT,
    }
    told = _run(data, orjson.dumps(bounds).decode())
    if "error" in told:
        raise InvalidDocument(_WRONG[told["error"]])
    return [list(page) for page in told["pages"]]


def _run(data: bytes, bounds: str) -> dict[str, Any]:
    with as_file(files(__package__).joinpath("pdf_apart.py")) as program:
        try:
            done = subprocess.run(  # noqa: S603 - this Python, our own program
                [sys.executable, "-P", str(program), bounds],
                input=data,
                capture_output=True,
                timeout=limits.PDF_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise InvalidDocument(_SLOW) from error
    if not done.stdout:
        raise InvalidDocument(_SLOW if done.returncode < 0 else _WRONG["damaged"])
    return dict(orjson.loads(done.stdout))


def _stripped(page: list[str]) -> list[str]:
    lines = [line.strip() for line in page]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _edges(page: list[str]) -> set[int]:
    edge = min(_EDGE, -(-len(page) // 3))  # of a short page the middle is no edge
    return {*range(edge), *range(len(page) - edge, len(page))}


def _levelled(line: str) -> str:
    return _NUMBER.sub("#", line)


def _repeated(pages: list[list[str]]) -> set[str]:
    """Return the lines, numbers left aside, that stand at the edge of most pages."""
    seen = Counter(told for page in pages for told in {_levelled(page[n]) for n in _edges(page)})
    fewest = max(2, _REPEATED * len(pages))
    return {line for line, count in seen.items() if line and count >= fewest}


def _body(page: list[str], repeated: set[str]) -> list[str]:
    edges = _edges(page)
    return [
        line
        for place, line in enumerate(page)
        if not (place in edges and (_levelled(line) in repeated or _PAGE.fullmatch(line)))
    ]


def _joined(text: str) -> list[str]:
    """Return the paragraphs, each line that runs on in the next joined with it."""
    together: list[str] = []
    for lines in paragraphs(_HYPHEN.sub("", text)):
        longest = max(len(line.words) for line in lines)
        words = [lines[0].words]
        for line, following in pairwise(lines):
            words += [" " if wraps(line, following, longest) else "\n", following.words]
        together.append("".join(words))
    return together
